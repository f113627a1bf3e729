/**
 * Conformance: the spec run on case files whose results were computed by the extracted Coq development, every field
 * compared. `test/vectors/VECTORS.md` defines the files.
 */
export type { Family, Inst } from './codec.js'
export type { Comparison } from './comparison.js'
export type { ConformOptions } from './conform.js'
export { conform } from './conform.js'
export type { ConformReport, Group, Mismatch, Problem, Tally } from './report.js'
export { exitCode, renderConformReport } from './report.js'
