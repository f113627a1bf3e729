/**
 * The model of a protocol with twins, of another protocol than PBFT: an origin of a reliable broadcast that is two copies of
 * an honest one, each with a value of its own.
 */
import { describe, expect, test } from 'vitest'
import { scopeOf } from '../../../../invariants/byzantine/broadcast/configuration.js'
import { usual } from '../../../../invariants/byzantine/broadcast/mutants.js'
import { setRules } from '../../../../invariants/byzantine/broadcast/network.js'
import { safety } from '../../../../invariants/byzantine/broadcast/safety.js'
import { exhaustive } from '../../../../invariants/checker/index.js'
import { twinsModel } from '../../../../invariants/checker/network/twinsModel.js'
import { executionText, stepsOf } from '../../../../invariants/systems/show.js'
import { twinsShow } from '../../../../invariants/systems/twinsShow.js'
import { ReliableBroadcast, thresholds } from '../../../../spec/byzantine/broadcast.js'
import type { BroadcastRules, BroadcastMessage, BroadcastState } from '../../../../spec/byzantine/broadcast.js'
import { classicByzThreshold } from '../../../../spec/system/bythos.js'
import type { TwinsOptions } from '../../../../spec/system/twins.js'

const scope = scopeOf({ ...usual, origin: 3, values: 2 })
const BTh = classicByzThreshold(scope.A)

const twinsOf = (rules: BroadcastRules): TwinsOptions<BroadcastState, BroadcastMessage, number, 0> => ({
  nodes: scope.A.enum,
  twins: scope.liars,
  protocol: (copy) => {
    const { initState, procInt, procMsg } = ReliableBroadcast(scope.A, BTh, () => copy, rules)
    return { Init: initState, procInt, procMsg }
  },
  ts: 0,
  rounds: (['Initial', 'Echo', 'Vote'] as const).map((tag) => ({
    name: tag,
    begins: (n) => (tag === 'Initial' && scope.liars.includes(n) ? [0] : []),
    takes: ({ _tag }) => _tag === tag || tag === 'Vote',
    divides: () => true
  })),
  groups: 2,
  changes: 2
})

const searched = async (rules: BroadcastRules) => {
  const twins = twinsOf(rules)
  const invariants = safety(scope, thresholds(4, BTh).th_echo4vote)
  const { states, counterexample, complete } = await exhaustive(twinsModel({ name: 'broadcast', twins, invariants }))
  const told = counterexample && executionText(twinsShow(twins), stepsOf(counterexample)).split('\n')
  return { states, complete, told, failures: counterexample?.failures.map(({ path }) => path.join()) }
}

describe('reliable broadcast of an origin with a twin', () => {
  test('is safe, however the network is divided in its three rounds', async () => {
    expect(await searched(setRules)).toMatchObject({ complete: true, failures: undefined })
  })

  test('with too few echoes is not: the two copies echo different values, and others vote for both', async () => {
    const few: BroadcastRules = { ...setRules, thresholds: (n, b) => ({ ...thresholds(n, b), th_echo4vote: b.f + 1 }) }
    const { told = [], failures = [] } = await searched(few)
    expect(failures).not.toEqual([])
    expect(told.filter((text) => /^ {3}\d/.test(text))).toEqual([
      '   0  initially: 4 nodes, and 1 twin',
      '   1  Initial: all together',
      "   2  Echo: {0, 1, 3'} | {2, 3}; of 23 messages 10 are lost"
    ])
    expect(told.at(-1)).toBe("3' is the twin of node 3: another copy, with its key")
  })

  test('with votes of one believed is: a twin says what an honest node says, and makes up no vote', async () => {
    const lone: BroadcastRules = { ...setRules, thresholds: (n, b) => ({ ...thresholds(n, b), th_vote4vote: b.f }) }
    expect(await searched(lone)).toMatchObject({ complete: true, failures: undefined })
  })
})

test.each<[Partial<TwinsOptions<BroadcastState, BroadcastMessage, number, 0>>, RegExp]>([
  [{ twins: [] }, /nobody has a twin/],
  [{ nodes: scope.honest }, /node 3 is to have a twin, and there is no such node/],
  [{ rounds: [0, 1].map(() => twinsOf(setRules).rounds[0]!) }, /two rounds have one name/],
  [{ groups: 0 }, /there is one group at least/],
  [{ changes: -1 }, /no less than no change/]
])('what makes no model is refused: %j', (wrong, why) => {
  expect(() => twinsModel({ name: 'x', twins: { ...twinsOf(setRules), ...wrong }, invariants: [] })).toThrow(why)
})
