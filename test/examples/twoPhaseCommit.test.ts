/**
 * The example of a protocol of one's own: what it prints is exact.
 */
import { expect, test, vi } from 'vitest'

test('two-phase commit holds with all votes, and a majority breaks it in five steps', async () => {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  try {
    await import('../../examples/twoPhaseCommit.js')
  } finally {
    log.mockRestore()
  }
  expect(lines.slice(0, 3)).toEqual([
    'all votes: 559 states, holds',
    'a majority: 155 states, violated',
    'consistency ▸ node 3: has aborted, node 0 committed'
  ])
  expect(lines[3]?.split('\n').slice(0, 6)).toEqual([
    '     0       1       2       3',
    '  1  │       ●       │       │   node 1: prepares',
    '  2  ●◀──────┤       │       │   node 0 receives Prepared from node 1 (sent in step 1)',
    '  3  │       │       ●       │   node 2: prepares',
    '  4  ●◀──────┼───────┤       │   node 0 receives Prepared from node 2 (sent in step 3)',
    '  5  │       │       │       ●   node 3: aborts'
  ])
})
