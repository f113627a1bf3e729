import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { grouped, integer, natural, positive, readText, table, UsageError } from '../../../impl/cli/io.js'
import { writeText } from '../../../impl/cli/output.js'
import { newFolder } from '../../support/command.js'

describe('numbers as arguments', () => {
  const accepted = (parse: (text: string) => number): ReadonlyArray<unknown> =>
    ['0', '1', '007', '9007199254740991', '9007199254740992', '-1', '1.0', '1e3', ' 1', '', '0x10', 'one'].map(
      (text) => {
        try {
          return parse(text)
        } catch (error) {
          return error instanceof Error ? error.message : error
        }
      }
    )
  const no = (what: string): string => `expected ${what}.`

  test('are natural, positive or whole, written in decimal digits, and exact', () => {
    const notNatural = Array<string>(8).fill(no('a natural number'))
    expect(accepted(natural)).toEqual([0, 1, 7, 2 ** 53 - 1, ...notNatural])
    expect(accepted(positive)).toEqual([no('a natural number from 1 on'), 1, 7, 2 ** 53 - 1, ...notNatural])
    const rest = Array<string>(6).fill(no('an integer'))
    expect(accepted(integer)).toEqual([0, 1, 7, 2 ** 53 - 1, no('an integer'), -1, ...rest])
  })
})

describe('numbers in print', () => {
  test('have their thousands apart', () => {
    expect([0, 999, 1000, 1018009, 36522649, 1999.6].map(grouped)).toEqual([
      '0',
      '999',
      '1 000',
      '1 018 009',
      '36 522 649',
      '2 000'
    ])
  })

  test('stand to the right in a table, and texts to the left', () => {
    expect(
      table([
        ['what', 'how many', 'verdict'],
        ['states', '1 018', 'all hold'],
        ['transitions', '–', 'x']
      ]).split('\n')
    ).toEqual([
      'what         how many  verdict',
      '───────────────────────────────',
      'states          1 018  all hold',
      'transitions         –  x'
    ])
    expect(table([])).toBe('')
  })
})

describe('files', () => {
  test('come back as they were written', () => {
    const path = join(newFolder(), 'trace.itf.json')
    writeText(path, 'ä ← ▸\n')
    expect(readText(path)).toBe('ä ← ▸\n')
    expect(readFileSync(path, 'utf8')).toBe('ä ← ▸\n')
  })

  test('that cannot be read or written are an error of the user, with the path and the reason', () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'folder'))
    const missing = join(folder, 'missing', 'file')
    expect(() => readText(missing)).toThrow(UsageError)
    expect(() => readText(missing)).toThrow(`cannot read ${missing}: ENOENT`)
    expect(() => {
      writeText(missing, '')
    }).toThrow(`cannot write ${missing}: ENOENT`)
    expect(() => readText(join(folder, 'folder'))).toThrow('EISDIR')
    expect(existsSync(missing)).toBe(false)
  })
})
