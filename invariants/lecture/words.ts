/**
 * What has come out of a trial, in words: for the command, and for pages.
 */
import { grouped, plural } from '../words.js'
import type { Finding } from './station.js'

const counted = (n: number, one: string): string => plural(n, one, grouped)

/** What has come out, or is to, in a clause. */
export const findingText = (found: Finding): string => {
  switch (found.verdict) {
    case 'holds':
      return `holds in all ${grouped(found.states)} states (${grouped(found.transitions)} transitions, depth ${String(found.depth)})`
    case 'violated':
      return `violated after ${counted(found.steps, 'step')}`
    case 'happens':
      return `happens after ${counted(found.steps, 'step')}`
    case 'never':
      return `never happens, in all ${counted(found.states, 'state')}`
    case 'vacuous':
      return `holds in all ${counted(found.states, 'state')}, of which none is of ${found.goals.join(', ')}: that says little`
    case 'fault':
      return `the system itself is at fault: ${found.says}`
    case 'undecided':
      return `not decided, ${counted(found.states, 'state')} were looked at`
    case 'always':
      return `from each of ${counted(found.among, 'state')} it can be reached`
    case 'stuck':
      return `from ${grouped(found.states)} of ${counted(found.among, 'state')} it can be reached no more`
    case 'kept':
    case 'not kept':
      return `of ${counted(found.among, 'state')}, reachable or not, it holds in ${grouped(found.states)}; ${
        found.verdict === 'kept' ? `all ${counted(found.steps, 'step')} from those keep it` : 'a step does not keep it'
      }`
    case 'derived':
    case 'tested':
    case 'assumed':
    case 'refuted':
      return `${GRADES[found.verdict]} ${counted(found.inputs, 'input')}, of which ${grouped(found.met)} met its premises`
    case 'mapped':
      return [
        `agreement holds at ${counted(found.holds, 'place')}`,
        `is violated at ${String(found.violated)}`,
        `was not decided at ${String(found.unknown)}`,
        found.contradict === 0
          ? 'as the theorem says of each that was'
          : `and ${counted(found.contradict, 'place')} contradict the theorem`
      ].join(', ')
    case 'all fail':
      return `each of ${counted(found.protocols, 'protocol')} fails in the execution that is made for it`
    case 'some stand':
      return `only ${counted(found.protocols, 'protocol')} fail in the execution that is made for them`
  }
}

const GRADES = {
  derived: 'derived; and tested on all',
  tested: 'tested on all',
  assumed: 'a law, assumed; and tested on all',
  refuted: 'REFUTED, on'
} as const

/** What has come out, in a word, with the length of an execution if there is one. */
export const findingBrief = (found: Finding): string =>
  found.verdict === 'violated' || found.verdict === 'happens'
    ? `${found.verdict} (${String(found.steps)})`
    : found.verdict === 'stuck'
      ? `${found.verdict} (${grouped(found.states)})`
      : found.verdict
