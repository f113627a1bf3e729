/**
 * The workers as the page sees them: one that keeps the session, and one for each search, which is ended by ending it.
 */
import type { Progress } from '../../../../invariants/checker/model/result.js'
import type { Reply, Request, SearchRequest } from '../../../../impl/explorer/host.js'
import type { SearchResult } from '../../../../impl/explorer/search.js'
import type { FromWorker, ToWorker } from './messages.js'

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })

const send = (worker: Worker, message: ToWorker): void => {
  worker.postMessage(message)
}

/** A session that is kept by a worker. */
export interface Client {
  readonly ask: (request: Request) => Promise<Reply>
  readonly end: () => void
}

/** Why a worker cannot be used: its program could not be loaded, as a rule. */
const failed: Reply = {
  _tag: 'Refused',
  says: 'the explorer could not be loaded: open the page anew',
  fields: {}
}

/** Begins a session. */
export const beginSession = (): Client => {
  const worker = newWorker()
  const waiting = new Map<number, (reply: Reply) => void>()
  let asked = 0
  worker.onmessage = ({ data }: MessageEvent<FromWorker>): void => {
    if (data._tag !== 'Reply') return
    waiting.get(data.number)?.(data.reply)
    waiting.delete(data.number)
  }
  worker.onerror = (): void => {
    for (const reply of waiting.values()) reply(failed)
    waiting.clear()
  }
  return {
    ask: (request) =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve)
        send(worker, { _tag: 'Ask', number: asked, request })
      }),
    end: () => worker.terminate()
  }
}

/** What becomes of a search. */
export interface Listener {
  readonly progress: (progress: Progress) => void
  readonly found: (result: SearchResult) => void
  readonly failed: (says: string) => void
}

/** Begins a search; the function that is returned ends it, at any time. */
export const beginSearch = (request: SearchRequest, listener: Listener): (() => void) => {
  const worker = newWorker()
  worker.onmessage = ({ data }: MessageEvent<FromWorker>): void => {
    if (data._tag === 'Progress') listener.progress(data.progress)
    if (data._tag !== 'Found' && data._tag !== 'Failed') return
    worker.terminate()
    if (data._tag === 'Found') listener.found(data.result)
    else listener.failed(data.says)
  }
  worker.onerror = (): void => {
    worker.terminate()
    listener.failed('the search could not be loaded, or has run out of memory')
  }
  send(worker, { _tag: 'Search', request })
  return () => worker.terminate()
}
