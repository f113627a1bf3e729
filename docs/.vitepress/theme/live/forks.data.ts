/**
 * Real forks of Bitcoin with the headers around them, as a page is given them: read from the data of the project when the site
 * is built.
 */
import { forksOfBitcoin } from '../../../../scripts/docs/forks.js'
import type { RealFork } from '../../../../impl/live/bitcoinForks.js'

declare const data: ReadonlyArray<RealFork>
export { data }

export default { load: (): ReadonlyArray<RealFork> => forksOfBitcoin() }
