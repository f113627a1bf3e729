/**
 * What pages and the worker of what lives on them send each other. A worker answers one request, part by part, and is ended.
 */
import type { SceneRequest, SceneShown } from '../../../../impl/live/scenes.js'
import type { TrialShown } from '../../../../impl/live/stations.js'

export type ToWorker =
  | { readonly _tag: 'Station'; readonly name: string }
  | { readonly _tag: 'Scene'; readonly scene: SceneRequest }

export type FromWorker =
  /** What has come out of the trial at a place, of so many. */
  | { readonly _tag: 'Trial'; readonly place: number; readonly of: number; readonly shown: TrialShown }
  | { readonly _tag: 'Scene'; readonly shown: SceneShown }
  | { readonly _tag: 'Done' }
  | { readonly _tag: 'Failed'; readonly says: string }
