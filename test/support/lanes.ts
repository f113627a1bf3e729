/**
 * Diagrams of message lanes, for those who draw them.
 */
import type { Arrow, Lanes, LaneStep } from '../../invariants/checker/index.js'
import { address } from './toychains.js'

const arrow = (src: number, dst: number, sentIn: number, endsIn: number | undefined, isLost = false): Arrow => ({
  src: address(src),
  dst: address(dst),
  message: `m${src}${dst}`,
  sentIn,
  endsIn,
  isLost,
  isForged: false
})
const right = arrow(0, 2, 1, 3)
const left = arrow(2, 1, 0, 4)
const lost = arrow(2, 0, 0, 5, true)
const itself = arrow(1, 1, 4, 6)
const itselfLost = arrow(1, 1, 4, 7, true)
const fromAfar = arrow(9, 0, 0, 8)
const toAfar = arrow(0, 9, 1, 9, true)
const rightLost = arrow(0, 1, 1, 10, true)
const flying = arrow(1, 0, 2, undefined)
/** A step of a diagram. */
export const step = (node: number | undefined, says: string, ending?: Arrow, fails = false): LaneStep => ({
  node: node === undefined ? undefined : address(node),
  says,
  arrow: ending,
  fails
})
/** Three nodes and arrows of every kind, one of which comes from a node that has no lane. */
export const everyKind: Lanes = {
  title: 'every kind',
  nodes: [address(0), address(1), address(2)],
  liars: [],
  steps: [
    step(0, 'zero'),
    step(1, 'one'),
    step(2, 'two takes', right),
    step(1, 'one takes', left, true),
    step(undefined, 'lost', lost, true),
    step(1, 'itself', itself),
    step(undefined, 'lost, too', itselfLost),
    step(0, 'from afar', fromAfar),
    step(undefined, 'to afar', toAfar),
    step(undefined, 'lost again', rightLost)
  ],
  arrows: [right, left, lost, itself, itselfLost, fromAfar, toAfar, rightLost, flying]
}
