/**
 * The words for quorums, and for the generals.
 *
 * A statement about all sets of nodes is taken apart by naming sets that refute it if any do: it holds if these do not.
 * A statement that there is a set names one.
 */
import * as O from 'fp-ts/lib/Option.js'
import { OralMessages } from '../../../spec/byzantine/oralMessages.js'
import { SignedMessages } from '../../../spec/byzantine/signedMessages.js'
import * as quorums from '../../../spec/byzantine/quorums.js'
import type { Army, Side } from '../../../spec/byzantine/generals.js'
import { iota } from '../../../spec/prelude/seq.js'
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { vocabulary } from '../../proof/kernel.js'
import type { Vocabulary } from '../../proof/kernel.js'
import { listed } from '../../proof/sort.js'
import type { Sort } from '../../proof/sort.js'
import { failures } from '../../property/invariant.js'
import { interactiveConsistency } from '../generals/interactiveConsistency.js'
import type { Algorithm } from '../generals/interactiveConsistency.js'
import { nodeWords } from './nodes.js'
import type { NodeTheory } from './nodes.js'
import { numberWords } from './numbers.js'
import type { NumberWords } from './numbers.js'
import * as sets from './sets.js'

/** All executions of an algorithm for generals end well. */
const endsWell = <S extends Side, A>(
  army: Army,
  { system, ...algorithm }: Algorithm<S> & { readonly system: TransitionSystem<S, A> }
): boolean => {
  const goal = interactiveConsistency(army, algorithm)
  const from = (s: S): boolean =>
    failures(goal, s).length === 0 &&
    system.actions(s).every((a) => {
      const to = system.next(s, a)
      return O.isNone(to) || from(to.value)
    })
  return system.initial.every(from)
}

/** What `spec/byzantine/quorums.ts` defines, and the numbers by which it is defined. */
const arithmetic = ({ lift, predicate }: Vocabulary, { Number }: NumberWords) => {
  const [one, two, three] = [[Number], [Number, Number], [Number, Number, Number]] as const
  return {
    atLeast: predicate('atLeast', two, (n, least) => n >= least),
    some: predicate('some', one, (n) => n > 0),
    /** `⌊n/3⌋` */
    third: lift('third', one, Number, (n) => Math.floor(n / 3)),
    /** `n − k`, or nothing where `k` is more. */
    minus: lift('minus', two, Number, (n, k) => Math.max(0, n - k)),
    byzantineQuorum: lift('byzantineQuorum', one, Number, quorums.byzantineQuorum),
    weakQuorum: lift('weakQuorum', one, Number, quorums.weakQuorum),
    maxFaulty: lift('maxFaulty', one, Number, quorums.maxFaulty),
    /** `3f + 1` */
    threeTimes: lift('threeTimes', one, Number, (f) => 3 * f + 1),
    /** `2f + 1` */
    twice: lift('twice', one, Number, (f) => 2 * f + 1),
    /** `f + 1` */
    onceMore: lift('onceMore', one, Number, (f) => f + 1),
    oralNodes: lift('oralNodes', one, Number, (f) => quorums.fewestNodes('oral, synchronous', f)),
    meet: predicate('meet', two, quorums.meet),
    meetInHonest: predicate('meetInHonest', three, quorums.meetInHonest),
    available: predicate('available', three, quorums.available),
    tolerates: predicate('tolerates', two, quorums.tolerates),
    hasHonest: predicate('hasHonest', two, quorums.hasHonest)
  }
}

/** What is said of all sets of so many nodes; and sets that refute it, or bear it out. */
const ofSets = (
  { lift, predicate }: Vocabulary,
  { Number }: NumberWords,
  { Set: Set_ }: ReturnType<typeof nodeWords>
) => {
  const [two, three] = [
    [Number, Number],
    [Number, Number, Number]
  ] as const
  const four = [...two, ...two] as const
  const { nodesOf } = sets
  return {
    anyTwoMeet: predicate('anyTwoMeet', three, sets.anyTwoMeet),
    apartOne: lift('apartOne', three, Set_, (q, r, n) => nodesOf(sets.apart(q, r, n)?.one)),
    apartOther: lift('apartOther', three, Set_, (q, r, n) => nodesOf(sets.apart(q, r, n)?.other)),

    anyTwoMeetInHonest: predicate('anyTwoMeetInHonest', three, sets.anyTwoMeetInHonest),
    coverFaulty: lift('coverFaulty', three, Set_, (q, n, f) => nodesOf(sets.apartButFaulty(q, n, f)?.faulty)),
    coverOne: lift('coverOne', three, Set_, (q, n, f) => nodesOf(sets.apartButFaulty(q, n, f)?.one)),
    coverOther: lift('coverOther', three, Set_, (q, n, f) => nodesOf(sets.apartButFaulty(q, n, f)?.other)),

    someAllHonest: predicate('someAllHonest', three, sets.someAllHonest),
    honest: lift('honest', [Number, Number, Set_], Set_, (q, n, faulty) =>
      nodesOf(
        sets.honest(
          q,
          n,
          faulty.filter((i) => i < n).reduce((bits, i) => bits | (1 << i), 0)
        )
      )
    ),
    /** Where none stops all, the first `f`. */
    barrier: lift('barrier', three, Set_, (q, n, f) => {
      const found = sets.barrier(q, n, f)
      return found === undefined ? iota(f) : nodesOf(found)
    }),

    everyHasHonest: predicate('everyHasHonest', three, sets.everyHasHonest),
    liars: lift('liars', three, Set_, (w, n, f) => nodesOf(sets.allFaulty(w, n, f)?.faulty)),
    allLiars: lift('allLiars', three, Set_, (w, n, f) => nodesOf(sets.allFaulty(w, n, f)?.set)),

    someSafeAndLive: predicate('someSafeAndLive', two, sets.someSafeAndLive),
    safeAndLive: lift('safeAndLive', two, Number, (n, f) => sets.safeAndLive(n, f) ?? 0),
    onlySafeAndLive: predicate('onlySafeAndLive', three, sets.onlySafeAndLive),
    otherwise: lift('otherwise', three, Number, (q, n, f) => sets.otherwise(q, n, f) ?? 0),

    meetsHonest: predicate('meetsHonest', four, sets.meetsHonest),
    awayFaulty: lift('awayFaulty', four, Set_, (q, w, n, f) => nodesOf(sets.apartFromHonest(q, w, n, f)?.faulty)),
    awayWeak: lift('awayWeak', four, Set_, (q, w, n, f) => nodesOf(sets.apartFromHonest(q, w, n, f)?.weak)),
    awayOne: lift('awayOne', four, Set_, (q, w, n, f) => nodesOf(sets.apartFromHonest(q, w, n, f)?.one))
  }
}

/** Algorithms for generals, run to their ends. */
const ofGenerals = ({ predicate }: Vocabulary, { Number }: NumberWords) => ({
  /** OM(f) gives interactive consistency among n generals, f of them traitors. */
  oralWorks: predicate('oralWorks', [Number, Number], (nodes, f) =>
    endsWell({ nodes, traitors: f, rounds: f }, OralMessages({ nodes, traitors: f, rounds: f }))
  ),
  signedWorks: predicate('signedWorks', [Number, Number], (nodes, f) =>
    endsWell({ nodes, traitors: f, rounds: f }, SignedMessages({ nodes, traitors: f, rounds: f }))
  )
})

const wordsOf = (own: Vocabulary, numbers: NumberWords, nodes: ReturnType<typeof nodeWords>) => ({
  ...arithmetic(own, numbers),
  ...ofSets(own, numbers, nodes),
  ...ofGenerals(own, numbers)
})

/** Numbers of nodes, and sets of them, up to some. */
export interface QuorumTheory extends NodeTheory {
  readonly words: ReturnType<typeof wordsOf>
  /** Numbers of nodes all sets of which are gone through. */
  readonly nodes: Sort<number>
  /** Generals that are run: any number, and some. */
  readonly few: Sort<number>
  readonly several: Sort<number>
}

/** All numbers up to these: of nodes in statements on quorums, of generals, and of nodes in facts about sets. */
export const quorumTheory = (nodes: number, generals: number, inFacts: number): QuorumTheory => {
  const own = vocabulary('quorums')
  const numbers = numberWords(own)
  const ofNodes = nodeWords(own, numbers)
  return {
    vocabulary: own,
    numbers,
    sets: ofNodes,
    words: wordsOf(own, numbers, ofNodes),
    number: listed(iota(inFacts + 1)),
    set: listed(iota(1 << inFacts).map(sets.nodesOf)),
    nodes: listed(iota(nodes + 1)),
    few: listed(iota(generals + 1)),
    several: listed(iota(generals + 1).slice(2))
  }
}
