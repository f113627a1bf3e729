/**
 * The worker as a page sees it: it is begun for a request, and ended with its answer, or at any time.
 */
import type { FromWorker, ToWorker } from './messages.js'

/** What becomes of a request. */
export interface Listener {
  readonly part: (message: FromWorker) => void
  readonly done: () => void
  readonly failed: (says: string) => void
}

/** Begins; the function that is returned ends it. */
export const begin = (request: ToWorker, { part, done, failed }: Listener): (() => void) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<FromWorker>): void => {
    if (data._tag !== 'Done' && data._tag !== 'Failed') return part(data)
    worker.terminate()
    if (data._tag === 'Done') done()
    else failed(data.says)
  }
  worker.onerror = (): void => {
    worker.terminate()
    failed('it could not be loaded, or has run out of memory: open the page anew')
  }
  worker.postMessage(request)
  return () => worker.terminate()
}
