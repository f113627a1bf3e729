/** A protocol for three nodes, and the execution in which it fails: there is one for every protocol. */
import { threeNodes } from '../spec/index.js'

type Order = 'attack' | 'retreat'

/** Each node tells its input, and then what it was told; it decides what it has heard most often. */
const twoRounds: threeNodes.ThreeNodeProtocol<ReadonlyArray<Order>, ReadonlyArray<Order>> = {
  rounds: 2,
  start: (_, input) => [input],
  send: (_, heard) => heard,
  receive: (_, heard, received) => [...heard, ...received.flatMap(({ message }) => message)],
  decide: (_, heard) => (heard.filter((order) => order === 'attack').length * 2 > heard.length ? 'attack' : 'retreat')
}

const { scenario, broken } = threeNodes.refutation('consensus', twoRounds)
const [a, b] = scenario.honest
console.log(`nodes ${a} and ${b} are honest, with the inputs ${scenario.inputs.join(' and ')}`)
for (const [round, [toA, toB]] of scenario.lies.entries())
  console.log(`round ${round + 1}: node ${scenario.traitor} says to ${a}: ${toA.join(' ')}, to ${b}: ${toB.join(' ')}`)
console.log(`they decide to ${threeNodes.play(twoRounds, scenario).join(' and ')}: no ${broken.join(', no ')}`)
