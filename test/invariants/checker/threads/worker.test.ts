/**
 * The file that worker threads run; what they do when they have a task is in `parallel.test.ts` and `thread.test.ts`.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

const worker = new URL('../../../../invariants/checker/threads/worker.ts', import.meta.url)
const code = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))}
register()
await import(${JSON.stringify(worker.href)})`
const source = new URL(`data:text/javascript,${encodeURIComponent(code)}`)

test.each([undefined, null, 'a task', {}, { source: null }, { shared: null }])(
  'a worker that is told %j, which is no task, says nothing and ends',
  async (workerData) => {
    const worker = new Worker(source, { workerData })
    const said: unknown[] = []
    worker.on('message', (message) => said.push(message))
    worker.on('error', (error) => said.push(error))
    expect([await once(worker, 'exit'), said]).toEqual([[0], []])
  }
)
