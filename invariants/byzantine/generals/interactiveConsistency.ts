/**
 * Interactive consistency, which both algorithms for the Byzantine generals are to give: the conditions IC1 and IC2 of
 * Lamport, Shostak and Pease (1982), in executions that are over; and what of such executions is counted and sought.
 */
import { COMMANDER, isLoyal, loyalLieutenants } from '../../../spec/byzantine/generals.js'
import type { Army, General, Order, Side } from '../../../spec/byzantine/generals.js'
import { iota } from '../../../spec/prelude/seq.js'
import { netAddr } from '../../../spec/system/address.js'
import type { StateObservation } from '../../checker/model/model.js'
import { bandsOf } from '../../checker/trace/lanes.js'
import type { Arrow, Lanes } from '../../checker/trace/lanes.js'
import type { ReplayedStep } from '../../checker/trace/trace.js'
import { all, failures, whole } from '../../property/invariant.js'
import type { Invariant } from '../../property/invariant.js'
import type { Form } from '../../systems/form.js'
import { count } from '../../systems/form.js'
import type { SoughtState } from '../../systems/define.js'
import type { NetworkPicture } from '../../systems/picture.js'
import type { Show } from '../../systems/show.js'
import type { Expected, Preset } from '../../systems/system.js'

/** An algorithm, as far as the conditions see it. */
export interface Algorithm<S extends Side> {
  readonly isOver: (run: S) => boolean
  /** What a loyal lieutenant does in the end. */
  readonly obeys: (run: S, lieutenant: General) => Order
}

/** What the loyal lieutenants do. */
export const obeyed = <S extends Side>(
  army: Army,
  { obeys }: Algorithm<S>,
  run: S
): ReadonlyArray<readonly [General, Order]> =>
  loyalLieutenants(army, run).map((general) => [general, obeys(run, general)])

/** `lieutenant 1 attacks, lieutenant 2 retreats`. */
const deeds = (who: ReadonlyArray<readonly [General, Order]>): string =>
  who.map(([general, order]) => `lieutenant ${String(general)} ${order}s`).join(', ')

/** IC1: all loyal lieutenants obey the same order. */
const ic1 = <S extends Side>(army: Army, algorithm: Algorithm<S>): Invariant<S> =>
  whole('IC1', 'in the end all loyal lieutenants obey the same order', (run) => {
    if (!algorithm.isOver(run)) return []
    const done = obeyed(army, algorithm, run)
    return done.some(([, order]) => order !== done[0]?.[1]) ? [{ witness: deeds(done) }] : []
  })

/** IC2: if the commander is loyal, every loyal lieutenant obeys its order. */
const ic2 = <S extends Side>(army: Army, algorithm: Algorithm<S>): Invariant<S> =>
  whole('IC2', 'in the end every loyal lieutenant obeys the order of a loyal commander', (run) => {
    if (!algorithm.isOver(run) || run.order === undefined) return []
    const wrong = obeyed(army, algorithm, run).filter(([, order]) => order !== run.order)
    return wrong.length === 0 ? [] : [{ witness: `${deeds(wrong)}, and the loyal commander ordered to ${run.order}` }]
  })

/** Both. */
export const interactiveConsistency = <S extends Side>(army: Army, algorithm: Algorithm<S>): Invariant<S> =>
  all('interactive consistency', 'the loyal generals come to one decision, that of the commander if it is loyal', [
    ic1(army, algorithm),
    ic2(army, algorithm)
  ])

/** What can be sought by name. */
export const soughtRuns = <S extends Side>(army: Army, algorithm: Algorithm<S>): ReadonlyArray<SoughtState<S>> => {
  const fails = (invariant: Invariant<S>) => (run: S) => failures(invariant, run).length > 0
  return [
    { name: 'run', says: 'an execution is over', of: algorithm.isOver, isGoal: true },
    {
      name: 'attack',
      says: 'an execution is over, and all loyal lieutenants attack',
      of: (run) => algorithm.isOver(run) && obeyed(army, algorithm, run).every(([, order]) => order === 'attack'),
      isGoal: true
    },
    {
      name: 'ic1-violated',
      says: 'in the end two loyal lieutenants obey different orders',
      of: fails(ic1(army, algorithm))
    },
    {
      name: 'ic2-violated',
      says: 'in the end a loyal lieutenant does not obey the loyal commander',
      of: fails(ic2(army, algorithm))
    }
  ]
}

/** What is counted: each execution that is over is one state, since a state has in it all that was said. */
export const countedRuns = <S extends Side>(army: Army, algorithm: Algorithm<S>): ReadonlyArray<StateObservation<S>> =>
  soughtRuns(army, algorithm).map(({ name, says, of }) => ({ name, says, of }))

/** The parameters of an army. */
export const armyForm: Form<Army> = {
  nodes: count({ says: 'generals, the commander among them', initial: 4, least: 2, most: 10 }),
  traitors: count({ says: 'how many of them are traitors', initial: 1, most: 9 }),
  rounds: count({ says: 'how often what the commander said is passed on, the m of the algorithm', initial: 1, most: 8 })
}

/** An army by its numbers. */
export const army = (nodes: number, traitors: number, rounds: number): Army => ({ nodes, traitors, rounds })

/** `, 4 generals, 1 of them a traitor`. */
export const armyInWords = ({ nodes, traitors }: Pick<Army, 'nodes' | 'traitors'>): string =>
  `, ${String(nodes)} generals, ${traitors === 1 ? '1 of them a traitor' : `${String(traitors)} of them traitors`}`

/** An army all of whose executions are searched by every run of the tests. */
export const preset = (name: string, of: Army, expected: Expected, isDefault = false): Preset<Army> => ({
  name,
  of,
  tier: 'fast',
  isDefault,
  expect: expected
})

/** Why so many generals cannot be traitors, in a clause. */
export const refusesTraitors = ({ nodes, traitors }: Pick<Army, 'nodes' | 'traitors'>): string | undefined =>
  traitors < nodes
    ? undefined
    : `${String(traitors)} traitors of ${String(nodes)} generals leave none that is loyal: choose fewer traitors, or more nodes`

/** Why an army cannot be, in a clause. */
export const refusesArmy = ({ nodes, traitors, rounds }: Army): string | undefined =>
  refusesTraitors({ nodes, traitors }) ??
  (rounds > nodes - 2
    ? `with ${String(nodes)} generals nobody is left to be told after ${String(nodes - 2)} rounds: choose fewer rounds, or more nodes`
    : undefined)

/** A general by what it is. */
const named = (general: General): string => (general === COMMANDER ? 'the commander' : `lieutenant ${String(general)}`)

/** Who is a traitor and what was ordered, in a clause. */
export const sideInWords = ({ traitors, order }: Side): string =>
  [
    traitors.length === 0 ? 'no traitors' : `traitors: ${traitors.map(named).join(', ')}`,
    ...(order === undefined ? [] : [`the commander orders to ${order}`])
  ].join('; ')

/** A general in words: what it is, and whether it is a traitor. */
export const generalInWords = (side: Side, general: General): string =>
  `${named(general)}${isLoyal(side, general) ? '' : ', a traitor,'}`

/** A message that has been passed on, for a diagram. */
export interface Passed {
  readonly src: General
  readonly dst: General
  readonly content: string
  /** From 1. */
  readonly round: number
}

/** A message that was sent, for a picture. */
export interface Told extends Omit<Passed, 'round'> {
  readonly isLie: boolean
}

/** Generals and all that was said so far. @param says what a loyal general has to say at the end. */
export const pictureOfGenerals = (
  title: string,
  nodes: number,
  side: Side,
  told: ReadonlyArray<Told>,
  says: (general: General) => ReadonlyArray<string>
): NetworkPicture => ({
  _tag: 'Network',
  title,
  nodes: iota(nodes).map((general) => ({
    name: general === COMMANDER ? 'commander' : `lieutenant ${String(general)}`,
    says: [
      ...(general === COMMANDER && side.order !== undefined ? [`orders to ${side.order}`] : []),
      ...(isLoyal(side, general) ? says(general) : [])
    ],
    kind: isLoyal(side, general) ? 'honest' : 'liar'
  })),
  packets: told.map(({ src, dst, content, isLie }) => ({
    from: src,
    to: dst,
    says: content,
    times: 1,
    kind: isLie ? 'lie' : 'honest'
  }))
})

/**
 * An execution as lanes. All messages of a round are on their way when it begins.
 * @param passed what is received in a step; none where nothing is sent.
 */
export const lanesOfGenerals = <S extends Side, A>(
  title: string,
  nodes: number,
  steps: ReadonlyArray<ReplayedStep<S, A>>,
  { passed, says }: { readonly passed: (a: A) => Passed | undefined; readonly says: Show<S, A>['action'] }
): Lanes => {
  const generals = netAddr(nodes).enum
  const taken = steps.flatMap(({ action, state, failures: found }, i) => {
    const before = steps[i - 1]?.state
    return action === undefined || before === undefined ? [] : [{ action, before, state, fails: found.length > 0 }]
  })
  const rounds = taken.map(({ action }) => passed(action)?.round ?? 0)
  const rows = taken.map(({ action, before, state, fails }, i) => {
    const one = passed(action)
    const [src, dst] = [generals[one?.src ?? nodes], generals[one?.dst ?? nodes]]
    const arrow: Arrow | undefined =
      one === undefined || src === undefined || dst === undefined
        ? undefined
        : {
            src,
            dst,
            message: one.content,
            sentIn: rounds.filter((round, j) => j < i && round < one.round).length,
            endsIn: i + 1,
            isLost: false,
            isForged: false
          }
    return { node: dst, says: says(action, before, state), arrow, fails }
  })
  const traitors: ReadonlyArray<General> = steps[0]?.state.traitors ?? []
  return {
    title,
    nodes: generals,
    liars: generals.filter((general) => traitors.includes(general)),
    steps: rows,
    arrows: rows.flatMap(({ arrow }) => (arrow === undefined ? [] : [arrow])),
    bands: bandsOf(rounds.map((round) => (round === 0 ? undefined : `round ${String(round)}`)))
  }
}
