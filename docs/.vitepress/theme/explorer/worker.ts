/**
 * The worker of the explorer: it answers what a page asks of a session, or makes a search and says how far it is. The
 * specification, the systems and the checker run here, so that the page itself never waits.
 */
import systems from 'virtual:catalogue'
import * as E from 'fp-ts/lib/Either.js'
import { explorer, openAddress } from '../../../../impl/explorer/host.js'
import type { Request, SearchRequest } from '../../../../impl/explorer/host.js'
import type { FromWorker, ToWorker } from './messages.js'

const answer = explorer(systems)

const say = (message: FromWorker): void => {
  postMessage(message)
}

const search = async ({ address, search: asked }: SearchRequest): Promise<void> => {
  // What searches is loaded when something is searched.
  const [session, { searchOf }] = await Promise.all([
    openAddress(systems, address),
    import('../../../../impl/explorer/search.js')
  ])
  if (E.isLeft(session)) say({ _tag: 'Failed', says: session.left })
  else {
    const result = await searchOf(session.right, asked, (progress) => say({ _tag: 'Progress', progress }))
    say({ _tag: 'Found', result })
  }
}

// Requests are answered in the order in which they come.
let last: Promise<void> = Promise.resolve()
const inTurn = (number: number, request: Request): void => {
  last = last.then(async () => say({ _tag: 'Reply', number, reply: await answer(request) }))
}

onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  if (data._tag === 'Ask') inTurn(data.number, data.request)
  else
    search(data.request).catch((thrown: unknown) => {
      say({ _tag: 'Failed', says: thrown instanceof Error ? thrown.message : String(thrown) })
    })
}
