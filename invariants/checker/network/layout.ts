/**
 * How a state of a network is laid out in integers: a cell for each node, one for the packets to nobody, the environment,
 * and the two lanes of the fingerprint. In a row, the place of a step and a tag follow.
 */

/** The places of the integers of a state, and of what follows it in a row. */
export interface Layout {
  /** The place of the cell of the packets to nobody; the cells of the nodes are before it. */
  readonly nobody: number
  readonly env: number
  readonly high: number
  readonly low: number
  /** How many integers a state has. */
  readonly width: number
  readonly place: number
  readonly tag: number
  /** How many integers a row has. */
  readonly stride: number
}

/** The layout of the states of a network with so many nodes. */
export const layoutFor = (nodes: number): Layout => ({
  nobody: nodes,
  env: nodes + 1,
  high: nodes + 2,
  low: nodes + 3,
  width: nodes + 4,
  place: nodes + 4,
  tag: nodes + 5,
  stride: nodes + 6
})
