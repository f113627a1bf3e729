/**
 * The worker as pages see it: one that keeps a session of the explorer, and one for each task, which ends with its answer, or
 * by being ended at any time.
 */
import type { Reply, Request } from '../../../../impl/explorer/host.js'
import type { FromWorker, Part, Task, ToWorker } from './messages.js'

/** A worker that was begun. */
interface Begun {
  readonly send: (message: ToWorker) => void
  readonly end: () => void
}

/** @param broken it cannot be used: its program could not be loaded, as a rule. */
const begun = (heard: (message: FromWorker) => void, broken: () => void): Begun => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<FromWorker>): void => heard(data)
  worker.onerror = broken
  return { send: (message) => worker.postMessage(message), end: () => worker.terminate() }
}

/** A session that is kept by a worker. */
export interface Client {
  readonly ask: (request: Request) => Promise<Reply>
  readonly end: () => void
}

const failed: Reply = {
  _tag: 'Refused',
  says: 'the explorer could not be loaded: open the page anew',
  fields: {}
}

/** Begins a session. */
export const beginSession = (): Client => {
  const waiting = new Map<number, (reply: Reply) => void>()
  let asked = 0
  const broken = (): void => {
    for (const reply of waiting.values()) reply(failed)
    waiting.clear()
  }
  const { send, end } = begun((message) => {
    if (message._tag === 'Failed') broken()
    if (message._tag !== 'Reply') return
    waiting.get(message.number)?.(message.reply)
    waiting.delete(message.number)
  }, broken)
  return {
    ask: (request) =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve)
        send({ _tag: 'Ask', number: asked, request })
      }),
    end
  }
}

/** What becomes of a task. */
export interface Listener {
  readonly part: (part: Part) => void
  readonly done: () => void
  readonly failed: (says: string) => void
}

/** Begins a task; the function that is returned ends it. */
export const begin = (task: Task, listener: Listener): (() => void) => {
  const over = (tell: () => void): void => {
    end()
    tell()
  }
  const { send, end } = begun(
    (message) => {
      if (message._tag === 'Done') over(listener.done)
      else if (message._tag === 'Failed') over(() => listener.failed(message.says))
      else if (message._tag !== 'Reply') listener.part(message)
    },
    () => over(() => listener.failed('it could not be loaded, or has run out of memory: open the page anew'))
  )
  send(task)
  return end
}
