/**
 * Drawings: from data to the text of an SVG document, or of an element of a page. (`blockforest/draw`)
 */
export { callBars, drawCalls } from './calls.js'
export type { CallBar, CallsPicture, CallStep } from './calls.js'
export { drawForest } from './forest.js'
export { drawGraph } from './graph.js'
export type { GraphEdge, GraphNode, GraphPicture } from './graph.js'
export { drawGrid } from './grid.js'
export { drawLanes } from './lanes.js'
export { drawNetwork } from './network.js'
export { drawPicture } from './picture.js'
export { drawQuorums } from './quorums.js'
export type { QuorumsPicture } from './quorums.js'
export { drawStack } from './stack.js'
export { pageStyle } from './svg.js'
export type { DrawingOptions } from './svg.js'
export { drawVerdicts, verdictsText } from './verdicts.js'
export type { VerdictCell, VerdictMap, VerdictTable } from './verdicts.js'
