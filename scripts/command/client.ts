/**
 * The command `blockforest`, run from its sources by a process that runs one command after another (`server.ts`).
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a command printed, and its exit code. */
export interface Outcome {
  readonly out: string
  readonly err: string
  readonly exitCode: number
}

const SERVER = fileURLToPath(new URL('./server.ts', import.meta.url))
const TSX = import.meta.resolve('tsx')

let server: ChildProcess | undefined
let requests = 0
const waiting = new Map<number, { readonly resolve: (o: Outcome) => void; readonly reject: (e: Error) => void }>()

/** The process that runs commands, started when the first one is to be run. */
const serverProcess = (): ChildProcess => {
  if (server !== undefined) return server
  const started = fork(SERVER, [], {
    execArgv: ['--import', TSX],
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '80' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  started.on('message', ({ id, ...outcome }: Outcome & { readonly id: number }) => {
    waiting.get(id)?.resolve(outcome)
    waiting.delete(id)
    // Between commands it keeps nobody waiting.
    if (waiting.size === 0) started.unref()
  })
  started.on('exit', (code) => {
    server = undefined
    for (const { reject } of waiting.values())
      reject(new Error(`the process that runs commands ended with exit code ${String(code)}`))
    waiting.clear()
  })
  started.channel?.unref()
  server = started
  return started
}

/** Runs the command with these arguments in a folder. */
export const blockforestIn = (cwd: string, ...args: ReadonlyArray<string>): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const id = requests++
    waiting.set(id, { resolve, reject })
    const running = serverProcess()
    running.ref()
    running.send({ id, args, cwd })
  })
