/**
 * Runs a program to its end: what it printed, how long it took, how much memory it held at most.
 */
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A program to run. */
export interface Invocation {
  readonly program: string
  readonly args: ReadonlyArray<string>
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** What became of it. */
export interface Ran {
  /** The standard output. */
  readonly output: string
  /** Wall-clock seconds from its start to its end. */
  readonly wall: number
  /** Processor seconds, of all its threads, where the system tells. */
  readonly cpu: number | undefined
  /** The largest resident set of the process, in bytes, where the system tells. */
  readonly peak: number | undefined
}

/** A program that failed, took too long or could not be started. */
export class RunError extends Error {
  override readonly name = 'RunError'
}

/** GNU time, which tells what a process used; elsewhere `/proc` is looked at while the process runs. */
const TIME = '/usr/bin/time'
let timeIsGnu: boolean | undefined
const hasGnuTime = (): boolean =>
  (timeIsGnu ??= existsSync(TIME) && spawnSync(TIME, ['-f', '%M', 'true'], { encoding: 'utf8' }).status === 0)

/** The process under way: the benchmark runs one at a time. */
let current: ChildProcess | undefined

/** Ends the process under way, and all that it started. */
export const stopCurrent = (): void => {
  if (current?.pid === undefined) return
  try {
    process.kill(-current.pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}

/** How often `/proc` is looked at, in milliseconds. */
const GLANCE = 20

/** The most that a process has held so far, in bytes. */
const highWaterMark = (pid: number): number => {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

/** The last lines of a text. */
const tail = (text: string, lines: number): string => text.trimEnd().split('\n').slice(-lines).join('\n')

/** Runs a program; rejects with a `RunError` if it fails or is not done after `limit` seconds. */
export const run = async ({ program, args, cwd, env }: Invocation, limit: number): Promise<Ran> => {
  const folder = mkdtempSync(join(tmpdir(), 'blockforest-measure-'))
  const report = join(folder, 'used')
  const timed = hasGnuTime()
  const shown = [program, ...args].join(' ')
  try {
    const started = performance.now()
    const child = spawn(
      timed ? TIME : program,
      timed ? ['--quiet', '-f', '%M %U %S', '-o', report, program, ...args] : args,
      // A process group of its own, so that it can be ended with all that it started.
      { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true }
    )
    current = child
    let [output, complaints, glimpsed, late] = ['', '', 0, false]
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
    const glances = setInterval(() => {
      if (!timed && child.pid !== undefined) glimpsed = Math.max(glimpsed, highWaterMark(child.pid))
    }, GLANCE)
    const clock = setTimeout(() => {
      late = true
      stopCurrent()
    }, limit * 1000)
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', (error) => reject(new RunError(`${shown}\ncannot be started: ${error.message}`)))
      child.once('close', resolve)
    }).finally(() => {
      clearInterval(glances)
      clearTimeout(clock)
      current = undefined
    })
    const wall = (performance.now() - started) / 1000
    if (late) throw new RunError(`${shown}\nwas not done after ${String(limit)} s (--limit)`)
    if (code !== 0)
      throw new RunError(`${shown}\nfailed, exit code ${String(code)}:\n${tail(`${output}\n${complaints}`, 15)}`)
    const [kilobytes = glimpsed / 1024, ...seconds] =
      timed && existsSync(report) ? readFileSync(report, 'utf8').trim().split(' ').map(Number) : []
    return {
      output,
      wall,
      cpu: seconds.length > 0 ? seconds.reduce((sum, s) => sum + s, 0) : undefined,
      peak: kilobytes > 0 ? kilobytes * 1024 : undefined
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first line that a program prints when asked for its version; nothing if it is not there. */
export const versionOf = (program: string, ...args: ReadonlyArray<string>): string | undefined => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? (`${stdout}${stderr}`.trim().split('\n')[0] ?? '') : undefined
}
