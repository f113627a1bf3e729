/**
 * Other questions that `blockforest check` answers about one configuration: can this happen (`--witness`), does every step
 * keep the invariants (`--inductive`), what does the state space look like (`--dot`).
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Configuration } from '../../invariants/blockchain/codec.js'
import { withModel, withPlayable } from '../../invariants/blockchain/configuration.js'
import { Explain } from '../../invariants/blockchain/explain.js'
import { configurationName } from '../../invariants/blockchain/model.js'
import { Words } from '../../invariants/blockchain/pictures.js'
import { inductionModel, worldsWithin } from '../../invariants/blockchain/worlds.js'
import { seek } from '../../invariants/blockchain/witnesses.js'
import { inductive, stateGraph, toDot, traceOf, writeTrace } from '../../invariants/checker/index.js'
import type { Progress } from '../../invariants/checker/index.js'
import { entries } from '../../spec/prelude/unionMap.js'
import { grouped, UsageError, writeText } from './io.js'

/** An answer: as text, as an object, and whether it is the good one. */
export interface Answer {
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
  readonly exitCode: 0 | 1
}

/** The bounds of a search. */
interface SearchBounds {
  readonly depth?: number
  readonly maxStates?: number
  readonly plain?: boolean
  readonly onProgress: (p: Progress) => void
}

const plural = (n: number, one: string): string => `${grouped(n)} ${one}${n === 1 ? '' : 's'}`

/** Can something happen at all, how often, and how soonest? */
export const witness = (
  configuration: Configuration,
  predicate: string,
  bounds: SearchBounds,
  traceOut: string | undefined
): Promise<Answer> =>
  withPlayable(configuration, async (playable, limits): Promise<Answer> => {
    const found = await seek(playable, limits, predicate, bounds)
    if (E.isLeft(found)) throw new UsageError(found.left)
    const { toychain, sought, witness: seen } = found.right
    const { shortest, times, among, of, complete, seconds } = seen
    const name = configurationName(playable.instance.name, limits)
    const looked = `${grouped(among)} ${of === 'states' ? 'distinct states' : 'transitions'}`
    const asked = `${name}: ${sought.name} (${sought.says})`
    const json = {
      configuration: { name, ...configuration },
      witness: sought,
      happens: shortest !== undefined,
      of,
      times,
      among,
      complete,
      seconds: Number(seconds.toFixed(3))
    }
    if (shortest === undefined)
      return {
        text: `${asked} ${complete ? `cannot happen: it does in none of ${looked}` : `was not seen in ${looked}; there are more`}`,
        json,
        exitCode: 1
      }
    const trace = writeTrace(traceOf(configuration, shortest.states, shortest.actions))
    if (traceOut !== undefined) writeText(traceOut, trace)
    const last = shortest.actions.length
    const steps = shortest.states.map((state, i) => ({
      action: shortest.actions[i - 1],
      state,
      failures: i === last ? shortest.failures : []
    }))
    return {
      text: [
        `${asked} can happen: it does in ${grouped(times)} of ${looked}${complete ? '' : '; there are more'}`,
        '',
        `the shortest execution that shows it, ${plural(last, 'step')}`,
        '',
        Explain(toychain).execution(steps, { mark: '✓' }),
        ...(traceOut === undefined ? [] : ['', `trace written to ${traceOut}`])
      ].join('\n'),
      json: { ...json, sightings: shortest.failures, trace: JSON.parse(trace) as unknown },
      exitCode: 0
    }
  })

/** Sizes of the worlds of an induction, unless others are asked for. */
export const DEFAULT_SIZES = { blocks: 2, packets: 1 } as const

/** Does every step from every small world in which the invariants hold lead to one in which they hold? */
export const induction = (
  configuration: Configuration,
  {
    blocks = DEFAULT_SIZES.blocks,
    packets = DEFAULT_SIZES.packets
  }: { readonly blocks?: number; readonly packets?: number },
  { depth, maxStates, onProgress }: SearchBounds
): Promise<Answer> =>
  withPlayable(configuration, async (playable, limits): Promise<Answer> => {
    const model = inductionModel(playable, limits)
    const { base, candidates, satisfying, steps, counterexample, seconds } = await inductive(
      model,
      worldsWithin(playable, model, { blocks, packets }),
      {
        ...(depth === undefined ? {} : { depth }),
        ...(maxStates === undefined ? {} : { maxStates }),
        onProgress
      }
    )
    const explain = Explain(model.toychain)
    const sizes = [
      plural(limits.nodes, 'node'),
      limits.mints === 0
        ? 'no blocks'
        : `blocks with the numbers 1 to ${String(limits.mints)}, at most ${String(blocks)} of them`,
      plural(limits.transactions, 'transaction'),
      `at most ${plural(packets, 'packet')} in flight`
    ].join('; ')
    const isInductive = base.length === 0 && counterexample === undefined
    const json = {
      configuration: { name: model.name, ...configuration },
      sizes: { blocks, packets },
      worlds: candidates,
      satisfying,
      steps,
      inductive: isInductive,
      seconds: Number(seconds.toFixed(3))
    }
    const head = [
      `worlds of ${playable.instance.name}, reachable or not: ${sizes}`,
      `${grouped(candidates)} worlds, in ${grouped(satisfying)} of them all invariants hold; ${plural(steps, 'step')} from those`
    ]
    if (counterexample === undefined) {
      const verdict = isInductive
        ? ['every step keeps them: the invariants are inductive within these sizes']
        : ['every step keeps them, but they do not hold initially', ...explain.verdict(base)]
      return { text: [...head, ...verdict].join('\n'), json, exitCode: isInductive ? 0 : 1 }
    }
    const { before, action, after, failures, reached, searched } = counterexample
    const far = `${plural(searched.states, 'state')}, up to ${plural(searched.depth, 'step')}`
    const reachable =
      reached === undefined
        ? `not found reachable: world 0 is none of the states that were searched, ${far}${searched.complete ? ', all there are' : ''}`
        : `reachable within ${plural(reached.actions.length, 'step')}: an execution leads to world 0, so the invariants are violated`
    return {
      text: [
        ...head,
        '',
        'counterexample to induction: the invariants hold in world 0, and the step breaks them',
        '',
        explain.execution(
          [
            { action: undefined, state: before, failures: [] },
            { action, state: after, failures }
          ],
          { begins: 'a world in which they hold' }
        ),
        '',
        reachable,
        ...(reached === undefined
          ? []
          : [
              '',
              explain.execution(
                reached.states.map((state, i) => ({ action: reached.actions[i - 1], state, failures: [] }))
              )
            ])
      ].join('\n'),
      json: {
        ...json,
        counterexample: {
          before,
          action,
          after,
          failures,
          reachable: reached !== undefined,
          ...(reached === undefined ? {} : { within: reached.actions.length }),
          searched
        }
      },
      exitCode: 1
    }
  })

/** Writes all states and steps of a configuration as a graph; what was written. */
export const graph = (configuration: Configuration, file: string): Promise<string> =>
  withModel(configuration, async (model) => {
    const found = await stateGraph(model)
    if (E.isLeft(found)) throw new UsageError(found.left)
    const explain = Explain(model.toychain)
    const words = Words(model.toychain)
    writeText(
      file,
      toDot(model.name, found.right, {
        state: ({ world }) => [
          ...entries(world.localState).map(([n, { blockTree }]) => `${String(n)} ${words.tree(blockTree)}`),
          ...world.inFlightMsgs.map((p) => `${String(p.src)}→${String(p.dst)} ${explain.message(p.msg)}`)
        ],
        action: (a, before, after) => explain.action(a, before.world, after.world)
      })
    )
    const { states, steps } = found.right
    return `${plural(states.length, 'state')} and ${plural(steps.length, 'step')} written to ${file}`
  })
