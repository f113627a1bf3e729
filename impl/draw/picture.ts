/**
 * A picture of a state, whatever it is of.
 */
import type { StatePicture } from '../../invariants/systems/picture.js'
import { drawForest } from './forest.js'
import { drawGrid } from './grid.js'
import { drawNetwork } from './network.js'
import { drawStack } from './stack.js'
import { element, svg, TELEPHONE } from './svg.js'
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

/** How far pictures are apart, in pixels. */
const APART = 8

/**
 * All pictures of a state below one another, as an SVG document.
 * @param since those of an earlier state.
 */
export const drawPictures = (
  title: string,
  pictures: ReadonlyArray<StatePicture>,
  since: ReadonlyArray<StatePicture> = []
): string => {
  const drawn = pictures.map((picture, i) => drawPicture(picture, { inPage: `p${String(i)}` }, since[i]))
  const sizes = drawn.map((one) => sizeOf(one))
  const tops = sizes.map((_, i) => sizes.slice(0, i).reduce((top, { height }) => top + height + APART, 0))
  return svg({
    title,
    says: pictures.map((picture) => picture.title).join('; '),
    width: Math.max(TELEPHONE, ...sizes.map(({ width }) => width)),
    height: sizes.reduce((top, { height }) => top + height + APART, 0),
    body: drawn.map((one, i) => element('svg', { y: tops[i] ?? 0 }, one.trimEnd()))
  })
}

/** How large a drawing is, in pixels. */
const sizeOf = (drawing: string): { readonly width: number; readonly height: number } => {
  const [, width, height] = / width="(\d+)" height="(\d+)"/.exec(drawing) ?? []
  return { width: Number(width), height: Number(height) }
}
