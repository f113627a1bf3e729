/**
 * The second exhibit: fork choices by total work whose tie-breaks are no orders.
 */
import { ord } from '../../../spec/prelude/order.js'
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { proofOfWork } from '../../../spec/blockchain/instances/proofOfWork.js'
import { blockOrd, typesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { Instance } from '../../../spec/blockchain/toychain.js'
import type { Block, Blockchain } from '../../../spec/blockchain/types.js'
import { FCR_nrefl, FCR_trans } from '../laws.js'
import { bounds } from '../model.js'
import { playNumbered } from '../playable.js'
import { mainSubject } from '../subjects.js'
import {
  forkChoice,
  forkChoiceWithoutTieBreak,
  forkChoiceWithTypo,
  smallerSomewhere,
  weighed,
  workOfNumbered
} from './brokenForkChoices.js'
import type { ForkChoice } from './brokenForkChoices.js'
import { enumerated, explored } from './exhibit.js'
import type { Exhibit, Finding, Trial } from './exhibit.js'

// ------------------------------------------------------------------- lists of blocks

/** Four blocks with the work of 0, 2, 1 and 1 leading zero bits. */
const hashes = ['0xf', '0x3', '0x7', '0x6'].map(hashOf)
const pow = proofOfWork({ hashB: (b) => hashes[b.proof] ?? hashOf('0xf') })
const pool: ReadonlyArray<Block<TypesImpl>> = [1, 2, 3].map((proof) => ({
  prevBlockHash: hashOf('0x'),
  txs: [],
  proof
}))
const shown = (bc: Blockchain<TypesImpl>): string =>
  `[${bc.map((b) => `block ${String(b.proof)} of work ${String(pow.work(b))}`).join(', ')}]`

const withForkChoice = (FCR: ForkChoice<TypesImpl>): Instance<TypesImpl> => ({
  ...pow,
  params: { ...pow.params, FCR }
})

/** All lists of so many blocks of the pool. */
const chainsOf = (length: number): ReadonlyArray<Blockchain<TypesImpl>> =>
  length === 0 ? [[]] : chainsOf(length - 1).flatMap((bc) => pool.map((b) => [...bc, b]))

/** All tuples of chains in which there are so many blocks together. */
const tuplesOf = (chains: number, blocks: number): ReadonlyArray<ReadonlyArray<Blockchain<TypesImpl>>> =>
  chains === 1
    ? chainsOf(blocks).map((bc) => [bc])
    : Array.from({ length: blocks + 1 }, (_, n) => n).flatMap((n) =>
        chainsOf(n).flatMap((bc) => tuplesOf(chains - 1, blocks - n).map((rest) => [bc, ...rest]))
      )

/** The greatest number of blocks in all chains of a tuple. */
const MOST_BLOCKS = 5

const finding = (blocks: number, objection: string, lines: ReadonlyArray<string>): Finding => ({
  size: blocks === 1 ? '1 block' : `${String(blocks)} blocks`,
  objections: [objection],
  explained: lines.join('\n')
})

const law = (
  of: string,
  FCR: ForkChoice<TypesImpl>,
  chains: 1 | 3,
  objection: (FCR: ForkChoice<TypesImpl>, tuple: ReadonlyArray<Blockchain<TypesImpl>>) => string | undefined
): Trial => ({
  of,
  run: () =>
    enumerated(
      Array.from({ length: MOST_BLOCKS + 1 }, (_, n) => n).flatMap((n) => tuplesOf(chains, n)),
      (tuple) => {
        const said = objection(FCR, tuple)
        return said === undefined
          ? undefined
          : finding(
              tuple.flat().length,
              said,
              tuple.map((bc, i) => `${['A', 'B', 'C'][i] ?? ''} = ${shown(bc)}`)
            )
      }
    )
})

const transitivity = (of: string, FCR: ForkChoice<TypesImpl>): Trial =>
  law(of, FCR, 3, (_, [A = [], B = [], C = []]) =>
    FCR_trans.decide(withForkChoice(FCR), { A, B, C }).holds
      ? undefined
      : 'FCR_trans fails: A ⊐ B and B ⊐ C, but not A ⊐ C'
  )

const irreflexivity = (of: string, FCR: ForkChoice<TypesImpl>): Trial =>
  law(of, FCR, 1, (_, [bc = []]) =>
    FCR_nrefl.decide(withForkChoice(FCR), { bc }).holds ? undefined : 'FCR_nrefl fails: A ⊐ A'
  )

// ------------------------------------------------------------------- blocks

/** All triples of blocks that differ in some of their parts. */
const triplesOfBlocks = (): ReadonlyArray<ReadonlyArray<Block<TypesImpl>>> => {
  const blocks = [[], [transactionOf('t')]].flatMap((txs) =>
    ['p', 'q'].map(hashOf).flatMap((prevBlockHash) => [0, 1].map((proof) => ({ prevBlockHash, txs, proof })))
  )
  return blocks.flatMap((a) => blocks.flatMap((b) => blocks.map((c) => [a, b, c])))
}

const orderOfBlocks = (of: string, smaller: (b: Block<TypesImpl>, c: Block<TypesImpl>) => boolean): Trial => ({
  of,
  run: () =>
    enumerated(triplesOfBlocks(), (triple) => {
      const [a, b, c] = triple
      if (a === undefined || b === undefined || c === undefined) return undefined
      return smaller(a, b) && smaller(b, c) && !smaller(a, c)
        ? finding(
            new Set(triple).size,
            'a < b and b < c, but not a < c',
            triple.map(
              ({ txs, prevBlockHash, proof }, i) =>
                `${['a', 'b', 'c'][i] ?? ''} = {txs: [${txs.join(', ')}], prev: ${prevBlockHash}, proof: ${String(proof)}}`
            )
          )
        : undefined
    })
})

// ------------------------------------------------------------------- networks

/** Of some network it is asked whether the clique invariant holds; blocks are called by their numbers. */
const network = (of: string, FCR: ForkChoice<NumberedTypes>, depth: number): Trial => ({
  of,
  run: () =>
    explored(
      mainSubject(
        weighed(() => FCR),
        bounds(3, 4, 0, { blockOnly: true }),
        { whole: playNumbered.instance }
      ),
      { depth }
    )
})

const typo = 'the fork choice of 442fce3'
const main = 'the fork choice as it is'
const { types } = pow
const { types: numberedTypes } = playNumbered.instance

/** The exhibit, with the depth of its search of networks. */
export const forkChoiceExhibit = (depth = 5): Exhibit => ({
  name: 'fork-choice',
  title: 'Most work wins, unless two chains have the same',
  believed: 'Of two chains the one with more work is better; ties are broken by length, and then by contents.',
  explanation: [
    'Tie-breaks are easy to get wrong, because they are hardly ever used. The first fork choice of the proof-of-work instance called either of two chains of one work and length the better, with a note to come back; the axioms that a fork choice must satisfy were assumed of it, and contradicted it. Contents came to break ties in March 2019. Two hours later the definition was rewritten so that the first axioms could be proved of it, and now the length of the first chain was compared with itself where it should have been compared with that of the second: a shorter chain of equal work could win by its contents against a longer one, which won by its length. Transitivity was still assumed. It was refuted an hour later, when its turn to be proved had come.',
    'The order on blocks by which contents are compared had been through the same that day. A comment in the development keeps the order that is total but not transitive: smaller in one part *or* another. The commit that says that the fork choice is not transitive adds: "This is the same issue as earlier."',
    'In a network it takes three forks of equal work. The best chain of a tree is what is left when each chain has met the best so far, so that with a circle of preferences it depends on the order of the keys: a node may have a chain that is better than the canonical one. Whether it does is up to the hashes; with these it does.'
  ],
  sources: [
    {
      commit: '9ec4fff',
      date: '2019-02-17',
      file: 'Extraction/Impl.v',
      says: 'the first fork choice; the axioms are assumed of it'
    },
    {
      commit: 'ac7a1ea',
      date: '2019-03-15',
      file: 'Extraction/TypesImpl.v',
      says: 'blocks are ordered; a comment on the order that is not transitive'
    },
    { commit: '442fce3', date: '2019-03-15', file: 'Extraction/Impl.v', says: 'the length compared with itself' },
    { commit: 'cbb8678', date: '2019-03-15', file: 'Extraction/Impl.v', says: '"FCR as defined is not transitive"' },
    { commit: '0f94c35', date: '2019-03-15', file: 'Extraction/Impl.v', says: 'the fork choice as it is' },
    { commit: '1cf5904', date: '2019-03-16', file: 'Extraction/Impl.v', says: '"ALL axioms are now proven!"' }
  ],
  searches: [
    {
      asks: 'Is a chain that is better than a better one better?',
      among: `all triples of chains of together at most ${String(MOST_BLOCKS)} blocks out of three`,
      mutant: transitivity(typo, forkChoiceWithTypo(types, pow.totalWork)),
      controls: [transitivity(main, forkChoice(types, pow.totalWork))]
    },
    {
      asks: 'Is no chain better than itself?',
      among: `all chains of at most ${String(MOST_BLOCKS)} blocks out of three`,
      mutant: irreflexivity('the fork choice of 9ec4fff', forkChoiceWithoutTieBreak(pow.totalWork)),
      controls: [irreflexivity(main, forkChoice(types, pow.totalWork))]
    },
    {
      asks: 'Is a block that is smaller than a smaller one smaller?',
      among: 'all triples of blocks with one or no transaction, one of two predecessors, one of two proofs',
      mutant: orderOfBlocks('the order in the comment of ac7a1ea', smallerSomewhere(types)),
      controls: [orderOfBlocks('the order of blocks as it is', ord(blockOrd(typesImpl)))]
    },
    {
      asks: 'Does the clique invariant hold?',
      among: `executions of 3 nodes of at most ${String(depth)} steps, with 4 blocks: the first two of work 2, the others of work 1`,
      mutant: network(typo, forkChoiceWithTypo(numberedTypes, workOfNumbered), depth),
      controls: [network(main, forkChoice(numberedTypes, workOfNumbered), depth)]
    }
  ]
})
