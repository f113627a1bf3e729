/**
 * The fifth exhibit: a network that never comes to rest, because to say nothing is to say something.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import type { NetAddr } from '../../../spec/system/address.js'
import { networkModel } from '../../checker/network/networkModel.js'
import { whole } from '../../property/invariant.js'
import type { HasWorld } from '../../property/invariant.js'
import { model18 } from '../editions/cpp18.js'
import { Explain18 } from '../editions/explain.js'
import { Explain } from '../explain.js'
import { bounds, toychainModel, toychainOptions } from '../model.js'
import type { Playable } from '../model.js'
import { playNumbered } from '../playable.js'
import { explored } from './exhibit.js'
import type { Exhibit, Trial } from './exhibit.js'
import { returning } from './rest.js'

/** Numbered blocks with a lottery: the first attempt of an execution to mint a block is in vain, the second is not. */
export const lottery: Playable<NumberedTypes> = {
  ...playNumbered,
  instance: {
    ...playNumbered.instance,
    name: 'lottery',
    params: {
      ...playNumbered.instance.params,
      genProof: (bc, offered, ts) => (ts.k % 2 === 1 ? O.none : playNumbered.instance.params.genProof(bc, offered, ts))
    }
  }
}

const attempts = bounds(2, 2, 0)
const atRest = 'the network is at rest'
const isAtRest = ({ world }: HasWorld<unknown, unknown>): boolean => world.inFlightMsgs.length === 0

const neverAgain: Trial = {
  of: 'the edition of 2018',
  run: () => {
    const model = model18(lottery, attempts)
    return returning({ model, execution: Explain18(model.toychain).execution }, atRest, isAtRest)
  }
}

const always: Trial = {
  of: 'the main edition',
  run: () => {
    const model = toychainModel(lottery, attempts)
    return returning({ model, execution: Explain(model.toychain).execution }, atRest, isAtRest)
  }
}

// ------------------------------------------------------------------- introductions

/** How many packets are in flight at once, at the most, while the two nodes of the main edition are introduced. */
const MOST = 3

const few = whole<HasWorld<unknown, unknown>, never>(
  `at most ${String(MOST)} in flight`,
  `no more than ${String(MOST)} packets are in flight`,
  ({ world }) =>
    world.inFlightMsgs.length <= MOST ? [] : [{ witness: `${String(world.inFlightMsgs.length)} packets are in flight` }]
)

/** The packets of an introduction: the first node tells the second that it is there. */
const introduction = ({ enum: nodes }: NetAddr) => {
  const [first, second] = nodes
  return first === undefined || second === undefined
    ? []
    : [{ src: first, dst: second, msg: { _tag: 'AddrMsg', peers: [first] } } as const]
}

const still = bounds(2, 0, 0)

const introduced18: Trial = {
  of: 'the edition of 2018',
  run: () => {
    const model = model18(playNumbered, still, {
      invariants: () => [few],
      world: ({ network }) => ({ ...network.initWorld, inFlightMsgs: introduction(network.addresses) })
    })
    return explored({ model, execution: Explain18(model.toychain).execution })
  }
}

const introduced: Trial = {
  of: 'the main edition',
  run: () => {
    const options = toychainOptions(playNumbered, still, { invariants: () => [few] })
    const { toychain } = options
    const model = networkModel({
      ...options,
      world: { ...toychain.network.initWorld, inFlightMsgs: introduction(toychain.addresses) }
    })
    return explored({ model, execution: Explain(toychain).execution })
  }
}

/** The exhibit. */
export const nullPackets: Exhibit = {
  name: 'null-packets',
  title: 'Nothing to say, and it is never over',
  believed: 'When everybody has received what was sent, the network is at rest: nothing is in flight (`GStable`).',
  explanation: [
    'In the edition of 2018 a node that has nothing to say sends a packet that says so, from node 0 to node 0. Nodes are numbered from 1, so nobody receives it, and it stays in flight for ever. One attempt to mint a block that is in vain is enough, and no world that can be reached from there is at rest. The consensus theorem of that edition is not hurt: it asks of each node by itself whether something is in flight to *it*.',
    'In February 2018 the null packet was addressed to the node itself, to get rid of the address 0. A node that received one answered with another, so that something would have been on its way to it for ever. A day later there was no null message any more, and to send nothing was to send nothing.',
    'There was a second reason. A message with addresses was passed on to all peers even if nothing in it was new, and a node is a peer of its own: each such message that was delivered put at least one of its kind in flight. Once two nodes are introduced to each other, there are more and more of them. From April 2018 on, what is not new is not passed on.'
  ],
  sources: [
    { commit: 'ad9f37e', date: '2017-07-31', file: 'PoS/Protocol.v', says: 'the null packet' },
    {
      commit: '86700e4',
      date: '2017-11-15',
      file: 'Systems/Protocol.v',
      says: "the paper's artefact, tag v0.1, has it"
    },
    { commit: '2947298', date: '2018-02-03', file: 'Systems/Protocol.v', says: 'it goes from each node to itself' },
    { commit: '058c0ea', date: '2018-02-04', file: 'Systems/Protocol.v', says: 'the null message is gone' },
    {
      commit: 'a226722',
      date: '2018-04-11',
      file: 'Systems/Protocol.v',
      says: 'addresses that are known are not passed on'
    }
  ],
  searches: [
    {
      asks: 'Can the network come to rest again, whatever has happened?',
      among: 'all executions of 2 nodes with 2 attempts to mint a block, of which the first is in vain',
      mutant: neverAgain,
      controls: [always]
    },
    {
      asks: `Are there ever more than ${String(MOST)} packets in flight, after one node has told another of itself?`,
      among: 'all executions of 2 nodes that know only themselves, and 1 message with an address',
      mutant: introduced18,
      controls: [introduced]
    }
  ]
}
