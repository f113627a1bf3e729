/**
 * The third exhibit: the assumption that no two blocks have one hash.
 */
import { bounds } from '../model.js'
import type { Playable } from '../model.js'
import { mainSubject, subject18 } from '../subjects.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { shortHash } from '../../../spec/blockchain/instances/shortHash.js'
import { clique_eventual_consensus, cliqueInvariants } from '../editions/cpp18.js'
import type { Invariant18 } from '../editions/cpp18.js'
import type { Toychain } from '../../../spec/blockchain/editions/cpp18.js'
import { playNumbered } from '../playable.js'
import { explored } from './exhibit.js'
import type { Exhibit, Trial } from './exhibit.js'

const { instance } = playNumbered

/** Numbered blocks with hashes of so many bits. */
const dialled = (bits: number): Playable<NumberedTypes> => ({ ...playNumbered, instance: shortHash(instance, bits) })

const limits = bounds(2, 2, 0, { blockOnly: true })

/** The edition of 2018 with a short hash. */
const trial18 = (
  of: string,
  bits: number,
  invariants: (toychain: Toychain<NumberedTypes>) => ReadonlyArray<Invariant18<NumberedTypes>>
): Trial => ({
  of,
  run: () => explored(subject18(dialled(bits), limits, { whole: instance, invariants }))
})

/** The main edition with a short hash: after a collision a tree is undefined, and says so. */
const trialOfMain = (of: string, bits: number): Trial => ({
  of,
  run: () => explored(mainSubject(dialled(bits), limits, { whole: instance }))
})

/** A size of hash at which the first two blocks of one miner collide. */
const BITS = 6

/** The exhibit. */
export const injectiveHash: Exhibit = {
  name: 'injective-hash',
  title: 'Two blocks, one hash',
  believed: 'The hash of blocks is injective: what is stored under the hash of a block is that block.',
  explanation: [
    'No hash of finite size is injective, since there are more blocks than hashes. The edition of 2018 assumes it, and where a block arrives whose hash is a key already it keeps what it has, whatever that is. So if two blocks have one hash, each node keeps the one that it happened to receive first, for ever: adding blocks no longer commutes, and of the proof that nodes agree, nothing is left. One miner is enough for it. With the dial at 6 bits, node 1 mints two blocks of one hash; it keeps the first, and node 2 the second, which does not even lead back to genesis.',
    'It took from December 2018 to February 2019 to remove the assumption: a tree in which two blocks with one hash have met is undefined, at every node, and the invariant excepts it. The theorem became weaker on the one hand, since a network in which a collision has happened agrees on nothing but genesis, and it became true of real hashes on the other.'
  ],
  sources: [
    { commit: '29728f4', date: '2017-08-02', file: 'Core/Blockchain.v', says: 'the axiom hashB_inj' },
    {
      commit: '86700e4',
      date: '2017-11-15',
      file: 'Structures/Forests.v',
      says: "the paper's artefact, tag v0.1, has it"
    },
    {
      commit: '160c18e',
      date: '2018-12-20',
      file: 'Structures/Forests.v',
      says: 'compute_chain asks which block is stored'
    },
    {
      commit: 'fb82f0f',
      date: '2019-01-02',
      file: 'Structures/Forests.v',
      says: 'a collision makes the tree undefined'
    },
    {
      commit: '53fdfae',
      date: '2019-02-15',
      file: 'Properties/InvCliqueTopology.v',
      says: '"Hash injectivity totally removed"'
    }
  ],
  searches: [
    {
      asks: 'Does every node to which nothing is in flight have the largest chain?',
      among: `all executions of 2 nodes with 2 blocks, hashes of ${String(BITS)} bits`,
      mutant: trial18(`the edition of 2018, ${String(BITS)} bits`, BITS, (toychain) => [
        clique_eventual_consensus(toychain)
      ]),
      controls: [
        trial18('the edition of 2018, 256 bits', 256, cliqueInvariants),
        trialOfMain(`the main edition, ${String(BITS)} bits`, BITS)
      ]
    },
    {
      asks: 'Does the clique invariant hold?',
      among: `all executions of 2 nodes with 2 blocks, hashes of ${String(BITS)} bits`,
      mutant: trial18(`the edition of 2018, ${String(BITS)} bits`, BITS, cliqueInvariants),
      controls: [
        trial18('the edition of 2018, 256 bits', 256, cliqueInvariants),
        trialOfMain(`the main edition, ${String(BITS)} bits`, BITS)
      ]
    }
  ]
}
