/**
 * Drawings: from data to the text of an SVG document. (`blockforest/draw`)
 */
export { drawLanes } from './lanes.js'
export { drawVerdicts, verdictsText } from './verdicts.js'
export type { VerdictCell, VerdictMap, VerdictTable } from './verdicts.js'
