/**
 * What must hold: invariants that explain themselves, the laws of the parameters, bounded models. (`blockforest/invariants`)
 */
export * from './property/invariant.js'
export * from './property/property.js'
export * from './property/refinement.js'
export { canonical } from './checker/data/canonical.js'
export * from './blockchain/clique.js'
export * from './blockchain/coherence.js'
export * from './blockchain/configuration.js'
export * from './blockchain/explain.js'
export * from './blockchain/laws.js'
export * from './blockchain/model.js'
export * from './blockchain/payments.js'
export * from './blockchain/pictures.js'
export * from './blockchain/playable.js'
export * from './blockchain/quiescence.js'
export * from './blockchain/subjects.js'
export { toychain } from './blockchain/system.js'
