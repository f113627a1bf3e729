/**
 * A Byzantine replica of PBFT: all that it could say, given what honest nodes have sent. It equivocates in every phase, stays
 * silent, skips numbers, answers clients wrongly, reports old certificates or none, and begins its views with whichever view
 * changes it likes. It cannot sign for others: what it passes on of them they have sent.
 */
import { contramap } from 'fp-ts/lib/Eq.js'
import { ordString } from '../../prelude/order.js'
import { iota } from '../../prelude/seq.js'
import type { Address } from '../../system/address.js'
import type { Adversary } from '../../system/adversary.js'
import type { Packet } from '../../system/protocol.js'
import { sublists } from '../generals.js'
import { NULL_DIGEST, signedIn } from './messages.js'
import type { Certificate, Checkpoint, NewView, PbftMessage, Proposal, Request, ViewChange } from './messages.js'
import { isNewView, proposalsOf } from './newView.js'
import { digestOf } from './replica.js'
import type { Pbft } from './replica.js'
import { primaryOf } from './replication.js'

/** How far it goes, so that all that it could say is finite. */
export interface Reach {
  /** It speaks of no later view. */
  readonly lastView: number
  /** It speaks of no larger number. */
  readonly lastNumber: number
  /** It also says what a replica that follows the rules refuses: certificates, new views and senders made up, of number 1. */
  readonly alsoRefused: boolean
}

/** What it has heard honest nodes say, each once, in one order. */
export type Heard = ReadonlyArray<{ readonly text: string; readonly msg: PbftMessage }>

/** What it needs to remember. */
const REMEMBERED: ReadonlyArray<PbftMessage['_tag']> = [
  'Request',
  'PrePrepare',
  'Prepare',
  'Checkpoint',
  'ViewChange',
  'NewView'
]

/** What it can say of what it has heard. */
interface Material {
  readonly requests: ReadonlyArray<Request>
  readonly digests: ReadonlyArray<string>
  readonly certificates: ReadonlyArray<Certificate>
  readonly proofs: ReadonlyArray<ReadonlyArray<Checkpoint>>
}

const choices = <X>(lists: ReadonlyArray<ReadonlyArray<X>>): ReadonlyArray<ReadonlyArray<X>> => {
  const [first, ...rest] = lists
  if (first === undefined) return [[]]
  const others = choices(rest)
  return [...others, ...first.flatMap((x) => others.map((more) => [x, ...more]))]
}

/** The material of what was heard. */
const materialOf = (
  pbft: Pbft,
  liar: Address,
  { lastView, lastNumber, alsoRefused }: Reach,
  heard: Heard
): Material => {
  const said = heard.map(({ msg }) => msg)
  const requests = said.flatMap((m) => (m._tag === 'Request' ? [m.request] : []))
  const digests = [...requests.map((r) => digestOf(pbft, r)), NULL_DIGEST]
  const proposed = said.flatMap(
    (m): ReadonlyArray<Pick<Certificate, 'view' | 'number' | 'digest'>> =>
      m._tag === 'PrePrepare' ? [m] : m._tag === 'NewView' ? m.proposals.map((p) => ({ view: m.view, ...p })) : []
  )
  const ofLiar = iota(lastView + 1)
    .filter((view) => primaryOf(pbft, view) === liar)
    .flatMap((view) => iota(lastNumber).flatMap((i) => digests.map((digest) => ({ view, number: i + 1, digest }))))
  const certificates = [...proposed, ...ofLiar].flatMap(({ view, number, digest }): ReadonlyArray<Certificate> => {
    const backups = said.flatMap((m) =>
      m._tag === 'Prepare' && m.view === view && m.number === number && m.digest === digest ? [m.by] : []
    )
    const prepares = [...(pbft.rules.countsPrepare(liar, view) ? [liar] : []), ...backups].slice(0, pbft.rules.prepares)
    return prepares.length < pbft.rules.prepares ? [] : [{ view, number, digest, prepares }]
  })
  const made = alsoRefused
    ? iota(lastView).flatMap((view) => digests.map((digest) => ({ view, number: 1, digest, prepares: [] })))
    : []
  const checkpoints = said.flatMap((m) => (m._tag === 'Checkpoint' ? [m] : []))
  const shown = checkpoints.filter(
    (c, i) => checkpoints.findIndex((d) => d.number === c.number && d.digest === c.digest) === i
  )
  const proofs = shown.flatMap(({ number, digest }): ReadonlyArray<ReadonlyArray<Checkpoint>> => {
    const same = checkpoints.filter((c) => c.number === number && c.digest === digest)
    const proof = [...same, { _tag: 'Checkpoint', number, digest, by: liar } as const].slice(0, pbft.rules.checkpoints)
    return proof.length < pbft.rules.checkpoints ? [] : [proof]
  })
  return { requests, digests, certificates: [...certificates, ...made], proofs: [[], ...proofs] }
}

/** Its view changes for a view. */
const viewChangesFor = (pbft: Pbft, by: Address, view: number, m: Material): ReadonlyArray<ViewChange> =>
  m.proofs.flatMap((proof) => {
    const stable = proof[0]?.number ?? 0
    const known = m.certificates.filter((c) => c.view < view && c.number > stable && c.number <= stable + pbft.window)
    const numbers = [...new Set(known.map(({ number }) => number))]
    return choices(numbers.map((number) => known.filter((c) => c.number === number))).map((prepared) => ({
      _tag: 'ViewChange' as const,
      view,
      stable,
      proof,
      prepared,
      by
    }))
  })

/** Its new views for a view that it leads: of any view changes that are enough. */
const newViewsFor = (
  pbft: Pbft,
  by: Address,
  view: number,
  own: ReadonlyArray<ViewChange>,
  { alsoRefused }: Reach,
  { digests }: Material,
  heard: Heard
): ReadonlyArray<NewView> => {
  const many = pbft.rules.viewChanges
  const others = heard.flatMap(({ msg }) => (msg._tag === 'ViewChange' && msg.view === view ? [msg] : []))
  const sets = [
    ...sublists(many, others),
    ...sublists(many - 1, others).flatMap((set) => own.map((one) => [one, ...set])),
    ...(alsoRefused ? own.map((one) => iota(many).map(() => one)) : [])
  ]
  const newView = (viewChanges: ReadonlyArray<ViewChange>, proposals: ReadonlyArray<Proposal>): NewView => ({
    _tag: 'NewView',
    view,
    viewChanges,
    proposals,
    by
  })
  return [
    ...sets.map((set) => newView(set, proposalsOf(pbft, set))),
    ...(alsoRefused ? digests.map((digest) => newView([], [{ number: 1, digest }])) : [])
  ].filter((m) => alsoRefused || isNewView(pbft, m))
}

/** All that it could say to replicas of a view. */
const inView = (
  pbft: Pbft,
  by: Address,
  view: number,
  reach: Reach,
  m: Material,
  heard: Heard
): ReadonlyArray<PbftMessage> => {
  const numbers = iota(reach.lastNumber).map((i) => i + 1)
  const leads = primaryOf(pbft, view) === by
  const own = view === 0 ? [] : viewChangesFor(pbft, by, view, m)
  return [
    ...numbers.flatMap((number) => [
      ...(leads
        ? m.requests.map((request) => ({
            _tag: 'PrePrepare' as const,
            view,
            number,
            digest: digestOf(pbft, request),
            request
          }))
        : []),
      ...(pbft.rules.countsPrepare(by, view)
        ? m.digests.map((digest) => ({ _tag: 'Prepare' as const, view, number, digest, by }))
        : []),
      ...m.digests.map((digest) => ({ _tag: 'Commit' as const, view, number, digest, by }))
    ]),
    ...own,
    ...(leads && view > 0 ? newViewsFor(pbft, by, view, own, reach, m, heard) : [])
  ]
}

/** All that a replica could say. */
const saidBy = (pbft: Pbft, by: Address, reach: Reach, heard: Heard): ReadonlyArray<Packet<PbftMessage>> => {
  const m = materialOf(pbft, by, reach, heard)
  const toReplicas = [
    ...iota(reach.lastView + 1).flatMap((view) => inView(pbft, by, view, reach, m, heard)),
    ...heard.flatMap(({ msg }) => (msg._tag === 'Checkpoint' ? [{ ...msg, by }] : []))
  ]
  return [
    ...pbft.replicas.filter((n) => n !== by).flatMap((dst) => toReplicas.map((msg) => ({ src: by, dst, msg }))),
    ...m.requests.map(({ client, timestamp }) => ({
      src: by,
      dst: client,
      msg: { _tag: 'Reply' as const, view: 0, client, timestamp, result: LIE, by }
    }))
  ]
}

/** What it answers to clients. */
const LIE = 'a lie'

/** The adversary that plays some replicas, one at most for as many as f of them, and says whatever it can. */
export const liars = (pbft: Pbft, corrupt: ReadonlyArray<Address>, reach: Reach): Adversary<PbftMessage, Heard> => ({
  name: `replica ${corrupt.join()}`,
  corrupt,
  start: [],
  learn: (heard, { msg }) => {
    const text = JSON.stringify(msg)
    return corrupt.length === 0 || !REMEMBERED.includes(msg._tag) || heard.some((h) => h.text === text)
      ? heard
      : [...heard, { text, msg }].toSorted((a, b) => ordString.compare(a.text, b.text))
  },
  forges: (heard) => corrupt.flatMap((by) => saidBy(pbft, by, reach, heard)),
  signatures: (msg) => signedIn(pbft.replicas, msg),
  Known: contramap((heard: Heard) => heard.map(({ text }) => text).join())(ordString)
})
