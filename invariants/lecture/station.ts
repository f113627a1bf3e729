/**
 * Stations of the lecture: a claim, what is run for it, and what is to come out. They are data; `run.ts` runs them.
 *
 * Exact numbers of a search stand where its preset or its mutant does, in the system (`Expected`). A station says which way
 * the verdict goes, so that it is a claim of the lecture's and not only what the system happens to do.
 */
import type { Grade } from '../blockchain/lemmas/ledger.js'
import type { Expected, Unexpected } from '../systems/system.js'

/** What has come out of a trial, or is to. */
export type Finding =
  | Expected
  /** What was sought happens after so many steps. */
  | { readonly verdict: 'happens'; readonly steps: number }
  /** It happens in none of all reachable states. */
  | { readonly verdict: 'never'; readonly states: number }
  | Unexpected
  /** From so many of all reachable states what is to be reachable is so no more; from none: it always is. */
  | { readonly verdict: 'always' | 'stuck'; readonly states: number; readonly among: number }
  /** Of so many states, reachable or not, the invariants hold in some, and all steps from those keep them. */
  | { readonly verdict: 'kept' | 'not kept'; readonly states: number; readonly among: number; readonly steps: number }
  /** A lemma holds on all of some inputs, of which so many met its premises. */
  | { readonly verdict: Grade | 'refuted'; readonly inputs: number; readonly met: number }
  /** How many places of a map have which verdict, and how many contradict the theorem that is about them. */
  | {
      readonly verdict: 'mapped'
      readonly holds: number
      readonly violated: number
      readonly unknown: number
      readonly contradict: number
    }
  /** Each of so many protocols fails in an execution that was made for it. */
  | { readonly verdict: 'all fail' | 'some stand'; readonly protocols: number }

/** A preset of a system of the catalogue, or a mutant where the system says that it is refuted. */
export type Subject =
  | { readonly system: string; readonly preset: string }
  | { readonly system: string; readonly mutant: string }

/** Something that is run. */
export type Trial = {
  /** What is run, in a clause. */
  readonly says: string
} & (
  | { readonly _tag: 'Search'; readonly of: Subject; readonly claims: Expected['verdict'] }
  | {
      readonly _tag: 'Witness'
      readonly of: Subject
      /** What is sought: a name that the system has for it. */
      readonly sought: string
      readonly expect: Finding
    }
  /** Whether what a subject asks can still be reached from every state, and from how many it cannot. */
  | { readonly _tag: 'CanAlways'; readonly of: Subject; readonly expect: Finding }
  | {
      readonly _tag: 'Induction'
      readonly of: Subject
      readonly sizes: Readonly<Record<string, number>>
      readonly expect: Finding
    }
  | { readonly _tag: 'Lemma'; readonly lemma: string; readonly expect: Finding }
  | {
      readonly _tag: 'QuorumMap'
      /** Numbers of nodes and of phases. */
      readonly ladders: ReadonlyArray<readonly [nodes: number, phases: number]>
      /** How many states of a place are looked at, at most. */
      readonly maxStates: number
      readonly expect: Finding
    }
  | { readonly _tag: 'ThreeNodes'; readonly expect: Finding }
)

/** The parts of the lecture that have stations, in order. */
export const PARTS = [
  'Byzantine generals',
  'Paxos and its repair',
  'Quorums',
  'PBFT',
  'Blockchains',
  'Smart contracts'
] as const
export type Part = (typeof PARTS)[number]

/** A station of the lecture. Texts are sentences. */
export interface Station {
  readonly name: string
  readonly part: Part
  /** What the slide is about, as it says it itself. */
  readonly slide: string
  readonly claim: string
  readonly trials: ReadonlyArray<Trial>
  /** What a repair changes. */
  readonly changes?: string
  /** Why it comes out so. */
  readonly because: string
  /** Where the lecture is loose. */
  readonly loose?: string
  /** Presets and mutants that only deep tests search, of the same claim. */
  readonly beyond?: ReadonlyArray<Subject>
  /** The page that has more. */
  readonly page: string
}
