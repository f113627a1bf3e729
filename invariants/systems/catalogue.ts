/**
 * The catalogue: every system that comes with blockforest. A new one is a folder and a line here.
 */
import { toychain } from '../blockchain/system.js'
import { broadcast } from '../byzantine/broadcast/system.js'
import { oneRound } from '../byzantine/generals/oneRound.js'
import { om } from '../byzantine/generals/om.js'
import { sm } from '../byzantine/generals/sm.js'
import { ladder } from '../byzantine/ladder/system.js'
import { paxos } from '../byzantine/paxos/system.js'
import { voting } from '../byzantine/paxos/votingSystem.js'
import { pbft } from '../byzantine/pbft/system.js'
import { accounting } from '../contracts/accounting.js'
import { blockking } from '../contracts/blockkingSystem.js'
import { counter } from '../contracts/counter.js'
import { crowdfunding } from '../contracts/crowdfunding.js'
import { dao } from '../contracts/dao.js'
import { histories } from '../contracts/historiesSystem.js'
import { replicated } from '../contracts/replicatedSystem.js'
import { token } from '../contracts/token.js'
import { anySystem } from './system.js'
import type { AnySystem } from './system.js'

/** All systems; the first is the one that is meant where none is named. */
export const catalogue: readonly [AnySystem, ...AnySystem[]] = [
  anySystem(toychain),
  oneRound,
  om,
  sm,
  voting,
  paxos,
  ladder,
  broadcast,
  pbft,
  accounting,
  dao,
  blockking,
  counter,
  token,
  crowdfunding,
  histories,
  replicated
]

/** The name of a system. */
export const nameOf = ({ open }: AnySystem): string => open(({ name }) => name)

/** The system with a name, if there is one. */
export const systemCalled = (name: string): AnySystem | undefined => catalogue.find((system) => nameOf(system) === name)
