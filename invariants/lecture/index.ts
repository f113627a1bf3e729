/**
 * The lecture as stations that are run.
 */
import { blockchains } from './blockchains.js'
import { contracts } from './contracts.js'
import { generals } from './generals.js'
import { paxos } from './paxos.js'
import { pbft } from './pbft.js'
import { quorums } from './quorums.js'
import type { Station } from './station.js'

export { foretold, searchOf, visit } from './run.js'
export type { MapPlace, Outcome, Told, Visited } from './run.js'
export { PARTS } from './station.js'
export type { Finding, Station, Trial } from './station.js'

/** All stations, in the order of the lecture. */
export const stations: ReadonlyArray<Station> = [
  ...generals,
  ...paxos,
  ...quorums,
  ...pbft,
  ...blockchains,
  ...contracts
]
