/**
 * The command as a user runs it: the bundled program in a process of its own, from the sources as they are.
 */
import { spawn } from 'node:child_process'
import type { SpawnOptions } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { bundle } from '../../scripts/bundle.js'

/** What a process came to. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A process of the command that runs. */
export interface Running {
  readonly pid: number
  /** Resolves when standard error has had something to say. */
  readonly heard: Promise<void>
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Ended>
}

/** The bundled program: bundled before the tests of a file, in a package of its own, and removed after them. */
export const bundledCommand = () => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'blockforest-test-'))
  const main = join(folder, 'dist/bin/blockforest.js')
  beforeAll(async () => {
    copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
    await bundle(join(folder, 'dist/bin'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  /** Starts it. */
  const start = (args: ReadonlyArray<string>, options: SpawnOptions = {}): Running => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: folder,
      ...options,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8')
    })
    const heard = new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        err += chunk.toString('utf8')
        resolve()
      })
    })
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => {
        resolve({ code, out, err })
      })
    })
    return { pid: child.pid ?? 0, heard, kill: (signal) => child.kill(signal), ended }
  }

  /** Runs it to its end. */
  const run = (...args: ReadonlyArray<string>): Promise<Ended> => start(args).ended

  /** Runs a shell command in which `$BLOCKFOREST` is the program. */
  const shell = (script: string): Promise<Ended> =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, BLOCKFOREST: `${process.execPath} ${main}` }
      const child = spawn('sh', ['-c', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      let [out, err] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')))
      child.once('error', reject)
      child.once('close', (code) => {
        resolve({ code, out, err })
      })
    })

  return { folder, start, run, shell }
}
