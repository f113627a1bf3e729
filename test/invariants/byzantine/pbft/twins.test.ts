/**
 * PBFT with twins: which broken rules show where a replica that lies is two copies of an honest one, and which do not.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { packetConfiguration, pbftForm, refusesPbft } from '../../../../invariants/byzantine/pbft/configuration.js'
import type { PbftConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { pbftMutants } from '../../../../invariants/byzantine/pbft/mutants.js'
import { pbftTwins } from '../../../../invariants/byzantine/pbft/twins.js'
import { exhaustive } from '../../../../invariants/checker/index.js'
import { failures } from '../../../../invariants/property/invariant.js'
import { changesOf } from '../../../../invariants/systems/form.js'
import { divisionText } from '../../../../invariants/systems/twinsShow.js'
import { read } from '../../../../scripts/docs/pages.js'
import { deep } from '../../../support/deep.js'

const mutantCalled = (name: string) => pbftMutants.find((one) => one.name === name)!

/** With twins: so many views, whose twin, and what else. */
const twins = (
  lastView: number,
  of: PbftConfiguration['byzantine'],
  more: Partial<PbftConfiguration> = {}
): PbftConfiguration => packetConfiguration(lastView, of, { twins: 'phases', ...more })

const agreement = { invariants: 'agreement' } as const

/** A mutant that twins find: where, after how many rounds, by which conjunct, and whether a default run of the tests looks. */
type Row = readonly [
  name: string,
  where: PbftConfiguration,
  rounds: number,
  conjunct: string,
  tier: 'fast' | 'deep' | 'replayed'
]

const found: ReadonlyArray<Row> = [
  ['prepares-2f-1', twins(0, '0'), 2, 'A.1.4', 'fast'],
  ['no-prepare-phase', twins(0, '0'), 2, 'A.1.4', 'fast'],
  ['count-the-primarys-prepare', twins(0, '0'), 3, 'A.1.4', 'fast'],
  ['accept-again', twins(0, '0'), 2, 'A.1.2.1', 'fast'],
  ['count-messages', twins(0, '3'), 4, 'A.1.7', 'fast'],
  ['execute-again', mutantCalled('execute-again').where, 3, 'exactly once', 'fast'],
  ['lowest-checkpoint', mutantCalled('lowest-checkpoint').where, 3, 'A.1.2.5', 'fast'],
  ['lecture-problem-2', twins(1, '0', agreement), 4, 'A.1.11 agreement', 'fast'],
  ['execute-on-prepared', twins(1, '3', agreement), 7, 'A.1.11 agreement', 'fast'],
  ['commit-quorum-2f', twins(1, '3', agreement), 8, 'A.1.11 agreement', 'deep'],
  ['new-view-from-2f-view-changes', twins(1, '0', agreement), 8, 'A.1.11 agreement', 'deep'],
  ['null-over-a-certificate', twins(1, '0', agreement), 8, 'A.1.11 agreement', 'deep'],
  ['prepares-2f-1', twins(1, '0', { ...agreement, changes: 2 }), 8, 'A.1.11 agreement', 'deep'],
  ['collect-early', twins(1, '0'), 6, 'A.1.2.5', 'deep'],
  ['forget', twins(2, '3', agreement), 12, 'A.1.11 agreement', 'deep'],
  ['any-certificate', twins(2, '3', { ...agreement, changes: 2 }), 12, 'A.1.11 agreement', 'replayed']
]

/** Mutants that they do not find, and why. */
const MAKES_UP = 'a copy says what the rules let it say: it makes up nothing'
const missed: ReadonlyArray<readonly [name: string, why: string]> = [
  ['certificates-not-verified', MAKES_UP],
  ['o-not-verified', MAKES_UP],
  ['senders-not-distinct', 'a copy that begins a view counts each sender once'],
  ['client-accepts-f-replies', 'a copy answers what it has executed'],
  ['keep-preparing-in-the-old-view', 'what is late is lost: nothing of an old view arrives in a new one']
]

const searched = (name: string, c: PbftConfiguration) => exhaustive(pbftTwins(c, mutantCalled(name).packets))

const isDue = ([, , , , tier]: Row): boolean => tier === 'fast' || (deep && tier === 'deep')

describe('twins find', () => {
  test.each(found.filter(isDue))(
    '%s',
    async (name, where, rounds, conjunct) => {
      const { counterexample, complete } = await searched(name, where)
      expect([counterexample?.actions.length, complete]).toEqual([rounds, false])
      expect(counterexample?.failures.flatMap(({ path }) => path)).toContain(conjunct)
    },
    20 * 60_000
  )

  test('any-certificate, in a scenario with three views and two changes of the division', () => {
    const { system, invariants } = pbftTwins(
      twins(2, '3', { ...agreement, changes: 2 }),
      mutantCalled('any-certificate').packets
    )
    const isBroken = (s: (typeof system.initial)[number]): boolean =>
      invariants.some((one) => failures(one, s).length > 0)
    // Who hears client 4, replica 3 among them, and who client 5, its twin among them; then all is lost to 2 and 3; then nothing.
    const scenario = [
      "{0, 2, 3, 4} | {1, 5, 3'}",
      "{0, 2, 3} | {1, 3'}",
      ...Array.from({ length: 7 }, () => "{0, 1, 3'} | {2, 3}"),
      ...Array.from({ length: 3 }, () => 'all together')
    ]
    const states = scenario.reduce(
      (all, division) => {
        const s = all.at(-1)!
        const step = system.actions(s).find((a) => divisionText(a.division) === division)
        const next = step === undefined ? O.none : system.next(s, step)
        if (O.isNone(next)) throw new Error(`cannot be divided: ${division}`)
        return [...all, next.value]
      },
      [system.initial[0]!]
    )
    expect(states.map(isBroken)).toEqual([...scenario.map(() => false), true])
  })
})

test.runIf(deep).each(missed.flatMap(([name]) => (['0', '1', '3'] as const).map((of) => [name, of] as const)))(
  'twins do not find %s with a twin of replica %s, in two views',
  async (name, of) => {
    const more = mutantCalled(name).slot === undefined ? {} : agreement
    const { counterexample, complete } = await searched(name, twins(1, of, more))
    expect([counterexample, complete]).toEqual([undefined, true])
  },
  20 * 60_000
)

test.each<[PbftConfiguration, RegExp]>([
  [twins(1, 'none'), /needs a replica that has a twin/],
  [twins(1, '0', { keep: true }), /with --keep nothing is/],
  [twins(1, '0', { refines: 'a' }), /leave out --refines/],
  [twins(1, '0', { nextViewOnly: true }), /leave out --next-view-only/],
  [packetConfiguration(1, '0', { changes: 2 }), /choose --twins, too/]
])('what cannot be together is refused: %j', (c, why) => {
  expect(refusesPbft(c)).toMatch(why)
  expect(refusesPbft(twins(1, '0'))).toBeUndefined()
})

test('every mutant is one that they find, or one that they do not', () => {
  const names = [...new Set([...found, ...missed].map(([name]) => name))]
  expect(names.toSorted()).toEqual(pbftMutants.map(({ name }) => name).toSorted())
})

test('the page has what they find, and what they do not', () => {
  const table = [
    ...found.map(
      ([name, where, rounds, conjunct]) =>
        `| \`${name}\` | \`${changesOf(pbftForm, where).join(' ')}\` | ${conjunct}, after ${String(rounds)} rounds |`
    ),
    ...missed.map(([name, why]) => `| \`${name}\` | | not found: ${why} |`)
  ]
  const squeezed = (text: string): string => text.replaceAll(/ +/g, ' ')
  const page = squeezed(read('docs/pbft.md') ?? '')
  expect(table.filter((row) => !page.includes(row))).toEqual([])
})
