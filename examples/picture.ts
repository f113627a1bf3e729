/** The lecture's picture of a network at work, "local state + in flight = global", after each of a few steps. */
import { bounds, Explain, playNumbered, toychainModel } from '../invariants/index.js'
import type { ToychainAction } from '../invariants/index.js'
import type { NumberedTypes } from '../spec/index.js'

const { system, toychain } = toychainModel(playNumbered, bounds(2, 2, 0))
const explain = Explain(toychain)

/** What happens next: the first enabled action that a person would call this. */
const choices: ReadonlyArray<(a: ToychainAction<NumberedTypes>) => boolean> = [
  (a) => a._tag === 'Intern' && a.node === 0,
  (a) => a._tag === 'Intern' && a.node === 1,
  (a) => a._tag === 'Deliver' && a.packet.src === 1 && a.packet.dst === 0,
  (a) => a._tag === 'Deliver' && a.packet.src === 0 && a.packet.dst === 1
]

let [state] = system.initial
for (const choice of choices) {
  const action = state && system.actions(state).find(choice)
  const next = state && action && system.next(state, action)
  if (!state || !action || next?._tag !== 'Some') throw new Error('not enabled')
  console.log(explain.action(action, state.world, next.value.world))
  for (const line of explain.threeParts(next.value.world)) console.log(`  ${line}`)
  state = next.value
}
