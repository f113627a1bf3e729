/**
 * Runs the transcripts of all pages again, and writes what no longer fits into the pages: `npm run docs:transcribe`.
 * What differs from run to run, the speed and the time, is written as `…`. With `--slow`, those that take minutes too.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { read, ROOT, writtenPages } from './pages.js'
import { inFolder, run } from './run.js'
import { fits, transcripts } from './transcripts.js'

/** An output with `…` for times and speeds: for the column `states/s` of a table, and for `compared in … s`. */
const withoutTimes = (output: string): string => {
  const lines = output.trimEnd().split('\n')
  const head = lines.findIndex((line) => /\bdepth +states\/s\b/.test(line))
  const title = lines[head] ?? ''
  const [start, end] = [title.indexOf('depth') + 'depth'.length, title.indexOf('states/s') + 'states/s'.length]
  const isRow = (line: string, i: number): boolean =>
    head >= 0 && i > head + 1 && /^ +[\d ]+$/.test(line.slice(start, end)) && line.slice(end, end + 2) === '  '
  return lines
    .map((line, i) => (isRow(line, i) ? `${line.slice(0, start)}       …  ${line.slice(end)}` : line))
    .map((line) => line.replace(/compared in [\d.]+ s/, 'compared in … s'))
    .join('\n')
}

const slow = process.argv.includes('--slow')

for (const file of writtenPages()) {
  let page = read(file) ?? ''
  for (const transcript of transcripts(file, page)) {
    if (transcript.slow && !slow) continue
    await inFolder(async (folder) => {
      for (const command of transcript.commands) {
        const { output, errors, exitCode } = await run(command, folder)
        if (exitCode !== command.exitCode || errors !== '') {
          process.stderr.write(`${command.at}: exit code ${exitCode}, expected ${command.exitCode}\n${errors}`)
          process.exitCode = 1
          continue
        }
        if (fits(command.expected, output)) continue
        const line = `$ ${[command.program, ...command.args].join(' ')}\n`
        const before = `${line}${command.expected === '' ? '' : `${command.expected}\n`}`
        page = page.replace(before, () => `${line}${withoutTimes(output)}\n`)
        process.stdout.write(`${command.at}: ${line}`)
      }
    })
  }
  if (page !== read(file)) writeFileSync(join(ROOT, file), page)
}
