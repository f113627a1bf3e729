/**
 * The file that worker threads run; what they do when they have a task is in `parallel.test.ts` and `thread.test.ts`.
 */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

const compiled = fileURLToPath(new URL('../../../../dist/invariants/checker/threads/worker.js', import.meta.url))
if (!existsSync(compiled)) throw new Error('worker.js is not compiled: run npm run build first')

test.each([undefined, null, 'a task', {}, { source: null }, { shared: null }])(
  'a worker that is told %j, which is no task, says nothing and ends',
  async (workerData) => {
    const worker = new Worker(compiled, { workerData })
    const said: unknown[] = []
    worker.on('message', (message) => said.push(message))
    worker.on('error', (error) => said.push(error))
    expect([await once(worker, 'exit'), said]).toEqual([[0], []])
  }
)
