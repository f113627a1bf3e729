/**
 * `npm run bench:explorer`: the same search in the explorer of the built site, in headless Chromium, and by the command, in
 * turns; ratios are taken within a round. Exit codes: 0, also where a target is missed; 1 where counts are wrong; 2 where
 * the command line cannot be used.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { serve } from 'vitepress'
import { plural, table } from '../../impl/cli/io.js'
import { median } from '../checker/report.js'

const HELP = `npm run bench:explorer -- [options]

  --runs N   rounds; medians are taken over them (default: 3)
  --help     print this

  CHROMIUM_PATH names Chromium (default: /usr/bin/chromium).
`

const ROOT = join(import.meta.dirname, '../..')
/** What is searched, and how many states it has. */
const SEARCHED = { preset: 'F220', states: 93_705 } as const
/** The explorer is to reach so much of the command's rate. */
const TARGET = 0.5

/** What a search says of itself. */
interface Rate {
  readonly states: number
  readonly perSecond: number
}

/** A round: both, one after the other. */
interface Round {
  readonly command: Rate
  readonly explorer: Rate
}

const byCommand = (): Rate => {
  const out = execFileSync(
    process.execPath,
    [join(ROOT, 'dist/bin/blockforest.js'), 'check', '--preset', SEARCHED.preset, '--json'],
    { encoding: 'utf8' }
  )
  const { states, seconds } = JSON.parse(out) as { readonly states: number; readonly seconds: number }
  return { states, perSecond: states / seconds }
}

const inExplorer = async (browser: Browser, address: string): Promise<Rate> => {
  const page = await browser.newPage()
  try {
    await page.goto(`${address}/systems/toychain`)
    await page.locator('.explorer .check').getByRole('button', { name: 'Check' }).click()
    const outcome = page.locator('.explorer .outcome', { hasText: 'states a second' })
    await outcome.waitFor({ timeout: 600_000 })
    const text = (await outcome.innerText()).replaceAll(/(?<=\d) (?=\d{3})/g, '')
    const [, states, perSecond] = /\((\d+) states, .* (\d+) states a second\)/.exec(text) ?? []
    return { states: Number(states), perSecond: Number(perSecond) }
  } finally {
    await page.close()
  }
}

/** Where the site is served meanwhile. */
const PORT = 5187

const measured = async (runs: number): Promise<ReadonlyArray<Round>> => {
  const server = await serve({ root: join(ROOT, 'docs'), port: PORT })
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const rounds: Round[] = []
  try {
    for (let i = 0; i < runs; i++)
      rounds.push({ command: byCommand(), explorer: await inExplorer(browser, `http://localhost:${String(PORT)}`) })
    return rounds
  } finally {
    await browser.close()
    server.server.close()
  }
}

/** What the rounds come to, in lines. */
const report = (rounds: ReadonlyArray<Round>): string => {
  const rate = (of: (round: Round) => Rate): string =>
    String(Math.round(median(rounds.map((one) => of(one).perSecond)) ?? 0))
  const ratio = median(rounds.map(({ command, explorer }) => explorer.perSecond / command.perSecond)) ?? 0
  return [
    table([
      ['states a second', 'command', 'explorer', 'ratio'],
      [SEARCHED.preset, rate(({ command }) => command), rate(({ explorer }) => explorer), ratio.toFixed(2)]
    ]),
    `medians of ${plural(rounds.length, 'round')}; the target, a ratio of ${String(TARGET)}, is ${ratio >= TARGET ? 'met' : 'missed'}`
  ].join('\n')
}

const main = async (): Promise<void> => {
  const { help, runs } = parseArgs({
    options: { runs: { type: 'string', default: '3' }, help: { type: 'boolean', default: false } }
  }).values
  if (help) {
    process.stdout.write(HELP)
    return
  }
  if (!/^[1-9]\d?$/.test(runs)) throw new RangeError(`--runs: expected a whole number from 1 to 99, found ${runs}`)
  const rounds = await measured(Number(runs))
  const wrong = rounds
    .flatMap(({ command, explorer }) => [command, explorer])
    .find((one) => one.states !== SEARCHED.states)
  process.stdout.write(`${report(rounds)}\n`)
  if (wrong === undefined) return
  process.stderr.write(
    `${SEARCHED.preset} has ${String(SEARCHED.states)} states, and ${String(wrong.states)} were found\n`
  )
  process.exitCode = 1
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
})
