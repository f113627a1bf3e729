/**
 * Typed proofs: a kernel, what can be read off a proof, and lemmas that are run. (`blockforest/proof`)
 */
export * from './kernel.js'
export { assumptions, explain, foundations, namesOf, restsOn, unused, used } from './explain.js'
export type { Foundations } from './explain.js'
export * from './lemma.js'
export * from './logic.js'
export * from './run.js'
export * from './sequences.js'
export * from './sort.js'
export { Such } from './such.js'
