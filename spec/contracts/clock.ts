/**
 * A contract that depends on the number of the block. It is the same everywhere only where that follows from what was agreed on.
 */
import { blockNumber, done, field, increase, set, uint } from './language.js'
import type { Contract } from './language.js'

const last = field('last', 'uint')
const stamps = field('stamps', 'uint')

/** It remembers the number of the block in which it was called last, and how often it was called. */
export const Clock: Contract = {
  name: 'Clock',
  fields: [
    { name: 'last', type: 'uint' },
    { name: 'stamps', type: 'uint' }
  ],
  functions: [
    {
      name: 'stamp',
      parameters: [],
      returns: 'uint',
      body: [set(last, blockNumber), increase(stamps, uint(1n)), done(last)]
    }
  ]
}
