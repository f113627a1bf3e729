/**
 * What pages and their workers send each other: plain data both.
 */
import type { Progress } from '../../../../invariants/checker/model/result.js'
import type { Reply, Request, SearchRequest } from '../../../../impl/explorer/host.js'
import type { SearchResult } from '../../../../impl/explorer/search.js'
import type { SceneRequest, SceneShown } from '../../../../impl/live/scenes.js'
import type { TrialShown } from '../../../../impl/live/stations.js'

/** Something to be done: it is answered part by part, and then it is over. */
export type Task =
  | { readonly _tag: 'Search'; readonly request: SearchRequest }
  | { readonly _tag: 'Station'; readonly name: string }
  | { readonly _tag: 'Scene'; readonly scene: SceneRequest }

/** A part of the answer to a task. */
export type Part =
  /** How far a search is. */
  | { readonly _tag: 'Progress'; readonly progress: Progress }
  | { readonly _tag: 'Found'; readonly result: SearchResult }
  /** What has come out of the trial at a place, of so many. */
  | { readonly _tag: 'Trial'; readonly place: number; readonly of: number; readonly shown: TrialShown }
  | { readonly _tag: 'Scene'; readonly shown: SceneShown }

export type ToWorker =
  | Task
  /** A request to the explorer, which keeps its session between them. */
  | { readonly _tag: 'Ask'; readonly number: number; readonly request: Request }

export type FromWorker =
  | Part
  | { readonly _tag: 'Done' }
  | { readonly _tag: 'Failed'; readonly says: string }
  /** The reply to the request with that number. */
  | { readonly _tag: 'Reply'; readonly number: number; readonly reply: Reply }
