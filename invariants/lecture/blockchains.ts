/**
 * The lecture on blockchains, as far as it is about Toychain.
 */
import type { Station } from './station.js'

export const blockchains: ReadonlyArray<Station> = [
  {
    name: 'forks',
    part: 'Blockchains',
    slide: 'How blockchain protocols work: a chain fork has happened',
    claim: 'Blocks are created without full knowledge, so that the chain forks, and nodes become aware of it later.',
    trials: [
      {
        _tag: 'Witness',
        says: 'the chains of three nodes end in three different blocks, and nobody knows yet',
        of: { system: 'toychain', preset: 'B320' },
        sought: 'heads>=3',
        expect: { verdict: 'happens', steps: 2 }
      },
      {
        _tag: 'Witness',
        says: 'a node has two blocks with one predecessor',
        of: { system: 'toychain', preset: 'B320' },
        sought: 'forks',
        expect: { verdict: 'happens', steps: 3 }
      },
      {
        _tag: 'Witness',
        says: 'a node has a block without its predecessor: it keeps a forest of blocks, not a chain',
        of: { system: 'toychain', preset: 'B320' },
        sought: 'orphans',
        expect: { verdict: 'happens', steps: 3 }
      }
    ],
    because: 'Two nodes mint before the block of the other has arrived.',
    page: 'model.md'
  },
  {
    name: 'fork-choice',
    part: 'Blockchains',
    slide: 'Solution: fork choice rule',
    claim:
      'A rule that orders all chains strictly and totally, the same for all nodes, has those with the same information choose the same chain.',
    trials: [
      {
        _tag: 'Search',
        says: 'three nodes, two blocks, delivered in any order',
        of: { system: 'toychain', preset: 'B320' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the rule is not total: of two chains of one length neither is better',
        of: { system: 'toychain', mutant: 'length-only' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the rule is no order: a shorter chain may be better than one that extends it',
        of: { system: 'toychain', mutant: 'fork-choice' },
        claims: 'violated'
      },
      {
        _tag: 'Lemma',
        says: 'of two different chains one is better: a law that rules must satisfy',
        lemma: 'FCR_rel',
        expect: { verdict: 'assumed', inputs: 2_178, met: 2_178 }
      },
      {
        _tag: 'Lemma',
        says: 'what is better than a better chain is better: another',
        lemma: 'FCR_trans',
        expect: { verdict: 'assumed', inputs: 13_718, met: 1_938 }
      }
    ],
    because:
      'A finite set of chains that are strictly and totally ordered has one best element, whoever looks for it and in whatever order.',
    loose:
      'That lying is expensive, since it takes work, is no part of this: all nodes are honest here, and work costs nothing. What the rule of Bitcoin makes of real forks is on a page of its own.',
    page: 'instances.md#the-eight-laws'
  },
  {
    name: 'invariant',
    part: 'Blockchains',
    slide: 'Why it works. Invariant: local state + “in-flight” = global',
    claim: 'What a node has, together with the blocks in flight to it, is the same tree for all nodes.',
    trials: [
      {
        _tag: 'Search',
        says: 'two nodes, two blocks, with inventories and requests',
        of: { system: 'toychain', preset: 'F220' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the network duplicates a packet, and is cut in two',
        of: { system: 'toychain', preset: 'B220 1 duplicated 1 cut' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the network loses a packet',
        of: { system: 'toychain', preset: 'F320 1 lost' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'read as: some node has the whole tree already',
        of: { system: 'toychain', mutant: 'canonical-node' },
        claims: 'violated'
      }
    ],
    because: 'A block that is minted is sent to everybody at once; so it is in each tree, or on its way there.',
    loose: 'It holds of networks in which nobody lies and nothing is lost, and in which everyone knows everyone.',
    beyond: [
      { system: 'toychain', preset: 'F211' },
      { system: 'toychain', preset: 'B340' }
    ],
    page: 'model.md'
  },
  {
    name: 'inductive',
    part: 'Blockchains',
    slide: 'Invariant is inductive',
    claim: 'Every step from any world in which the invariant holds, reachable or not, leads to one in which it holds.',
    trials: [
      {
        _tag: 'Induction',
        says: 'all worlds of two nodes with two blocks and one packet',
        of: { system: 'toychain', preset: 'B220' },
        sizes: { blocks: 2, packets: 1 },
        expect: { verdict: 'kept', states: 1_688, among: 24_912, steps: 8_424 }
      },
      {
        _tag: 'Lemma',
        says: 'the lemma of the paper, clique_inv_step',
        lemma: 'clique_inv_step',
        expect: { verdict: 'tested', inputs: 15_906, met: 3_084 }
      }
    ],
    because: 'Receiving a block moves it from what is in flight into the tree, and minting one adds it on both sides.',
    page: 'proofs.md'
  },
  {
    name: 'quiescence',
    part: 'Blockchains',
    slide: 'Quiescent consistency. Invariant implies Quiescent Consistency',
    claim: 'When all blocks have been delivered, everyone who is good agrees on one chain.',
    trials: [
      {
        _tag: 'Search',
        says: 'three nodes, three blocks: in every state in which nothing is in flight',
        of: { system: 'toychain', preset: 'B330' },
        claims: 'holds'
      },
      {
        _tag: 'Lemma',
        says: 'the theorem of the paper, clique_eventual_consensus: derived from the invariant',
        lemma: 'clique_eventual_consensus',
        expect: { verdict: 'derived', inputs: 5_266, met: 14 }
      },
      {
        _tag: 'Search',
        says: 'at last all do have one chain, if whatever is in flight is delivered',
        of: { system: 'toychain', preset: 'liveness' },
        claims: 'holds'
      }
    ],
    because: 'With nothing in flight, each local tree is the global one; and the rule finds one best chain in it.',
    loose: 'It says nothing of networks that never come to rest; and “good” is everybody here.',
    page: 'lemmas.md'
  },
  {
    name: 'payments',
    part: 'Blockchains',
    slide: 'Blockchain Transactions: no double spending',
    claim: 'Where transactions are payments from A to B, consensus means that nothing is spent twice.',
    trials: [
      {
        _tag: 'Search',
        says: 'two payments of the same funds, one block',
        of: { system: 'toychain', preset: 'payments B212' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the edition of 2018, in which a miner looks at each payment alone',
        of: { system: 'toychain', mutant: 'double-spending' },
        claims: 'violated'
      }
    ],
    changes: 'A miner looks at a payment after those that the block has already.',
    because:
      'A payment is valid after what stands before it in the chain and in its block, and only such blocks are accepted.',
    loose: 'Consensus on a chain does not say so by itself: the rules for blocks do.',
    page: 'instances.md'
  }
]
