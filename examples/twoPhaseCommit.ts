/** Two-phase commit, checked: all nodes commit, or none does. A coordinator that is content with a majority breaks it. */
import {
  allNodes,
  exhaustive,
  freely,
  lanesOf,
  lanesText,
  protocolModel,
  untimed
} from '../invariants/checker/index.js'
import { showFailure } from '../invariants/index.js'
import { emitBroadcast, netAddr } from '../spec/index.js'
import type { Address } from '../spec/index.js'

interface State {
  readonly id: Address
  readonly phase: 'working' | 'prepared' | 'committed' | 'aborted'
  /** The participants that the coordinator knows to be prepared. */
  readonly prepared: ReadonlyArray<Address>
}
type Message = 'Prepared' | 'Refused' | 'Commit' | 'Abort'
type Choice = 'prepares' | 'aborts'

const nodes = netAddr(4).enum
const [coordinator, participants] = [nodes.slice(0, 1), nodes.slice(1)]

/** The protocol in which the coordinator commits when so many participants are prepared. */
const twoPhaseCommit = (enough: number) =>
  untimed<State, Message, Choice>({
    Init: (id) => ({ id, phase: 'working', prepared: [] }),
    procInt: (st, choice) =>
      choice === 'prepares'
        ? [{ ...st, phase: 'prepared' }, emitBroadcast(st.id, coordinator, 'Prepared')]
        : [{ ...st, phase: 'aborted' }, emitBroadcast(st.id, coordinator, 'Refused')],
    procMsg: (st, from, message) => {
      if (message === 'Commit') return [{ ...st, phase: 'committed' }, []]
      if (message === 'Abort') return [{ ...st, phase: 'aborted' }, []]
      if (st.phase !== 'working') return [st, []]
      if (message === 'Refused') return [{ ...st, phase: 'aborted' }, emitBroadcast(st.id, participants, 'Abort')]
      const prepared = [...st.prepared, from].sort()
      if (prepared.length < enough) return [{ ...st, prepared }, []]
      return [{ ...st, prepared, phase: 'committed' }, emitBroadcast(st.id, participants, 'Commit')]
    }
  })

/** Each participant makes one choice, whenever it likes. */
const environment = freely<State, Message, Choice>((n, st) =>
  participants.includes(n) && st.phase === 'working' ? ['prepares', 'aborts'] : []
)

const consistency = allNodes<State, Message>('consistency', 'if a node has committed, none has aborted', (seen) => {
  const committed = seen.find(({ sees }) => sees.phase === 'committed')
  const aborted = seen.filter(({ sees }) => sees.phase === 'aborted')
  return committed
    ? aborted.map(({ node }) => ({ node, witness: `has aborted, node ${committed.node} committed` }))
    : []
})

for (const [name, enough] of [
  ['all votes', 3],
  ['a majority', 2]
] as const) {
  const protocol = twoPhaseCommit(enough)
  const model = protocolModel({ name, nodes: 4, protocol, environment, invariants: [consistency] })
  const { states, counterexample } = await exhaustive(model)
  console.log(`${name}: ${states} states, ${counterexample ? 'violated' : 'holds'}`)
  if (counterexample === undefined) continue
  for (const failure of counterexample.failures) console.log(showFailure(failure))
  console.log(lanesText(lanesOf({ title: name, ...counterexample })))
}
