import { expect, test } from 'vitest'
import { bitsOf } from '../../../../invariants/checker/data/bits.js'

test('flags are the bits of a number, the first in the lowest', () => {
  expect([[], [true], [false, true], [true, false, true], [false, false]].map(bitsOf)).toEqual([0, 1, 2, 5, 0])
})
