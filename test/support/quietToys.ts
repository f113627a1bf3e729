/**
 * Networks of toys in which nothing happens but for what a test says.
 */
import type { Recipe } from './toyNetworks.js'

/** A network of toys in which nothing happens but for what is said here: values stay, and nothing is sent. */
export const toys = (more: Partial<Recipe>): Recipe => ({
  nodes: 1,
  onMessage: hearing(),
  onInternal: [0, 1, 2].map((v) => ({ v, sends: [] })),
  internals: 0,
  moods: Array.from({ length: 6 }, () => ({ allowed: true, flips: false })),
  packets: [],
  faults: { duplications: 0, losses: 0, cuts: 0 },
  forbidden: { value: 9, pair: 99, sum: 99, inFlight: 99 },
  ...more
})

/** What becomes of a value with a message. */
export const hearing = (
  ...changes: ReadonlyArray<readonly [v: number, msg: number, then: number]>
): Recipe['onMessage'] =>
  [0, 1, 2].flatMap((v) =>
    [0, 1, 2].map((msg) => ({ v: changes.find(([from, m]) => from === v && m === msg)?.[2] ?? v, sends: [] }))
  )

/** The same reactions, some of which send messages to the node itself. */
export const bringing = (
  sends: Readonly<Record<number, ReadonlyArray<number>>>,
  reactions: Recipe['onMessage']
): Recipe['onMessage'] =>
  reactions.map((reaction, i) => ({ ...reaction, sends: (sends[i] ?? []).map((msg) => ({ to: 'self', msg })) }))

/** Packets to the only node. */
export const inFlight = (...messages: ReadonlyArray<number>): Recipe['packets'] =>
  messages.map((msg) => ({ src: 0, dst: 0, msg }))
