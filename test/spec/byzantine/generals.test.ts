/**
 * The algorithms for the Byzantine generals against others of the same, written from the paper in another way: OM(m) by the
 * recursion of the paper, with an oracle for what traitors say; SM(m) with traitors that send any set of messages.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { DEFAULT, isLoyal, loyalLieutenants, ORDERS, sides } from '../../../spec/byzantine/generals.js'
import type { Army, Order, Side } from '../../../spec/byzantine/generals.js'
import { majority, messages, OralMessages } from '../../../spec/byzantine/oralMessages.js'
import { SignedMessages } from '../../../spec/byzantine/signedMessages.js'
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'

const iota = (n: number): ReadonlyArray<number> => Array.from({ length: n }, (_, i) => i)

/** All executions that are over. */
const runs = <S, A>({ initial, actions, next }: TransitionSystem<S, A>): ReadonlyArray<S> => {
  const over: S[] = []
  const open = [...initial]
  for (let s = open.pop(); s !== undefined; s = open.pop()) {
    const enabled = actions(s)
    if (enabled.length === 0) over.push(s)
    for (const a of enabled) {
      const to = next(s, a)
      if (O.isNone(to)) throw new Error('an action that is enabled leads nowhere')
      open.push(to.value)
    }
  }
  return over
}

/** What each loyal lieutenant obeys, and the side: an execution as far as its conditions go. */
const outcome = (army: Army, side: Side, obeys: (general: number) => Order): string =>
  JSON.stringify([side.traitors, side.order, loyalLieutenants(army, side).map(obeys)])

const counted = (outcomes: ReadonlyArray<string>): ReadonlyArray<readonly [string, number]> => {
  const times = new Map<string, number>()
  for (const one of outcomes) times.set(one, (times.get(one) ?? 0) + 1)
  return [...times].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** OM(m) as the paper has it: what each of the lieutenants makes of the commander's order. */
const recursive = (
  m: number,
  commander: number,
  lieutenants: ReadonlyArray<number>,
  way: ReadonlyArray<number>,
  value: Order,
  say: (way: ReadonlyArray<number>, to: number, truth: Order) => Order
): ReadonlyMap<number, Order> => {
  const here = [...way, commander]
  const told = new Map(lieutenants.map((i) => [i, say(here, i, value)] as const))
  if (m === 0) return told
  const passedOn = new Map(
    lieutenants.map((i) => [
      i,
      recursive(
        m - 1,
        i,
        lieutenants.filter((j) => j !== i),
        here,
        told.get(i) ?? DEFAULT,
        say
      )
    ])
  )
  return new Map(
    lieutenants.map((i) => {
      const values = lieutenants.map((j) => (j === i ? told.get(i) : passedOn.get(j)?.get(i)) ?? DEFAULT)
      const attacks = values.filter((v) => v === 'attack').length
      return [i, attacks > values.length - attacks ? 'attack' : 'retreat']
    })
  )
}

/** Its outcomes over all that traitors may say. */
const recursiveOutcomes = (army: Army): ReadonlyArray<string> =>
  sides(army).flatMap((side) => {
    const lies = messages(army).filter(({ way }) => !isLoyal(side, way.at(-1) ?? 0))
    return iota(1 << lies.length).map((bits) => {
      const oracle = new Map(lies.map(({ way, to }, i) => [[...way, to].join(), ORDERS[(bits >> i) & 1] ?? DEFAULT]))
      const result = recursive(
        army.rounds,
        0,
        iota(army.nodes).slice(1),
        [],
        side.order ?? DEFAULT,
        (way, to, truth) => (isLoyal(side, way.at(-1) ?? 0) ? truth : (oracle.get([...way, to].join()) ?? DEFAULT))
      )
      return outcome(army, side, (general) => result.get(general) ?? DEFAULT)
    })
  })

describe('OM(m)', () => {
  test.each<[number, number, number]>([
    [3, 1, 0],
    [3, 1, 1],
    [4, 0, 1],
    [4, 1, 1],
    [4, 2, 1],
    [4, 1, 2],
    [5, 1, 1],
    [5, 2, 1]
  ])(
    'with %i generals, %i of them traitors, passed on %i times, does what the recursion of the paper does',
    (nodes, traitors, rounds) => {
      const army = { nodes, traitors, rounds }
      const om = OralMessages(army)
      const outcomes = runs(om.system).map((run) => outcome(army, run, (general) => om.obeys(run, general)))
      expect(counted(outcomes)).toEqual(counted(recursiveOutcomes(army)))
    }
  )

  test('all messages are sent once, none to one that it comes from', () => {
    const all = messages({ nodes: 4, rounds: 2 })
    expect(all).toHaveLength(3 + 6 + 6)
    expect(new Set(all.map((message) => JSON.stringify(message))).size).toBe(15)
    for (const { way, to } of all) expect([way[0], new Set([...way, to]).size]).toEqual([0, way.length + 1])
  })

  test('a majority is more than half', () => {
    expect(majority([])).toBe('retreat')
    expect(majority(['attack', 'retreat'])).toBe('retreat')
    expect(majority(['attack', 'retreat', 'attack'])).toBe('attack')
  })

  test('says nothing but the next message, and no lie of a loyal general', () => {
    const { system } = OralMessages({ nodes: 3, traitors: 1, rounds: 1 })
    const [run] = system.initial.filter(({ traitors, order }) => traitors[0] === 1 && order === 'attack')
    expect(O.isNone(system.next(run!, { _tag: 'Say', way: [0], to: 1, order: 'retreat' }))).toBe(true)
    expect(O.isNone(system.next(run!, { _tag: 'Say', way: [0], to: 2, order: 'attack' }))).toBe(true)
    expect(O.isSome(system.next(run!, { _tag: 'Say', way: [0], to: 1, order: 'attack' }))).toBe(true)
  })
})

interface Letter {
  readonly order: Order
  readonly signers: ReadonlyArray<number>
  readonly to: number
}

/** SM(m) in which traitors send any set of letters that they can sign; the outcomes. */
const signedOutcomes = (army: Army): ReadonlySet<string> => {
  const { nodes, rounds } = army
  const found = new Set<string>()
  for (const side of sides(army)) {
    const loyal = loyalLieutenants(army, side)
    const ways = (k: number): ReadonlyArray<ReadonlyArray<number>> =>
      k === 1
        ? [[0]]
        : ways(k - 1).flatMap((w) =>
            iota(nodes)
              .filter((i) => !w.includes(i))
              .map((i) => [...w, i])
          )
    const go = (
      round: number,
      seen: ReadonlyMap<number, ReadonlyArray<Order>>,
      due: ReadonlyArray<Letter>,
      signed: ReadonlySet<string>
    ): void => {
      if (round > rounds + 1) {
        found.add(
          outcome(army, side, (general) => {
            const orders = new Set(seen.get(general))
            return orders.size === 1 ? ([...orders][0] ?? DEFAULT) : DEFAULT
          })
        )
        return
      }
      const forged = ways(round).flatMap((signers) =>
        ORDERS.flatMap((order) =>
          loyal
            .filter(() => !isLoyal(side, signers.at(-1) ?? 0))
            .filter(() =>
              signers.every((who, i) => !isLoyal(side, who) || signed.has([order, ...signers.slice(0, i + 1)].join()))
            )
            .filter((to) => !signers.includes(to))
            .map((to) => ({ order, signers, to }))
        )
      )
      for (const bits of iota(1 << forged.length)) {
        const now = new Map(seen)
        const next: Letter[] = []
        const known = new Set(signed)
        // Here loyal letters come first: the order within a round must not matter.
        for (const { order, signers, to } of [...due, ...forged.filter((_, i) => (bits >> i) & 1)]) {
          if (now.get(to)?.includes(order) === true) continue
          now.set(to, [...(now.get(to) ?? []), order])
          if (signers.length > rounds) continue
          known.add([order, ...signers, to].join())
          for (const other of loyal)
            if (other !== to && !signers.includes(other)) next.push({ order, signers: [...signers, to], to: other })
        }
        go(round + 1, now, next, known)
      }
    }
    const { order } = side
    const first = order === undefined ? [] : loyal.map((to) => ({ order, signers: [0], to }))
    go(1, new Map(), first, new Set(order === undefined ? [] : [[order, 0].join()]))
  }
  return found
}

describe('SM(m)', () => {
  test.each<[number, number, number]>([
    [3, 0, 1],
    [3, 1, 0],
    [3, 1, 1],
    [3, 2, 1],
    [4, 1, 1],
    [4, 1, 2],
    [4, 2, 1],
    [4, 2, 2],
    [5, 2, 1]
  ])(
    'with %i generals, %i of them traitors, signed on %i times, has the outcomes that any set of letters has',
    (nodes, traitors, rounds) => {
      const army = { nodes, traitors, rounds }
      const sm = SignedMessages(army)
      const outcomes = runs(sm.system).map((run) => outcome(army, run, (general) => sm.obeys(run, general)))
      expect([...new Set(outcomes)].sort()).toEqual([...signedOutcomes(army)].sort())
    }
  )

  test('each execution that is over differs from the others in what was received', () => {
    const over = runs(SignedMessages({ nodes: 4, traitors: 2, rounds: 2 }).system)
    const texts = over.map(({ traitors, order, taken }) => JSON.stringify([traitors, order, taken]))
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts).toHaveLength(249)
  })

  test('passes nothing but the first open message, and nothing of a loyal general is withheld', () => {
    const { system } = SignedMessages({ nodes: 3, traitors: 1, rounds: 1 })
    const [run] = system.initial.filter(({ traitors, order }) => traitors[0] === 1 && order === 'attack')
    const [message] = run!.open
    expect(message).toEqual({ round: 1, order: 'attack', signers: [0], to: 2 })
    expect(O.isNone(system.next(run!, { _tag: 'Withhold', message: message! }))).toBe(true)
    expect(O.isNone(system.next(run!, { _tag: 'Send', message: { ...message!, order: 'retreat' } }))).toBe(true)
    expect(O.isSome(system.next(run!, { _tag: 'Send', message: message! }))).toBe(true)
  })
})
