/**
 * What the state space of a small configuration looks like (`blockforest check --dot`): for Graphviz, or drawn.
 */
import * as E from 'fp-ts/lib/Either.js'
import { stateGraph, toDot } from '../../invariants/checker/index.js'
import type { GraphWords, StateGraph } from '../../invariants/checker/index.js'
import { linesOf } from '../../invariants/systems/index.js'
import { drawGraph } from '../draw/index.js'
import type { GraphPicture } from '../draw/index.js'
import { plural, UsageError } from './io.js'
import type { Job } from './job.js'
import { writeText } from './output.js'
import { MOST_DRAWN } from './searches.js'

/** A graph of states as a picture. */
const graphPicture = <S, A>(
  title: string,
  { states, steps }: StateGraph<S, A>,
  words: GraphWords<S, A>
): GraphPicture => ({
  title,
  nodes: states.map(({ state, isInitial, violates }) => ({ says: words.state(state), isInitial, violates })),
  edges: steps.flatMap(({ from, to, action }) => {
    const [before, after] = [states[from], states[to]]
    return before === undefined || after === undefined
      ? []
      : [{ from, to, says: words.action(action, before.state, after.state) }]
  })
})

/** Writes all states and steps of a configuration as a graph, drawn where the name of the file says so; what was written. */
export const graph = ({ subject }: Job, file: string): Promise<string> =>
  subject(async ({ model, show }) => {
    const isDrawn = file.endsWith('.svg')
    const found = await (isDrawn ? stateGraph(model, MOST_DRAWN) : stateGraph(model))
    if (E.isLeft(found)) throw new UsageError(found.left)
    const words = { state: show.brief ?? ((s) => linesOf(show.state(s))), action: show.action }
    writeText(
      file,
      isDrawn ? drawGraph(graphPicture(model.name, found.right, words)) : toDot(model.name, found.right, words)
    )
    const { states, steps } = found.right
    return `${plural(states.length, 'state')} and ${plural(steps.length, 'step')} written to ${file}`
  })
