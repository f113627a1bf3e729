/**
 * What must hold of the repair ladder: of its honest nodes, whatever the others say.
 */
import { isLeader } from '../../../spec/byzantine/ladder.js'
import type { LadderMessage, LadderState, Order, Votes } from '../../../spec/byzantine/ladder.js'
import { ofStates, together } from '../../property/invariant.js'
import type { NetworkInvariant, Objections, Seen } from '../../property/invariant.js'

/** An invariant of the ladder. */
export type LadderInvariant = NetworkInvariant<LadderState, LadderMessage>

/** What is decided the leader has proposed. It says nothing where the leader is not honest. */
export const validity = ofStates<LadderState, LadderMessage>(
  together<LadderState, null, Order | null>('validity', 'what is decided the leader has proposed, if it is honest', {
    summary: (n, { accepted, decided }) => (isLeader(n) ? accepted : decided),
    decide: (seen) => {
      const leader = seen.find(({ node }) => isLeader(node))
      return leader === undefined
        ? []
        : seen.flatMap(({ node, sees }) =>
            sees === null || sees === leader.sees
              ? []
              : [{ node, witness: `has decided ${sees}, and the leader has proposed ${leader.sees ?? 'nothing'}` }]
          )
    }
  })
)

/** What a node has said, and what it has noted of the others. */
interface Account {
  readonly said: Order | null
  readonly noted: Votes
}

const unsaid = ({ node, sees: { noted } }: Seen<Account>, { node: of, sees: { said } }: Seen<Account>): Objections => {
  const vote = noted[of] ?? null
  return vote === null || vote === said
    ? []
    : [{ node, witness: `has noted ${vote} of node ${String(of)}, which has said ${said ?? 'nothing'}` }]
}

/** Whatever a node has noted of an honest one, that one has said. */
const genuine = (name: string, says: string, account: (st: LadderState) => Account): ReadonlyArray<LadderInvariant> =>
  ofStates<LadderState, LadderMessage>(
    together<LadderState, null, Account>(name, says, {
      summary: (_n, st) => account(st),
      decide: (seen) => seen.flatMap((one) => seen.flatMap((other) => unsaid(one, other)))
    })
  )

/** Nobody is taken for another. */
export const provenance: ReadonlyArray<LadderInvariant> = [
  ...genuine('prepares are genuine', 'what is noted as accepted by an honest node, it has accepted', (st) => ({
    said: st.accepted,
    noted: st.prepares
  })),
  ...genuine('commits are genuine', 'what an honest node is noted to be prepared for, it is prepared for', (st) => ({
    said: st.isPrepared ? st.accepted : null,
    noted: st.commits
  }))
]
