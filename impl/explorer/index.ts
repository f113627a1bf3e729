/**
 * Walks through any system: what other parts take of it.
 */
export { writeAddress } from './address.js'
export { configured, textsOf } from './choice.js'
export type { Texts } from './choice.js'
export { openAddress } from './host.js'
export type { Systems } from './host.js'
export { openSession } from './session.js'
export { along, pathAlong, stepsFrom } from './walk.js'
