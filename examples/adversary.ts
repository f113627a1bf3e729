/** A node that lies: it passes orders on in the name of the commander, who signs his, or does not. */
import { addressed, allNodes, exhaustive, freely, protocolModel, RefusedSearch } from '../invariants/checker/index.js'
import { keeping, netAddr, toEach, withAdversary } from '../spec/index.js'
import type { Address, Adversary } from '../spec/index.js'

interface Order {
  readonly by: Address
  readonly says: 'attack' | 'retreat'
}

interface Soldier {
  readonly id: Address
  /** The first order of the commander that has reached it; of the commander, the one that he has given. */
  readonly obeys: Order['says'] | null
}

const [commander, lieutenant, liar] = netAddr(3).enum as [Address, Address, Address]

/** Handlers say to whom a message goes; whom it is from, the network stamps. */
const army = addressed<Soldier, Order, Order['says']>({
  Init: (id) => ({ id, obeys: null }),
  procMsg: (st, _from, { by, says }) => [by === commander && st.obeys === null ? { ...st, obeys: says } : st, []],
  procInt: (st, says) => [{ ...st, obeys: says }, toEach([lieutenant, liar], { by: st.id, says })]
})

/** The commander gives one order, whichever he likes. */
const orders = freely<Soldier, Order, Order['says']>((n, { obeys }) =>
  n === commander && obeys === null ? ['attack', 'retreat'] : []
)

const obedience = allNodes<Soldier, Order>('obedience', 'the lieutenant obeys the commander', (soldiers) => {
  const [given, obeyed] = [commander, lieutenant].map((n) => soldiers.find(({ node }) => node === n)?.sees.obeys)
  return obeyed === null || obeyed === given ? [] : [{ node: lieutenant, witness: `obeys ${obeyed}` }]
})

/** The liar, who tells the lieutenant what the commander is to have said: what it has heard, or whatever it likes. */
const tells = (says: 'anything' | 'what it has heard', isSigned: boolean): Adversary<Order, ReadonlyArray<string>> => ({
  name: `who says ${says}`,
  corrupt: [liar],
  start: [],
  learn: (heard, { msg }) => [...new Set([...heard, msg.says])].sort(),
  forges: (heard) =>
    (['attack', 'retreat'] as const)
      .filter((order) => says === 'anything' || heard.includes(order))
      .map((order) => ({ src: liar, dst: lieutenant, msg: { by: commander, says: order } })),
  signatures: ({ by, says: order }) => (isSigned ? [{ by, on: order }] : []),
  Known: { equals: (a, b) => a.join() === b.join() }
})

for (const [says, isSigned] of [
  ['anything', false],
  ['what it has heard', true],
  ['anything', true]
] as const) {
  const model = protocolModel({
    name: `orders ${isSigned ? 'with' : 'without'} signatures, and one`,
    nodes: 3,
    protocol: army,
    environment: withAdversary(tells(says, isSigned), keeping(orders)),
    invariants: [obedience]
  })
  try {
    const { states, counterexample } = await exhaustive(model)
    const verdict = counterexample ? `violated after ${counterexample.actions.length} step` : 'all hold'
    console.log(`${model.name} who says ${says}: ${states} states, ${verdict}`)
  } catch (error) {
    if (error instanceof RefusedSearch) console.log(error.message)
  }
}
