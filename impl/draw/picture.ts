/**
 * A picture of a state, whatever it is of.
 */
import type { StatePicture } from '../../invariants/systems/picture.js'
import { drawForest } from './forest.js'
import { drawGrid } from './grid.js'
import { drawNetwork } from './network.js'
import { drawStack } from './stack.js'
import type { DrawingOptions } from './svg.js'

/**
 * A picture of a state as SVG. What a step can be taken at has the attribute `data-place`, with the name of its place.
 * @param since an earlier picture: what is new since is marked, if both are of a kind.
 */
export const drawPicture = (picture: StatePicture, options: DrawingOptions = {}, since?: StatePicture): string => {
  switch (picture._tag) {
    case 'Forest':
      return drawForest(picture, options, since?._tag === 'Forest' ? since : undefined)
    case 'Network':
      return drawNetwork(picture, options, since?._tag === 'Network' ? since : undefined)
    case 'Stack':
      return drawStack(picture, options, since?._tag === 'Stack' ? since : undefined)
    case 'Grid':
      return drawGrid(picture, options, since?._tag === 'Grid' ? since : undefined)
  }
}
