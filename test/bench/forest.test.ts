/**
 * The benchmark of the block forest: its command line, and that what it compares is comparable. Nothing is timed here.
 */
import { describe, expect, test } from 'vitest'
import { median, round, spread } from '../../bench/forest/measure.js'
import { HELP, optionsIn, SECTIONS, UsageError } from '../../bench/forest/options.js'
import { backwards, bareOf, forestOf, shuffled, treeOf } from '../../bench/forest/trees.js'
import { rightOf } from '../impl/forest/blocks.js'

describe('the command line', () => {
  test('without options, everything is measured, three times', () => {
    expect(optionsIn([])).toEqual({ sections: SECTIONS, rounds: 3, growth: 1e7, budget: 5 })
  })
  test('sections run in their own order, once', () => {
    const asked = ['--only=growth,memory,growth', '--rounds', '1', '--growth=1e5', '--budget=0.5']
    expect(optionsIn(asked)).toEqual({ sections: ['memory', 'growth'], rounds: 1, growth: 1e5, budget: 0.5 })
  })
  test('help is printed, whatever else is asked for', () => {
    expect(optionsIn(['--help', '--rounds=0'])).toBeUndefined()
    for (const section of SECTIONS) expect(HELP).toContain(`\n                      ${section} `)
  })
  test.each([
    ['--only=memory,speed', "--only: there is no section 'speed'; there are memory, bare, inserts, heads, growth"],
    ['--only=', "--only: there is no section ''"],
    ['--rounds=0', "--rounds takes a number from 1 on, not '0'"],
    ['--rounds=2.5', "--rounds takes a number from 1 on, not '2.5'"],
    ['--growth=5', "--growth takes 1e4, 1e5, 1e6 or 1e7, not '5'"],
    ['--budget=-1', "--budget takes seconds, more than 0, not '-1'"],
    ['--budget=x', "--budget takes seconds, more than 0, not 'x'"],
    ['--fast', "Unknown option '--fast'"],
    ['memory', "Unexpected argument 'memory'"]
  ])('%s is refused', (arg, message) => {
    expect(() => optionsIn([arg])).toThrow(UsageError)
    expect(() => optionsIn([arg])).toThrow(message)
  })
})

describe.each(['random', 'chain'] as const)('a %s tree', (shape) => {
  const blocks = treeOf(3000, shape, 1)
  test('has as many blocks as asked for, the same for the same seed, parents first', () => {
    expect([blocks.length, new Set(blocks.map(({ hash }) => hash)).size]).toEqual([3001, 3001])
    expect([treeOf(3000, shape, 1), treeOf(3000, shape, 2)[9]?.hash === blocks[9]?.hash]).toEqual([blocks, false])
    expect(forestOf(blocks).orphans()).toEqual([])
  })
  test('gives the bare loop and the forest the same heights, in every order of arrival', () => {
    const bare = bareOf(blocks)
    for (const order of [blocks, backwards(blocks), shuffled(blocks, 2)]) {
      const forest = forestOf(order)
      expect(blocks.map(({ hash }) => rightOf(forest.height(hash)))).toEqual([...bare.height])
      expect(forest.height(forest.head())).toEqual(forest.height(blocks[bare.best]?.hash ?? ''))
    }
  })
})

test('figures', () => {
  expect([median([3, 1, 2]), median([4]), spread([3, 1, 2]), spread([4])]).toEqual([2, 4, '2 (1 to 3)', '4'])
  expect([round(1234567), round(0.12345), round(999)]).toEqual(['1,230,000', '0.123', '999'])
})
