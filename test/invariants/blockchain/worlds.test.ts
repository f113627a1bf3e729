/**
 * Small worlds are all there are, and the clique invariant is inductive on them; weaker ones are not.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { clique_inv } from '../../../invariants/blockchain/clique.js'
import { Explain } from '../../../invariants/blockchain/explain.js'
import { bounds } from '../../../invariants/blockchain/model.js'
import type { Playable } from '../../../invariants/blockchain/model.js'
import { canonicalView } from '../../../invariants/blockchain/pictures.js'
import { playLongestChain, playNumbered } from '../../../invariants/blockchain/playable.js'
import { blocksWithin, inductionModel, worldsWithin } from '../../../invariants/blockchain/worlds.js'
import type { WorldSizes } from '../../../invariants/blockchain/worlds.js'
import { inductive } from '../../../invariants/checker/search/inductive.js'
import { all, eachNode, failures, fromView, together } from '../../../invariants/property/invariant.js'
import type { Invariant, NetworkInvariant } from '../../../invariants/property/invariant.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import type { Message, State } from '../../../spec/blockchain/protocol.js'
import type { Toychain } from '../../../spec/blockchain/toychain.js'
import { entries, valid } from '../../../spec/prelude/unionMap.js'
import { noFaults } from '../../../spec/system/adversary.js'
import { deep } from '../../support/deep.js'
import { address } from '../../support/toychains.js'

type Inv = NetworkInvariant<State<NumberedTypes>, Message<NumberedTypes>>

const induct = (
  nodes: number,
  mints: number,
  transactions: number,
  sizes: WorldSizes,
  invariant: (toychain: Toychain<NumberedTypes>) => Inv = clique_inv
) => {
  const model = inductionModel(playNumbered, bounds(nodes, mints, transactions), {
    invariants: (toychain) => [invariant(toychain)]
  })
  return inductive(model, worldsWithin(playNumbered, model, sizes))
}

/** An invariant without the conjuncts of a name. */
const without = <S, Part>(invariant: Invariant<S, Part>, name: string): Invariant<S, Part> =>
  invariant._tag === 'Leaf'
    ? invariant
    : all(
        invariant.name,
        invariant.says,
        invariant.parts.filter((part) => part.name !== name).map((part) => without(part, name))
      )

describe('the blocks with numbers', () => {
  const count = (nodes: number, mints: number, transactions: number): number => {
    const limits = bounds(nodes, mints, transactions)
    return blocksWithin(playNumbered, inductionModel(playNumbered, limits).toychain, limits).length
  }

  test('are those that any node can mint on genesis or on one with a smaller number', () => {
    expect([count(2, 0, 0), count(2, 1, 0), count(2, 2, 0), count(2, 3, 0)]).toEqual([0, 2, 8, 26])
  })

  test('have any of the transactions that are not yet in their chain', () => {
    // On genesis: empty or with t1, by two nodes. On each of the two empty ones and genesis four more, on the others two.
    expect([count(2, 1, 1), count(2, 2, 1)]).toEqual([4, 4 + 4 + 2 * 4 + 2 * 2])
  })

  test('are fewer where the minter does not matter', () => {
    const { toychain } = inductionModel(playLongestChain, bounds(2, 2, 0))
    expect(blocksWithin(playLongestChain, toychain, { mints: 2, transactions: 0 })).toHaveLength(3)
  })
})

describe('the blocks with numbers of an instance that is hard to please', () => {
  const blocksOf = (change: Partial<Playable<NumberedTypes>['instance']['params']>) => {
    const { instance } = playNumbered
    const playable = { ...playNumbered, instance: { ...instance, params: { ...instance.params, ...change } } }
    const limits = bounds(2, 2, 0)
    return blocksWithin(playable, inductionModel(playable, limits).toychain, limits).map(({ proof }) => proof)
  }

  test('are those that it accepts after genesis', () => {
    expect(blocksOf({ VAF: ({ proof }, bc) => bc.length > 0 && proof.minter === 0 })).toEqual([
      { minter: 0, k: 1 },
      { minter: 0, k: 2 },
      { minter: 0, k: 2 }
    ])
  })

  test('are none at times at which minting fails', () => {
    const { genProof } = playNumbered.instance.params
    expect(blocksOf({ genProof: (bc, pool, ts) => (ts.k === 1 ? O.none : genProof(bc, pool, ts)) })).toEqual([
      { minter: 0, k: 2 },
      { minter: 1, k: 2 }
    ])
  })
})

describe('the worlds within sizes', () => {
  const model = () => inductionModel(playNumbered, bounds(2, 1, 0))
  const worlds = () => [...worldsWithin(playNumbered, model(), { blocks: 2, packets: 1 })]

  test('are as many as there are choices', () => {
    // One tree is undefined; the others have any of the b blocks. A packet is one of b + 1 blocks, a request for one of b + 1
    // hashes, an inventory of none, of one or of all of b + 1, a connection, or one of two lists of peers, between any of two
    // senders and two receivers.
    const over = (b: number): number => (2 ** b + 1) ** 2 * (1 + 4 * (b + 1 + (b + 1) + (1 + (b + 1) + 1) + 3))
    // What speaks of one of the blocks only has the inventory of all hashes that there are without the other besides.
    const ofOne = 2 * (2 + 1) ** 2 * 4
    expect(worlds()).toHaveLength(over(2) + ofOne)
  })

  test('are different', () => {
    const all = worlds()
    expect(new Set(all.map(model().key)).size).toBe(all.length)
  })

  test('have orphans and undefined trees among them, and no world of an execution is missing', () => {
    const all = worlds()
    expect(all[0]).toEqual(model().system.initial[0])
    const trees = all.flatMap((w) =>
      w.world.localState._tag === 'Def' ? w.world.localState.entries.map(([, st]) => st.blockTree) : []
    )
    expect(trees.some((bt) => !valid(bt))).toBe(true)
    const { forest, instance } = inductionModel(playNumbered, bounds(2, 2, 0)).toychain
    const two = inductionModel(playNumbered, bounds(2, 2, 0))
    const orphans = [...worldsWithin(playNumbered, two, { blocks: 1, packets: 0 })].filter(
      (w) =>
        w.world.localState._tag === 'Def' &&
        w.world.localState.entries.some(([, st]) =>
          forest.all_chains(st.blockTree).some((bc) => !forest.good_chain(bc))
        )
    )
    // Each of six blocks on a block that is not there, in the tree of one node, of the other, or of both; the other node's may
    // be undefined.
    expect(orphans).toHaveLength(4 * 5)
    expect(instance.name).toBe('numbered')
  })
})

describe('the worlds of one node', () => {
  const model = () => inductionModel(playNumbered, bounds(1, 1, 1))
  const worlds = (sizes: WorldSizes) => [...worldsWithin(playNumbered, model(), sizes)]
  const unique = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(texts)]
  /** All messages that are in flight in some of them. */
  const messages = (sizes: WorldSizes): ReadonlyArray<string> =>
    unique(
      worlds(sizes).flatMap(({ world }) => world.inFlightMsgs.map(({ msg }) => Explain(model().toychain).message(msg)))
    )

  test('that speak of no block have genesis or no tree, and any pool', () => {
    const states = worlds({ blocks: 0, packets: 0 }).flatMap(({ world }) =>
      entries(world.localState).map(([n, { id, peers, blockTree, txPool }]) => [
        ...[n, id, peers, txPool],
        valid(blockTree) ? entries(blockTree).map(([h]) => h) : undefined
      ])
    )
    expect(states).toEqual([
      [0, 0, [0], [], ['g']],
      [0, 0, [0], ['t1'], ['g']],
      [0, 0, [0], [], undefined],
      [0, 0, [0], ['t1'], undefined]
    ])
  })

  test('have every kind of message in flight, about what there is', () => {
    expect(messages({ blocks: 0, packets: 1 })).toEqual([
      'Block g',
      'GetData g',
      'GetData tx t1',
      'Inv {}',
      'Inv {g}',
      'Inv {tx t1}',
      'Inv {g, tx t1}',
      'Tx t1',
      'Connect',
      'Addr [0]',
      'Addr [1]'
    ])
    expect(messages({ blocks: 1, packets: 1 }).filter((m) => m.includes('@'))).toEqual([
      'Block 1@0',
      'GetData 1@0',
      'Inv {1@0}',
      'Inv {g, 1@0, tx t1}'
    ])
  })

  test('know nodes that there are, and one that there is not, of two nodes too', () => {
    const two = inductionModel(playNumbered, bounds(2, 0, 0))
    const inFlight = [...worldsWithin(playNumbered, two, { blocks: 0, packets: 1 })].flatMap(
      ({ world }) => world.inFlightMsgs
    )
    expect(unique(inFlight.flatMap(({ msg }) => (msg._tag === 'AddrMsg' ? [msg.peers.join()] : [])))).toEqual([
      '0,1',
      '2'
    ])
    expect(unique(inFlight.map(({ src, dst }) => `${String(src)}→${String(dst)}`))).toEqual([
      '0→0',
      '0→1',
      '1→0',
      '1→1'
    ])
  })

  test('may have one message in flight twice', () => {
    const [states, kinds] = [4, 11]
    expect(worlds({ blocks: 0, packets: 2 })).toHaveLength(states * (1 + kinds + (kinds * (kinds + 1)) / 2))
  })

  test('come with those first that speak of few blocks, and of these those with few packets', () => {
    const { params, forest } = model().toychain
    const sizes = worlds({ blocks: 2, packets: 1 }).map(({ world }) => {
      const blocks = [
        ...entries(world.localState).flatMap(([, { blockTree }]) => forest.all_blocks(blockTree).map(params.hashB)),
        ...world.inFlightMsgs.flatMap(({ msg }) => {
          switch (msg._tag) {
            case 'BlockMsg':
              return [params.hashB(msg.block)]
            case 'GetDataMsg':
              return [msg.hash]
            case 'InvMsg':
              return msg.hashes
            default:
              return []
          }
        })
      ]
      const spokenOf = unique(blocks.filter((h) => h.includes('@')))
      return [spokenOf.length, spokenOf.join(), world.inFlightMsgs.length] as const
    })
    expect(unique(sizes.map(([blocks, , packets]) => `${blocks} blocks, ${packets} packets`))).toEqual([
      '0 blocks, 0 packets',
      '0 blocks, 1 packets',
      '1 blocks, 0 packets',
      '1 blocks, 1 packets',
      '2 blocks, 0 packets',
      '2 blocks, 1 packets'
    ])
    expect(sizes.map(([blocks]) => blocks)).toEqual(sizes.map(([blocks]) => blocks).toSorted((a, b) => a - b))
  })
})

describe('the model of an induction', () => {
  test('lets every node mint a block of any number and announce any transaction, as often as it likes', () => {
    const { system } = inductionModel(playNumbered, bounds(2, 2, 1))
    const [start] = system.initial
    const internal = (s: typeof start) => system.actions(s!).flatMap((a) => (a._tag === 'Intern' ? [a] : []))
    const offered = [0, 1].flatMap((node) => [
      { _tag: 'Intern', node, transition: { _tag: 'MintT' }, ts: { minter: node, k: 1 } },
      { _tag: 'Intern', node, transition: { _tag: 'MintT' }, ts: { minter: node, k: 2 } },
      { _tag: 'Intern', node, transition: { _tag: 'TxT', tx: 't1' }, ts: { minter: node, k: 0 } }
    ])
    expect(internal(start)).toEqual(offered)
    const after = internal(start).map((a) => O.toUndefined(system.next(start!, a)))
    expect(after.map(internal)).toEqual(after.map(() => offered))
    expect(after.map((s) => s?.env)).toEqual(after.map(() => start?.env))
  })

  test('delivers, and has the faults of its bounds', () => {
    const faulty = bounds(1, 1, 0, { faults: { ...noFaults, losses: 1 } })
    const { system, toychain, bounds: limits } = inductionModel(playNumbered, faulty)
    const packet = { src: address(0), dst: address(0), msg: { _tag: 'ConnectMsg' } } as const
    const [start] = system.initial
    const actions = system.actions({ ...start!, world: { ...start!.world, inFlightMsgs: [packet] } })
    expect(actions.map(({ _tag }) => _tag)).toEqual(['Deliver', 'Intern', 'Lose'])
    expect([limits, toychain.addresses.enum]).toEqual([faulty, [0]])
  })

  test('has the variant and the invariants that it is given', () => {
    const invariant = eachNode<State<NumberedTypes>, Message<NumberedTypes>>('chain', 'has genesis', () => [])
    const { toychain, invariants } = inductionModel(playNumbered, bounds(1, 1, 0), {
      variant: { forest: (F) => ({ ...F, btChain: () => [] }) },
      invariants: () => [invariant]
    })
    // Every engine gives an invariant its view of a world, so that it is not the same function.
    expect(invariants.map(({ name, says }) => [name, says])).toEqual([[invariant.name, invariant.says]])
    expect(toychain.forest.btChain(toychain.local.Init(address(0)).blockTree)).toEqual([])
  })
})

describe('induction over small worlds', () => {
  test('holds for the clique invariant', async () => {
    expect(await induct(2, 1, 0, { blocks: 2, packets: 1 })).toMatchObject({
      candidates: 1497,
      satisfying: 309,
      steps: 922,
      base: [],
      counterexample: undefined
    })
  })

  test('holds for the clique invariant with a transaction, with chains of two blocks, and with three nodes', async () => {
    const satisfying = async (...sizes: Parameters<typeof induct>): Promise<number> => {
      const result = await induct(...sizes)
      expect(result.counterexample).toBeUndefined()
      return result.satisfying
    }
    expect(await satisfying(2, 1, 1, { blocks: 1, packets: 1 })).toBe(1784)
    expect(await satisfying(2, 2, 0, { blocks: 2, packets: deep ? 2 : 1 })).toBe(deep ? 69_796 : 1688)
    expect(await satisfying(3, 1, 0, { blocks: 1, packets: 1 })).toBe(644)
  })

  test('fails for the clique invariant without its fifth clause', async () => {
    const { counterexample } = await induct(2, 1, 0, { blocks: 2, packets: 1 }, (toychain) =>
      without(clique_inv(toychain), '5')
    )
    expect(counterexample?.failures.map(({ path }) => path.join(' ▸ '))).toEqual(['clique_inv ▸ GSyncing_clique ▸ 3'])
    expect(counterexample).toMatchObject({ action: { _tag: 'Intern', node: 1 }, reached: undefined })
    expect(counterexample?.searched).toMatchObject({ depth: 6, complete: false })
    // It is no violation of the clique invariant: the fifth clause does not hold before the step.
    const { toychain } = inductionModel(playNumbered, bounds(2, 1, 0))
    expect(counterexample && failures(clique_inv(toychain), counterexample.before)).not.toEqual([])
  })

  test('fails for the claim that some node holds the canonical tree', async () => {
    const { counterexample } = await induct(2, 1, 0, { blocks: 1, packets: 1 }, ({ forest, ...toychain }) =>
      all(
        'holder',
        'some node has the canonical tree',
        fromView(canonicalView({ forest, ...toychain }), [
          together('holder', 'some node has the canonical tree', {
            summary: (_n, st, bt) => forest.treeEq.equals(st.blockTree, bt),
            settles: (holds) => holds,
            decide: () => [{ witness: 'none has' }]
          })
        ])
      )
    )
    expect(counterexample?.failures).toMatchObject([{ witness: 'none has' }])
  })

  test('finds what is reachable reachable', async () => {
    const { counterexample } = await induct(2, 1, 0, { blocks: 1, packets: 1 }, () =>
      eachNode('nothing', 'no tree grows', (node, { blockTree }) =>
        valid(blockTree) && blockTree.entries.length > 1 ? [{ node, witness: 'it has' }] : []
      )
    )
    expect(counterexample).toMatchObject({ action: { _tag: 'Intern' }, reached: { actions: [] } })
  })
})
