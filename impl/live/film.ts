/**
 * Executions as films: a frame for each state, drawn, with what has led to it and what does not hold in it.
 */
import { lanesUpTo } from '../../invariants/checker/trace/lanes.js'
import type { Lanes } from '../../invariants/checker/trace/lanes.js'
import type { Frame } from '../../invariants/systems/frames.js'
import { drawLanes, drawPicture } from '../draw/index.js'

/** A frame, drawn: elements of a page in SVG. */
export interface FilmFrame {
  readonly says: string
  readonly drawings: ReadonlyArray<string>
  readonly objections: ReadonlyArray<string>
}

/** A film. */
export interface Film {
  readonly frames: ReadonlyArray<FilmFrame>
}

/** The film of an execution, with what each step has changed marked. @param prefix what identifiers of its drawings begin with. */
export const filmOf = (frames: ReadonlyArray<Frame>, prefix: string): Film => ({
  frames: frames.map(({ says, pictures, objections }, i) => ({
    says,
    drawings: pictures.map((picture, j) =>
      drawPicture(picture, { inPage: `${prefix}-${String(j)}` }, frames[i - 1]?.pictures[j])
    ),
    objections
  }))
})

/** The film of lanes that grow. @param objections what does not hold at the end. */
export const filmOfLanes = (lanes: Lanes, objections: ReadonlyArray<string>, prefix: string): Film => ({
  frames: [undefined, ...lanes.steps].map((step, i) => ({
    says: step === undefined ? 'initially' : step.says,
    drawings: [drawLanes(lanesUpTo(lanes, i), { inPage: `${prefix}-0` })],
    objections: i === lanes.steps.length ? objections : []
  }))
})
