/**
 * The systems that can be chosen, each with a sentence: known when the site is built, so that no page loads all of them.
 */
import { catalogue } from '../../../../invariants/systems/index.js'

/** A system of the catalogue. */
export interface Listed {
  readonly name: string
  readonly says: string
}

declare const data: ReadonlyArray<Listed>
export { data }

export default {
  load: (): ReadonlyArray<Listed> => catalogue.map(({ open }) => open(({ name, says }) => ({ name, says })))
}
