/**
 * Transcripts: blocks of the language `console` in pages. A line `$ blockforest …` or `$ npx tsx examples/….ts` is a
 * command, and what follows, up to the next command or the end of the block, is what it prints on its standard output.
 *
 * In an expected output `…` stands for any text within a line, and a line that is nothing but `…` for any number of
 * lines. Runs of spaces and of `─` within a line count as one, since the width of a table's columns depends on times.
 *
 * Behind the language may stand `exit=1`, the exit code of the commands, or `exit=0,1`, that of each (default: 0), and `slow`, for commands that take
 * minutes.
 */
import { fences } from './markdown.js'

/** A command, and what it prints. */
export interface Command {
  /** The page and line of its block. */
  readonly at: string
  readonly program: 'blockforest' | 'npx tsx'
  readonly args: ReadonlyArray<string>
  readonly expected: string
  readonly exitCode: number
}

/** The commands of one block, to be run one after another in one folder. */
export interface Transcript {
  readonly at: string
  readonly slow: boolean
  readonly commands: ReadonlyArray<Command>
}

/** The transcripts of a page. */
export const transcripts = (file: string, page: string): ReadonlyArray<Transcript> =>
  fences(page).flatMap(({ line, language, info, content }) => {
    if (language !== 'console') return []
    const at = `${file}:${String(line)}`
    const parts = content.split(/^\$ /m).slice(1)
    const exits = (/\bexit=([\d,]+)/.exec(info)?.[1] ?? '0').split(',').map(Number)
    const commands = parts.map((part, i): Command => {
      const [command = '', ...output] = part.split('\n')
      const [, program, rest = ''] = /^(blockforest|npx tsx)(?:\s+(.*))?$/.exec(command.trim()) ?? []
      if (program !== 'blockforest' && program !== 'npx tsx')
        throw new Error(`${at}: a transcript runs \`blockforest\` or \`npx tsx\`, not \`${command}\``)
      const args = rest.split(/\s+/).filter((argument) => argument !== '')
      return {
        at,
        program,
        args,
        expected: output.join('\n').trimEnd(),
        exitCode: exits[i] ?? exits[exits.length - 1] ?? 0
      }
    })
    return [{ at, slow: /\bslow\b/.test(info), commands }]
  })

/** A line with each run of spaces, but for those it starts with, and each run of `─` as one. */
const squeezed = (line: string): string =>
  line
    .trimEnd()
    .replace(/(\S) +/g, '$1 ')
    .replace(/─+/g, '─')

const lineFits = (expected: string, actual: string): boolean =>
  new RegExp(
    `^${squeezed(expected)
      .split('…')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
    'u'
  ).test(squeezed(actual))

/** Whether an output is what a transcript expects. */
export const fits = (expected: string, actual: string): boolean => {
  const matches = (want: ReadonlyArray<string>, have: ReadonlyArray<string>): boolean => {
    const [first, ...rest] = want
    if (first === undefined) return have.length === 0
    if (first.trim() === '…') return matches(rest, have) || (have.length > 0 && matches(want, have.slice(1)))
    return have[0] !== undefined && lineFits(first, have[0]) && matches(rest, have.slice(1))
  }
  const lines = (text: string): ReadonlyArray<string> => (text.trimEnd() === '' ? [] : text.trimEnd().split('\n'))
  return matches(lines(expected), lines(actual))
}
