/**
 * blockforest: the specification, the invariants, the checker, and what runs. (`blockforest`)
 */
export * as spec from '../spec/index.js'
export * as invariants from '../invariants/index.js'
export * as checker from '../invariants/checker/index.js'
export * as systems from '../invariants/systems/index.js'
export * as conformance from './conformance/index.js'
export * as bitcoin from './bitcoin/index.js'
export * as contracts from './contracts/index.js'
export * as draw from './draw/index.js'
