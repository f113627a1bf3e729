/**
 * How far `blockforest check` has come: a bar on a terminal, or lines in a log.
 */
import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../../invariants/checker/index.js'
import { grouped } from './io.js'

/** How much of a search is done at least, from 0 to 1; undefined where nothing bounds it. */
export type Share = (p: Progress) => number | undefined

/** A clock, in milliseconds, and the resident set of this process, in bytes. */
export interface Gauges {
  readonly now: () => number
  readonly memory: () => number
}

const ofThisProcess: Gauges = { now: () => performance.now(), memory: () => process.memoryUsage.rss() }

/** Puts the reports of a search into lines. Rates are those since its first report; it may have gone on from a checkpoint. */
export const meter = (
  name: string,
  share: Share,
  { now, memory }: Gauges = ofThisProcess
): ((p: Progress) => string) => {
  let first: { readonly states: number; readonly done: number; readonly at: number } | undefined
  let last = 0
  return (p) => {
    const at = now()
    const done = share(p)
    // Where there are fewer states than before, the search has begun anew.
    if (first === undefined || p.states < last) first = { states: p.states, done: done ?? 0, at }
    last = p.states
    const seconds = (at - first.at) / 1000
    const more = done === undefined ? 0 : done - first.done
    return [
      `${name === '' ? '' : `${name}: `}states ${grouped(p.states)}`,
      ...(seconds > 0 ? [`states/s ${grouped((p.states - first.states) / seconds)}`] : []),
      `depth ${grouped(p.depth)}`,
      `frontier ${grouped(p.frontier)}`,
      `memory ${grouped(memory() / 2 ** 20)} MB`,
      ...(done !== undefined && more > 0 ? [`at most ${clock((seconds * (1 - done)) / more)} left`] : [])
    ].join(', ')
  }
}

/** Seconds as hours, minutes and seconds: `1:02:03`. */
const clock = (seconds: number): string => {
  const whole = Math.round(seconds)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${String(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}

/** Shows how far several searches are, one after another. */
export interface Reporter {
  /** Listens to the search that begins. */
  readonly listen: (name: string, share: Share) => (p: Progress) => void
  /** A search has ended. */
  readonly advance: () => void
  /** All have. */
  readonly stop: () => void
}

/** How the user wants it. */
export interface ProgressOptions {
  readonly json?: true
  readonly progress: boolean
  /** Seconds between two lines. Default: no lines. */
  readonly progressEvery?: number
}

/** On a terminal a bar, unless the answer is for a machine; elsewhere lines on standard error, if they are asked for. */
export const reporter = ({ json, progress, progressEvery }: ProgressOptions, searches: number): Reporter => {
  if (process.stderr.isTTY) return json === true || !progress ? silent : bar(searches)
  return progressEvery === undefined ? silent : log(progressEvery)
}

/** Puts what a search reports into lines, and shows these. */
const showing =
  (show: (line: string) => void): Reporter['listen'] =>
  (name, share) => {
    const line = meter(name, share)
    return (p) => {
      show(line(p))
    }
  }

const silent: Reporter = { listen: () => () => {}, advance: () => {}, stop: () => {} }

const bar = (searches: number): Reporter => {
  // A short bar, as the line is long.
  const format = { format: '{bar} {value}/{total} {line}', barsize: 10, hideCursor: true }
  const shown = new SingleBar(format, Presets.shades_classic)
  shown.start(searches, 0, { line: '' })
  // However the program ends, the cursor is shown again.
  const showCursor = (): void => shown.stop()
  process.once('exit', showCursor)
  return {
    listen: showing((line) => shown.update({ line })),
    advance: () => shown.increment(),
    stop: () => {
      process.off('exit', showCursor)
      shown.stop()
    }
  }
}

const log = (seconds: number): Reporter => {
  let last = performance.now()
  return {
    ...silent,
    listen: showing((line) => {
      if (performance.now() - last < 1000 * seconds) return
      last = performance.now()
      process.stderr.write(`${line}\n`)
    })
  }
}
