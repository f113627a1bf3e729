/**
 * Who has signed what. The specification says which signed statements are in a message; here they have signatures, which a
 * replica keeps as long as it may have to pass them on.
 */
import { signedIn } from '../../spec/byzantine/pbft/messages.js'
import type { PbftMessage } from '../../spec/byzantine/pbft/messages.js'
import type { Address } from '../../spec/system/address.js'
import type { Signed } from '../../spec/system/adversary.js'
import type { Configuration } from './configuration.js'
import type { SignedMessage } from './codec.js'
import type { ReplicaState } from './state.js'

/** How a node signs, and how it knows who has signed. All nodes must decide alike which signatures are right. */
export interface Scheme {
  /** The signature of this node on a text: 64 bytes. */
  readonly sign: (text: string) => Uint8Array
  readonly verify: (by: Address, text: string, signature: Uint8Array) => boolean
}

/**
 * The signed statements in a message from somebody. Those of the specification; besides, the primary signs a new view as a
 * whole, so that nobody else can put together another of the same view changes, and who asks for a state signs that.
 */
export const statementsOf = <S>({ pbft }: Configuration<S>, from: Address, m: PbftMessage): ReadonlyArray<Signed> => {
  const statements = signedIn(pbft.replicas, m)
  switch (m._tag) {
    case 'NewView': {
      const bases = m.viewChanges.map((vc) => `${vc.by} ${signedIn(pbft.replicas, vc)[0]?.on ?? ''}`)
      return [{ by: m.by, on: [`NewView ${m.view}`, ...bases].join('\n') }, ...statements]
    }
    case 'FetchState':
      return [{ by: from, on: `FetchState ${m.number}` }]
    default:
      return statements
  }
}

const keyOf = ({ by, on }: Signed): string => `${by} ${on}`

/** What is known to be signed by others: statements, with their signatures. */
export type Book = Map<string, Uint8Array>

/** Why signatures are refused: there are fewer or more than statements; one is wrong. */
export type Unsigned = 'Unsigned' | 'Forged'

const areSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** Nobody passes these on, and nobody says them twice. */
const isPassedOn = ({ _tag }: PbftMessage): boolean => _tag !== 'Commit' && _tag !== 'Reply'

/**
 * What is wrong with the signatures of a message. Those in the book have been looked at before; where all are right, those
 * that may have to be passed on are in it afterwards.
 */
export const unsigned = <S>(
  c: Configuration<S>,
  scheme: Scheme,
  book: Book,
  { from, message, signatures }: SignedMessage
): Unsigned | undefined => {
  const statements = statementsOf(c, from, message)
  if (statements.length !== signatures.length) return 'Unsigned'
  const isKept = isPassedOn(message)
  const isRight = statements.every((s, i) => {
    const signature = signatures[i]
    if (signature === undefined) return false
    const known = isKept ? book.get(keyOf(s)) : undefined
    return (known !== undefined && areSame(known, signature)) || scheme.verify(s.by, s.on, signature)
  })
  if (!isRight) return 'Forged'
  if (isKept) noteStatements(book, statements, signatures)
  return undefined
}

const noteStatements = (book: Book, statements: ReadonlyArray<Signed>, signatures: ReadonlyArray<Uint8Array>): void => {
  statements.forEach((s, i) => {
    const signature = signatures[i]
    // A copy: what was received may be part of a larger buffer.
    if (signature !== undefined && !book.has(keyOf(s))) book.set(keyOf(s), signature.slice())
  })
}

/** Notes the signatures of a message of which it is known that all are right. */
export const noteSignatures = <S>(
  c: Configuration<S>,
  book: Book,
  { from, message, signatures }: SignedMessage
): void => {
  if (isPassedOn(message) && signatures.length > 0) noteStatements(book, statementsOf(c, from, message), signatures)
}

/** A message of a node, signed: by itself what it says, by others what it passes on of them. */
export const signed = <S>(
  c: Configuration<S>,
  scheme: Scheme,
  book: Book,
  from: Address,
  message: PbftMessage
): SignedMessage => ({
  from: message._tag === 'Request' ? message.request.client : from,
  message,
  signatures: statementsOf(c, from, message).map((s) => {
    const signature = s.by === from ? scheme.sign(s.on) : book.get(keyOf(s))
    if (signature === undefined) throw new Error(`the signature of ${s.by} on ${JSON.stringify(s.on)} is missing`)
    return signature
  })
})

/** All messages that a replica may have to show others, with the signatures in them. */
const shown = <S>({
  id,
  requests,
  log,
  stable,
  checkpoints,
  viewChanges
}: ReplicaState<S>): ReadonlyArray<PbftMessage> => {
  // The signature on a pre-prepare does not depend on the request that travels with it.
  const any = { client: id, timestamp: 0, operation: '' }
  return [
    ...requests.map(({ request }) => ({ _tag: 'Request', request }) as const),
    ...log
      .flat()
      .flatMap(
        ({ view, number, digest, prepares }): ReadonlyArray<PbftMessage> => [
          ...(digest === null ? [] : [{ _tag: 'PrePrepare', view, number, digest, request: any } as const]),
          ...prepares.map((b) => ({ _tag: 'Prepare', view, number, digest: b.digest, by: b.by }) as const)
        ]
      ),
    ...stable.proof,
    ...checkpoints,
    ...viewChanges
  ]
}

/** The signatures that a replica still needs. */
export const signaturesToKeep = <S>(c: Configuration<S>, st: ReplicaState<S>, book: Book): Book => {
  const kept: Book = new Map()
  for (const m of shown(st))
    for (const s of signedIn(c.pbft.replicas, m)) {
      const signature = book.get(keyOf(s))
      if (signature !== undefined) kept.set(keyOf(s), signature)
    }
  return kept
}
