/**
 * What is defined twice, once to be read and once to be searched or to explain itself, is held together here: on all small
 * worlds, the degenerate ones among them.
 */
import { describe, expect, test } from 'vitest'
import { clique_inv, GSyncing_clique } from '../../../invariants/blockchain/clique.js'
import { coherence } from '../../../invariants/blockchain/coherence.js'
import * as explained18 from '../../../invariants/blockchain/editions/cpp18.js'
import { canonicalView, globalPicture } from '../../../invariants/blockchain/pictures.js'
import { clique_eventual_consensus, GStable, largest_chain } from '../../../invariants/blockchain/quiescence.js'
import { failures } from '../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../invariants/property/invariant.js'
import * as cpp18 from '../../../spec/blockchain/editions/cpp18.js'
import { dom, entries, range, undef, unit } from '../../../spec/prelude/unionMap.js'
import { byLength } from '../../support/toychains.js'
import type { M, S, Toy, W } from '../../support/toychains.js'
import { smallParts, smallToy, smallWorlds } from '../../support/smallWorlds.js'

const holdsOf = (invariant: NetworkInvariant<S, M>, world: W): boolean => failures(invariant, { world }).length === 0

/** The worlds on which two definitions differ, and how often they say yes and no. */
const compared = (worlds: Iterable<W>, one: (w: W) => boolean, other: (w: W) => boolean) => {
  const differ: W[] = []
  let [yes, no] = [0, 0]
  for (const w of worlds) {
    const says = one(w)
    if (says) yes += 1
    else no += 1
    if (other(w) !== says) differ.push(w)
  }
  return { differ: differ.slice(0, 1), yes: yes > 0, no: no > 0 }
}
const together = { differ: [], yes: true, no: true }

/** Whether every defined tree of a world holds genesis: adding it, as a packet without a block does, changes nothing. */
const rooted =
  ({ forest }: Toy) =>
  (w: W): boolean =>
    range(w.localState).every(({ blockTree: bt }) => bt._tag === 'Undef' || forest.has_init_block(bt))

/** `clique_eventual_consensus` to the letter, for the addresses that have a node. */
const consensus =
  ({ misc, forest }: Toy) =>
  (w: W): boolean =>
    dom(w.localState).some((n) => misc.blocksFor(n, w).length > 0) ||
    [...range(w.localState).map((st) => forest.btChain(st.blockTree)), []].some(
      (bc) => misc.largest_chain(w, bc) && range(w.localState).every((st) => misc.has_chain(bc, st))
    )

describe.each([0, 1, 2, 3])('on all small worlds, in a setting that lists %i nodes,', (size) => {
  const toy = smallToy(size)
  const { clique, forest, misc, network, params } = toy
  const worlds = [...smallWorlds(smallParts)]

  test('coherence that explains itself is Coh', () => {
    const invariant = coherence(network)
    expect(compared(worlds, network.Coh, (w) => holdsOf(invariant, w))).toEqual(together)
  })

  test('clique_inv that explains itself is clique_inv', () => {
    const invariant = clique_inv(toy)
    expect(compared(worlds, clique.clique_inv, (w) => holdsOf(invariant, w))).toEqual(together)
  })

  test('GSyncing_clique that explains itself is GSyncing_clique, where trees hold genesis', () => {
    const invariant = GSyncing_clique(toy)
    expect(compared(worlds.filter(rooted(toy)), clique.GSyncing_clique, (w) => holdsOf(invariant, w))).toEqual(together)
  })

  test('GStable that explains itself is GStable', () => {
    const invariant = GStable(toy)
    expect(compared(worlds, misc.GStable, (w) => holdsOf(invariant, w))).toEqual(together)
  })

  test('largest_chain that explains itself is largest_chain', () => {
    const G = params.GenesisBlock
    for (const bc of [[], [G], [G, smallParts.blocks[0]!]]) {
      const invariant = largest_chain(toy, bc)
      expect(
        compared(
          worlds,
          (w) => misc.largest_chain(w, bc),
          (w) => holdsOf(invariant, w)
        ).differ
      ).toEqual([])
    }
  })

  test('eventual consensus that explains itself is what the theorem concludes', () => {
    const invariant = clique_eventual_consensus(toy)
    expect(compared(worlds, consensus(toy), (w) => holdsOf(invariant, w))).toEqual(together)
  })

  test('the view of a node, and the picture of the world, have its canonical tree, where trees hold genesis', () => {
    const { start, matters, arrive } = canonicalView(toy)
    for (const w of worlds.filter(rooted(toy)).filter((_, i) => i % 7 === 0)) {
      const trees = entries(w.localState).map(([n, st]) => {
        const tree = clique.canonicalTree(n, st, w)
        const seen = w.inFlightMsgs
          .filter(({ dst, msg }) => dst === n && matters(msg))
          .reduce((bt, { msg }) => arrive(bt, msg), start(n, st))
        expect(forest.treeEq.equals(seen, tree)).toBe(true)
        return tree
      })
      const [first = undef] = trees
      const picture = globalPicture(toy, w)
      expect(picture.nodes.map(({ canonical }) => canonical)).toEqual(trees)
      expect(picture.canonical._tag).toBe(
        trees.length > 0 && trees.every((bt) => forest.treeEq.equals(bt, first)) ? 'Some' : 'None'
      )
    }
  })
})

describe.each([0, 2])('in the edition of 2018, in a setting that lists %i nodes,', (size) => {
  const toy = cpp18.Toychain(cpp18.in2018(byLength.instance), cpp18.netAddr(size))
  const { forest, params } = toy
  const tree = (...bs: typeof smallParts.blocks) => forest.btExtendAll(unit, bs)
  const G = params.GenesisBlock
  const block = { prevBlockHash: params.hashB(G), txs: [], proof: 1 }
  const orphan = { ...block, prevBlockHash: params.hashB({ ...block, proof: 4 }), proof: 3 }
  const parts = { trees: [tree(G), tree(G, block), unit, undef, tree(G, orphan)], blocks: [block] }
  const worlds = [...smallWorlds(parts, 1)]

  test('clique_inv that explains itself is clique_inv', () => {
    const invariant = explained18.clique_inv(toy)
    const literal = toy.clique.clique_inv
    expect(compared(worlds, literal, (w) => failures(invariant, { world: w }).length === 0)).toEqual(together)
  })

  test('coherence that explains itself is Coh', () => {
    const invariant = coherence(toy.network)
    const literal = toy.network.Coh
    expect(compared(worlds, literal, (w) => failures(invariant, { world: w }).length === 0)).toEqual(together)
  })
})
