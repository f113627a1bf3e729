/**
 * The lecture as stations that are run.
 */
import { blockchains } from './blockchains.js'
import { generals } from './generals.js'
import { paxos } from './paxos.js'
import { quorums } from './quorums.js'
import type { Station } from './station.js'

export { foretold, outcomeOf, searchOf, visit } from './run.js'
export type { MapPlace, Outcome, Told, Visited } from './run.js'
export { PARTS } from './station.js'
export type { Finding, Station, Trial } from './station.js'
export { findingBrief, findingText } from './words.js'

/** All stations, in the order of the lecture. */
export const stations: ReadonlyArray<Station> = [...generals, ...paxos, ...quorums, ...blockchains]
