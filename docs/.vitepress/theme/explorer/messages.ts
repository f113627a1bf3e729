/**
 * What the page and its workers send each other.
 */
import type { Progress } from '../../../../invariants/checker/model/result.js'
import type { Reply, Request, SearchRequest } from '../../../../impl/explorer/host.js'
import type { SearchResult } from '../../../../impl/explorer/search.js'

export type ToWorker =
  | { readonly _tag: 'Ask'; readonly number: number; readonly request: Request }
  | { readonly _tag: 'Search'; readonly request: SearchRequest }

export type FromWorker =
  /** The reply to the request with that number. */
  | { readonly _tag: 'Reply'; readonly number: number; readonly reply: Reply }
  | { readonly _tag: 'Progress'; readonly progress: Progress }
  | { readonly _tag: 'Found'; readonly result: SearchResult }
  | { readonly _tag: 'Failed'; readonly says: string }
