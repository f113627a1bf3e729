/**
 * What honest replicas of PBFT have signed: A.1.2.1 and A.1.2.2 of Castro's proof. It is known from whoever has noted it, and
 * from what is in flight.
 */
import type { Certificate, PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import type { PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import type { Pbft } from '../../../spec/byzantine/pbft/replica.js'
import { primaryOf } from '../../../spec/byzantine/pbft/replication.js'
import { fromView, together } from '../../property/invariant.js'
import type { Clause, View } from '../../property/invariant.js'
import { at } from './nodes.js'
import type { PbftInvariant } from './nodes.js'

/** A statement that a replica has signed: what it is prepared to accept, or what it proposes. */
interface Statement extends Pick<Certificate, 'view' | 'number' | 'digest'> {
  readonly is: 'prepare' | 'pre-prepare'
  readonly by: number
}

/** Statements, each once, in one order: in which order they are met, and how often, does not matter. */
type Statements = ReadonlyMap<string, Statement>

const textOf = ({ is, by, view, number, digest }: Statement): string => [is, by, view, number, digest].join(' ')

const withAll = (known: Statements, more: ReadonlyArray<Statement>): Statements => {
  const fresh = more.filter((s) => !known.has(textOf(s)))
  return fresh.length === 0
    ? known
    : new Map([...known, ...fresh.map((s) => [textOf(s), s] as const)].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What a message says of a replica's prepares and pre-prepares. */
const inMessage = (pbft: Pbft, m: PbftMessage): ReadonlyArray<Statement> => {
  switch (m._tag) {
    case 'PrePrepare':
      return [{ ...placeOf(m), is: 'pre-prepare', by: primaryOf(pbft, m.view) }]
    case 'Prepare':
      return [{ ...placeOf(m), is: 'prepare', by: m.by }]
    case 'NewView':
      return m.proposals.map((p) => ({ ...p, view: m.view, is: 'pre-prepare', by: m.by }))
    default:
      return []
  }
}

const placeOf = ({ view, number, digest }: Pick<Certificate, 'view' | 'number' | 'digest'>) => ({
  view,
  number,
  digest
})

/** What a replica has noted of them, of its own and of others. */
const inState = (pbft: Pbft, st: PbftNode): ReadonlyArray<Statement> =>
  st._tag === 'Client'
    ? []
    : st.log.flatMap(({ view, number, digest, prepares }) => [
        ...(digest === null ? [] : [{ is: 'pre-prepare' as const, by: primaryOf(pbft, view), view, number, digest }]),
        ...prepares.map((p) => ({ is: 'prepare' as const, by: p.by, view, number, digest: p.digest }))
      ])

const SENT: ReadonlyArray<PbftMessage['_tag']> = ['PrePrepare', 'Prepare', 'NewView']

/** No honest replica has signed two of a kind, for different digests at a number of a view. */
const once = (name: string, says: string, is: Statement['is'], verb: string): Clause<PbftNode, Statements> =>
  together<PbftNode, Statements, Statements>(name, says, {
    summary: (_n, _st, said) => said,
    decide: (seen) => {
      const honest = seen.map(({ node }) => node)
      const said = [...new Map(seen.flatMap(({ sees }) => [...sees])).values()].filter(
        (s) => s.is === is && honest.some((n) => n === s.by)
      )
      return said.flatMap((s, i) =>
        said
          .slice(i + 1)
          .filter((t) => t.by === s.by && t.view === s.view && t.number === s.number && t.digest !== s.digest)
          .map((t) => ({ witness: `replica ${String(s.by)} has ${verb} ${s.digest} at ${at(s)}, and ${t.digest}` }))
      )
    }
  })

/** What no honest replica says twice. */
export const sentInvariants = (pbft: Pbft): ReadonlyArray<PbftInvariant> => {
  const view: View<PbftNode, PbftMessage, Statements> = {
    start: (_n, st) => withAll(new Map(), inState(pbft, st)),
    matters: ({ _tag }) => SENT.includes(_tag),
    arrive: (known, m) => withAll(known, inMessage(pbft, m))
  }
  return fromView(view, [
    once(
      'A.1.2.1',
      'a replica has sent prepares for one digest at a number of a view',
      'prepare',
      'sent a prepare for'
    ),
    once(
      'A.1.2.2',
      'an honest primary has sent pre-prepares for one digest at a number of its view',
      'pre-prepare',
      'pre-prepared'
    )
  ])
}
