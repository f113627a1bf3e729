/**
 * The explorer and the command say the same of the same search.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { searchOf } from '../../../impl/explorer/search.js'
import type { Search, SearchResult } from '../../../impl/explorer/search.js'
import { openSession } from '../../../impl/explorer/session.js'
import type { Choice, Session } from '../../../impl/explorer/session.js'
import { catalogue, nameOf } from '../../../invariants/systems/index.js'
import type { AnySystem } from '../../../invariants/systems/index.js'
import { blockforest } from '../../support/command.js'
import conclusions from '../../support/conclusions.js'
import { deep } from '../../support/deep.js'

const opened = (system: AnySystem, choice: Choice): Session => {
  const session = openSession(system, choice)
  if (E.isLeft(session)) throw new Error(session.left.says)
  return session.right
}

/** The words of a command line. */
const wordsOf = (command: string): ReadonlyArray<string> =>
  [...command.matchAll(/'([^']*)'|\S+/g)].map(([word, unquoted]) => unquoted ?? word)

/** What is compared: the verdict, and all counts that both give. */
const compared = ({ verdict, states, transitions, depth }: Partial<SearchResult>, length: number | undefined) => ({
  verdict,
  states,
  transitions,
  depth,
  length
})

/** What the explorer says, and what the command says that it shows. */
const said = async (session: Session, search: Search, options: ReadonlyArray<string>, called?: string) => {
  const result = await searchOf(session, search, () => {})
  const [, check = '', name = '', ...words] = wordsOf(session.shown().command)
  const { out, exitCode } = await blockforest(check, called ?? name, ...words, ...options, '--json')
  const report = JSON.parse(out) as Partial<SearchResult> & { readonly counterexampleLength?: number }
  return {
    explorer: compared(result, result.counterexample?.path.places.length),
    command: compared(report, report.counterexampleLength),
    exitCode
  }
}

const MOST = 700
const BOUNDED: Search = { _tag: 'All', order: 'breadth-first', maxStates: MOST }

/** What is searched of a system: as it is initially, and what has a name; where that is much, the first of each. */
const choicesOf = ({ open }: AnySystem): ReadonlyArray<Choice> =>
  open(({ presets, mutants }) => {
    const some = <X>(all: ReadonlyArray<X>): ReadonlyArray<X> => (deep ? all : all.slice(0, 1))
    return [
      {},
      ...some(presets.filter(({ random }) => random === undefined)).map(({ name }) => ({ preset: name })),
      ...some(mutants).map(({ name }) => ({ mutant: name }))
    ]
  })

test.each(catalogue.map((system) => [nameOf(system), system] as const))(
  'of %s: within a bound, with its presets and its mutants',
  async (_, system) => {
    for (const choice of choicesOf(system)) {
      const { explorer, command, exitCode } = await said(opened(system, choice), BOUNDED, [
        '--max-states',
        String(MOST)
      ])
      expect([choice, explorer]).toEqual([choice, command])
      expect([choice, exitCode]).toEqual([choice, explorer.verdict === 'violated' ? 1 : 0])
    }
  },
  10 * 60_000
)

describe('of a system that comes to every conclusion:', () => {
  const FILE = './test/support/conclusions.ts'
  const all = { ...BOUNDED, maxStates: 1_000_000 }
  const few = { ...BOUNDED, maxStates: 3 }
  test.each<readonly [string, Choice, Search, ReadonlyArray<string>, number]>([
    ['holds', {}, all, [], 0],
    ['vacuous', { mutant: 'unreached' }, all, [], 1],
    ['violated', { mutant: 'broken' }, all, [], 1],
    ['violated', { mutant: 'stuck' }, all, [], 1],
    ['fault', { mutant: 'failing' }, all, [], 2],
    ['undecided', {}, few, ['--max-states', '3'], 0],
    ['undecided', { mutant: 'unreached' }, few, ['--max-states', '3'], 0],
    ['holds', {}, { ...all, order: 'depth-first' }, ['--order', 'depth-first'], 0],
    [
      'undecided',
      {},
      { _tag: 'Random', seed: 3, runs: 5, steps: 4 },
      ['--seed', '3', '--runs', '5', '--steps', '4'],
      0
    ],
    [
      'violated',
      { mutant: 'broken' },
      { _tag: 'Random', seed: 3, runs: 5, steps: 4 },
      ['--seed', '3', '--runs', '5', '--steps', '4'],
      1
    ]
  ])('%s: %o', async (verdict, choice, search, options, code) => {
    const { explorer, command, exitCode } = await said(opened(conclusions, choice), search, options, FILE)
    expect(explorer).toEqual(command)
    expect([explorer.verdict, exitCode]).toEqual([verdict, code])
  })

  test('where the depth is bounded, nothing is decided', async () => {
    const { out, exitCode } = await blockforest('check', FILE, '--depth', '2', '--json')
    expect([JSON.parse(out), exitCode]).toMatchObject([{ verdict: 'undecided', states: 3 }, 0])
  })

  test('the explorer says what was not reached, and what was not decided', async () => {
    const notes = async (choice: Choice, search: Search) =>
      (await searchOf(opened(conclusions, choice), search, () => {})).notes
    const chance = expect.stringMatching(/^chance that a state was missed /) as string
    expect(await notes({}, all)).toEqual(['goals reached: at the end', 'holds of all executions: it ends', chance])
    expect(await notes({ mutant: 'unreached' }, all)).toEqual([
      'goals that cannot be reached: at the end',
      'holds of all executions: it ends',
      chance
    ])
    expect(await notes({ mutant: 'unreached' }, few)).toEqual([
      'goals not reached so far: at the end',
      'not decided: it ends',
      chance
    ])
  })
})
