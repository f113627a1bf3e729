/**
 * The contracts of the lecture as their slides have them.
 */
import { describe, expect, test } from 'vitest'
import { Accounting } from '../../../spec/contracts/accounting.js'
import { Dao } from '../../../spec/contracts/dao.js'
import { functionLines, numbered, solidity } from '../../../spec/contracts/solidity.js'

describe('The DAO', () => {
  test('has the lines 1010 to 1017 of the slide', () => {
    const [splitDAO] = Dao().functions
    const lines = functionLines(splitDAO!).filter(({ number }) => (number ?? 0) >= 1010)
    expect(lines.map(numbered)).toEqual([
      '1010     // Burn DAO Tokens',
      '1011     Transfer(msg.sender, 0, balances[msg.sender]);',
      '1012     withdrawRewardFor(msg.sender); // be nice, and get his rewards',
      '1013     totalSupply -= balances[msg.sender];',
      '1014     balances[msg.sender] = 0;',
      '1015     paidOut[msg.sender] = 0;',
      '1016     return true;',
      '1017 }'
    ])
  })

  test('has no numbers where it is repaired', () => {
    expect(functionLines(Dao({ effectsFirst: true }).functions[0]!).every(({ number }) => number === null)).toBe(true)
  })
})

test('Accounting is that of the slide', () => {
  expect(
    solidity(Accounting)
      .split('\n')
      .map((line) => line.trim())
  ).toEqual([
    'contract Accounting {',
    'address owner;',
    'mapping (address => uint) assets;',
    '',
    'function invest() returns (string) {',
    'if (assets[msg.sender].initialized()) throw;',
    'assets[msg.sender] = msg.value;',
    'return "You have given us your money";',
    '}',
    '}'
  ])
})
