/** A conjecture of one's own: no pool holds a transaction of the node's chain. The checker says that it does not hold. */
import { exhaustive, verdict } from '../invariants/checker/index.js'
import { bounds, eachNode, Explain, playNumbered, toychainModel } from '../invariants/index.js'
import type { NetworkInvariant } from '../invariants/index.js'
import type { Message, NumberedTypes, State, Toychain } from '../spec/index.js'

const poolIsFresh = ({
  forest,
  params
}: Toychain<NumberedTypes>): NetworkInvariant<State<NumberedTypes>, Message<NumberedTypes>> =>
  eachNode('pool is fresh', "no transaction of a node's pool is in its chain", (node, st) =>
    st.txPool
      .filter((t) => !params.txValid(t, forest.btChain(st.blockTree)))
      .map((t) => ({ node, witness: `holds ${t}, which is in its chain` }))
  )

const model = toychainModel(playNumbered, bounds(2, 1, 1), {
  invariants: (toychain) => [poolIsFresh(toychain)]
})
const { counterexample, states } = await exhaustive(model)
console.log(`${model.name}: ${states} states, ${counterexample ? 'violated' : 'holds'}`)
if (counterexample) {
  const steps = counterexample.states.map((state, i) => ({
    action: counterexample.actions[i - 1],
    state,
    failures: verdict(model, state)
  }))
  console.log(Explain(model.toychain).execution(steps))
}
