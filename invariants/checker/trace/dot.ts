/**
 * The states and steps of a small model as a graph, in the language of Graphviz.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Model } from '../model/model.js'
import { refuseUnfit, violates } from '../model/model.js'
import { guarded } from '../model/guarded.js'
import { breathe } from '../model/result.js'

/** All reachable states of a model, in breadth-first order, and all steps between them. */
export interface StateGraph<S, A> {
  readonly states: ReadonlyArray<{ readonly state: S; readonly isInitial: boolean; readonly violates: boolean }>
  /** Steps between states by their places in the list. */
  readonly steps: ReadonlyArray<{ readonly from: number; readonly to: number; readonly action: A }>
}

/** A graph with more states than this is no picture. */
export const MOST_STATES = 1000

/**
 * The graph of a model. Left: it has too many states.
 * @throws ModelFault where a function of the model throws, or changes what it is given.
 */
export const stateGraph = async <S, A>(
  of: Model<S, A>,
  maxStates = MOST_STATES
): Promise<Either<string, StateGraph<S, A>>> => {
  refuseUnfit(of)
  const model = guarded(of)
  const states: Array<StateGraph<S, A>['states'][number]> = []
  const steps: Array<StateGraph<S, A>['steps'][number]> = []
  const placeOf = new Map<string, number>()
  const add = (state: S, isInitial: boolean): number => {
    const key = model.key(state)
    const known = placeOf.get(key)
    if (known !== undefined) return known
    placeOf.set(key, states.length)
    return states.push({ state, isInitial, violates: violates(model, state) }) - 1
  }
  for (const state of model.system.initial) add(state, true)
  // The list grows while it is walked.
  for (const [from, { state }] of states.entries()) {
    if (states.length > maxStates)
      return E.left(
        `${model.name} has more than ${String(maxStates)} states, too many for a picture: choose smaller bounds`
      )
    for (const action of model.system.actions(state)) {
      const next = model.system.next(state, action)
      if (O.isSome(next)) steps.push({ from, to: add(next.value, false), action })
    }
    if (from % 64 === 0) await breathe()
  }
  return E.right({ states, steps })
}

/** How states and steps are called in a graph. */
export interface GraphWords<S, A> {
  /** The lines of a state. */
  readonly state: (s: S) => ReadonlyArray<string>
  readonly action: (a: A, before: S, after: S) => string
}

/** A graph as a DOT file. Initial states have two borders; states that violate an invariant are red. */
export const toDot = <S, A>(name: string, { states, steps }: StateGraph<S, A>, words: GraphWords<S, A>): string =>
  `${[
    `digraph ${quoted([name])} {`,
    '  node [shape=box, fontname="monospace", fontsize=10]',
    '  edge [fontname="sans-serif", fontsize=9]',
    ...states.map(
      ({ state, isInitial, violates: isRed }, i) =>
        `  s${String(i)} [label=${quoted(words.state(state))}${isInitial ? ', peripheries=2' : ''}${isRed ? ', color=red' : ''}]`
    ),
    ...steps.flatMap(({ from, to, action }) => {
      const [before, after] = [states[from], states[to]]
      if (before === undefined || after === undefined) return []
      return [
        `  s${String(from)} -> s${String(to)} [label=${quoted([words.action(action, before.state, after.state)])}]`
      ]
    }),
    '}'
  ].join('\n')}\n`

/** Lines as a DOT string, each set to the left where there are several. */
const quoted = (lines: ReadonlyArray<string>): string => {
  const escaped = lines.map((line) => line.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))
  return `"${escaped.length === 1 ? escaped.join('') : escaped.map((line) => `${line}\\l`).join('')}"`
}
