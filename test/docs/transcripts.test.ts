/**
 * The commands that the pages show print what the pages say.
 */
import { describe, expect, test } from 'vitest'
import { read, writtenPages } from '../../scripts/docs/pages.js'
import { inFolder, run } from '../../scripts/docs/run.js'
import { fits, transcripts } from '../../scripts/docs/transcripts.js'
import type { Outcome } from '../../scripts/docs/run.js'
import type { Command } from '../../scripts/docs/transcripts.js'
import { deep } from '../support/deep.js'

const all = writtenPages().flatMap((file) => transcripts(file, read(file) ?? ''))

/** Examples are shown on several pages, and neither read nor write files: each runs once. */
const examples = new Map<string, Promise<Outcome>>()
const outcomeOf = (command: Command, folder: string): Promise<Outcome> => {
  if (command.program === 'blockforest') return run(command, folder)
  const name = command.args.join(' ')
  const known = examples.get(name) ?? run(command, folder)
  examples.set(name, known)
  return known
}

describe('transcripts', () => {
  test.each(all.filter(({ slow }) => deep || !slow).map((transcript) => [transcript.at, transcript] as const))(
    '%s',
    async (_, { commands }) => {
      await inFolder(async (folder) => {
        for (const command of commands) {
          const { output, errors, exitCode } = await outcomeOf(command, folder)
          // The difference of the two texts is what helps; `…` is in neither of the lines that differ.
          if (!fits(command.expected, output)) expect(output.trimEnd()).toBe(command.expected)
          expect({ errors, exitCode }).toEqual({ errors: '', exitCode: command.exitCode })
        }
      })
    },
    10 * 60_000
  )

  test('there are some', () => {
    expect(all.length).toBeGreaterThan(10)
  })
})

describe('an expected output', () => {
  test('fits what it says, and nothing else', () => {
    expect(fits('a b\nc', 'a b\nc\n')).toBe(true)
    expect(fits('a b\nc', 'a b\nd\n')).toBe(false)
    expect(fits('a b', 'a b\nc\n')).toBe(false)
    expect(fits('a b\nc', 'a b\n')).toBe(false)
    expect(fits('', '')).toBe(true)
    expect(fits('', 'a')).toBe(false)
    expect(fits('a.b', 'a+b')).toBe(false)
  })

  test('… stands for text in a line, or for lines', () => {
    expect(fits('a … c', 'a 1 234 c')).toBe(true)
    expect(fits('a … c', 'a 1 234 d')).toBe(false)
    expect(fits('…\nb', 'a\na\nb')).toBe(true)
    expect(fits('a\n…', 'a')).toBe(true)
    expect(fits('…\nb', 'a\na')).toBe(false)
  })

  test('spaces within a line may be any number, but not those at its start', () => {
    expect(fits('a  b\n────', 'a    b\n──')).toBe(true)
    expect(fits('  a', ' a')).toBe(false)
    expect(fits('a b', 'ab')).toBe(false)
  })

  test('commands, exit codes and folders are read from the block', () => {
    const page = 'Text.\n```console slow exit=1\n$ blockforest check --mints 1\nout\n$ npx tsx examples/a.ts\n```\n'
    expect(transcripts('p.md', page)).toEqual([
      {
        at: 'p.md:2',
        slow: true,
        commands: [
          { at: 'p.md:2', program: 'blockforest', args: ['check', '--mints', '1'], expected: 'out', exitCode: 1 },
          { at: 'p.md:2', program: 'npx tsx', args: ['examples/a.ts'], expected: '', exitCode: 1 }
        ]
      }
    ])
    expect(() => transcripts('p.md', '```console\n$ rm -r .\n```\n')).toThrow('p.md:1: a transcript runs')
  })
})
