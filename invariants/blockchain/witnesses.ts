/**
 * What can be sought in executions of Toychain, by name: states and steps that a user may ask about, whether they happen.
 *
 * A name may take a parameter: `chain-length>=3`, `in-every-chain=t1`.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { isIn } from '../../spec/prelude/seq.js'
import type { State } from '../../spec/blockchain/protocol.js'
import type { Toychain, Variant } from '../../spec/blockchain/toychain.js'
import type { Block, Blockchain, BlockTree, Types } from '../../spec/blockchain/types.js'
import type { WitnessOptions } from '../checker/search/witness.js'
import type { Found, WitnessName } from '../systems/system.js'
import { observations, toychainModel, toychainOptions } from './model.js'
import type { Bounds, Playable, ToychainAction, ToychainState } from './model.js'
import { Words } from './pictures.js'
import { lost, ofChains, ofNode, ofRequests, reorganisation } from './sought.js'
import type { Sought } from './sought.js'

/** A name, and what it stands for when its parameter is known. */
type Named<T extends Types> = WitnessName &
  (
    | { readonly takes: 'nothing'; readonly sought: Sought<T> }
    | { readonly takes: 'number'; readonly sought: (n: number) => Sought<T> }
    | { readonly takes: 'transaction'; readonly sought: (name: string, tx: T['Transaction']) => Sought<T> }
  )

/** A name that takes no parameter. */
const plain = <T extends Types>(sought: Sought<T>): Named<T> => ({
  name: sought.name,
  usage: sought.name,
  says: sought.says,
  takes: 'nothing',
  sought
})

/** Something that a number measures in the state of a node. */
const measured = <T extends Types>(
  name: string,
  what: (n: string) => string,
  measure: (st: State<T>) => { readonly amount: number; readonly witness: string }
): Named<T> => ({
  name,
  usage: `${name}>=N`,
  says: what('N'),
  takes: 'number',
  sought: (n) =>
    ofNode(`${name}>=${String(n)}`, what(String(n)), (st) => {
      const { amount, witness } = measure(st)
      return amount >= n ? O.some(witness) : O.none
    })
})

/** What can be measured in the state of a node. */
const measures = <T extends Types>({ forest, params, types }: Toychain<T>, words: Words<T>) => {
  const { all_blocks, btChain } = forest
  /** The blocks of a tree on which no other block of it builds. */
  const tips = (bt: BlockTree<T>): ReadonlyArray<Block<T>> =>
    all_blocks(bt).filter((b) => !all_blocks(bt).some((c) => types.Hash.equals(c.prevBlockHash, params.hashB(b))))
  return {
    tips: measured<T>(
      'tips',
      (n) => `a node's tree has at least ${n} blocks on which none of its blocks builds`,
      ({ blockTree }) => {
        const found = tips(blockTree)
        return { amount: found.length, witness: `has the tips ${found.map(words.block).join(', ')}` }
      }
    ),
    chainLength: measured<T>(
      'chain-length',
      (n) => `a node's chain has at least ${n} blocks, genesis included`,
      ({ blockTree }) => {
        const bc = btChain(blockTree)
        return { amount: bc.length, witness: `has the chain ${words.chain(bc)}` }
      }
    )
  }
}

/** What can be sought in the chains of all nodes, with a parameter. */
const parameterised = <T extends Types>(
  toychain: Toychain<T>,
  words: Words<T>
): { readonly heads: Named<T>; readonly inEveryChain: Named<T> } => {
  const { forest, types } = toychain
  return {
    heads: {
      name: 'heads',
      usage: 'heads>=N',
      says: "the nodes' chains end in at least N different blocks",
      takes: 'number',
      sought: (n) =>
        ofChains(
          toychain,
          `heads>=${String(n)}`,
          `the nodes' chains end in at least ${String(n)} different blocks`,
          false,
          (chains) => {
            const heads = chains.map(forest.lastBlock)
            const different = heads.filter((b, i) => !isIn(forest.blockEq)(b, heads.slice(0, i)))
            return different.length >= n ? O.some(`the heads are ${heads.map(words.block).join(', ')}`) : O.none
          }
        )
    },
    inEveryChain: {
      name: 'in-every-chain',
      usage: 'in-every-chain=tK',
      says: 'the K-th transaction of the configuration is in the chain of every node',
      takes: 'transaction',
      sought: (name, tx) =>
        ofChains(
          toychain,
          `in-every-chain=${name}`,
          `the transaction ${name} is in the chain of every node`,
          false,
          (chains) =>
            chains.every((bc) => bc.some(({ txs }) => isIn(types.Transaction)(tx, txs)))
              ? O.some(`the chains are ${chains.map(words.chain).join(' and ')}`)
              : O.none
        )
    }
  }
}

/** What can be sought of transactions and of requests. */
const ofRelay = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<Named<T>> => {
  const { forest, local, params, types } = toychain
  const { hashes } = Words(toychain)
  const named = (txs: ReadonlyArray<T['Transaction']>): O.Option<string> =>
    txs.length === 0 ? O.none : O.some(`has ${hashes(txs.map(params.hashT))}`)
  return [
    plain(ofRequests(toychain, 'requests', 'a node is asked for something', () => true)),
    plain(
      ofRequests(
        toychain,
        'vain-requests',
        'a node is asked, perhaps by itself, for what it does not hold, and will not answer',
        ({ blockTree, txPool }, h) => !isIn(types.Hash)(h, local.ownHashes(blockTree, txPool))
      )
    ),
    plain(ofNode('pooled', "a node's pool has a transaction", ({ txPool }) => named(txPool))),
    plain(
      ofNode('stale-pool', "a node's pool has a transaction that is not valid after its chain", (st) =>
        named(st.txPool.filter((t) => !params.txValid(t, forest.btChain(st.blockTree))))
      )
    ),
    plain(
      ofNode('included', "a node's chain has a transaction in a block after genesis", ({ blockTree }) =>
        named(
          forest
            .btChain(blockTree)
            .slice(1)
            .flatMap(({ txs }) => txs)
        )
      )
    ),
    {
      name: 'lost',
      usage: 'lost=tK',
      says: 'the K-th transaction of the configuration is lost: some block has it, but at rest no chain and no pool',
      takes: 'transaction',
      sought: (name, tx) =>
        lost(toychain, `lost=${name}`, `the network is at rest, and ${name} is in no chain and in no pool`, tx)
    }
  ]
}

/** What can be sought in steps. */
const inSteps = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<Named<T>> => [
  plain(reorganisation(toychain, 'reorganisations', "a node's chain is replaced by one that does not extend it", 1)),
  {
    name: 'reorganisation-depth',
    usage: 'reorganisation-depth>=N',
    says: "a step takes at least N blocks out of a node's chain",
    takes: 'number',
    sought: (n) =>
      reorganisation(
        toychain,
        `reorganisation-depth>=${String(n)}`,
        `a step takes at least ${String(n)} blocks out of a node's chain`,
        n
      )
  }
]

/** Everything that has a name, in the order in which it is listed. */
const named = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<Named<T>> => {
  const { chainEq } = toychain.forest
  const words = Words(toychain)
  const { tips, chainLength } = measures(toychain, words)
  const { heads, inEveryChain } = parameterised(toychain, words)
  const oneChain = (chains: ReadonlyArray<Blockchain<T>>): O.Option<string> =>
    chains.every((bc) => chains.slice(0, 1).every((first) => chainEq.equals(first, bc)))
      ? O.some(`all nodes have the chain ${words.chain(chains[0] ?? [])}`)
      : O.none
  return [
    ...observations(toychain).states.map(({ name, says, of }) =>
      plain<T>(ofNode(name, says, (st) => (of(st) ? O.some(`has the tree ${words.tree(st.blockTree)}`) : O.none)))
    ),
    plain(
      ofChains(toychain, 'quiescence', 'nothing is in flight to any node', true, () => O.some('nothing is in flight'))
    ),
    plain(ofChains(toychain, 'agreement', 'all nodes have one chain', false, oneChain)),
    plain(ofChains(toychain, 'GStable', 'nothing is in flight, and all nodes have one chain', true, oneChain)),
    tips,
    heads,
    chainLength,
    inEveryChain,
    ...ofRelay(toychain),
    ...inSteps(toychain)
  ]
}

/** What a run of some size must be able to come to, or what holds of it says little. */
const GOALS = ['forks', 'quiescence', 'agreement', 'GStable', 'reorganisations', 'requests', 'pooled', 'included']

/** The names under which something can be sought in a network. */
export const witnessNames = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<WitnessName> =>
  named(toychain).map(({ name, usage, says }) => ({ name, usage, says, isGoal: GOALS.includes(name) }))

/** What a text names. Left: why it names nothing, and what can be named. */
export const soughtBy = <T extends Types>(
  toychain: Toychain<T>,
  transactions: ReadonlyArray<T['Transaction']>,
  text: string
): Either<string, Sought<T>> => {
  const all = named(toychain)
  const refuse = (why: string): Either<string, Sought<T>> =>
    E.left(
      [`${why}. What can be sought:`, ...all.map(({ usage, says }) => `  ${usage.padEnd(24)}  ${says}`)].join('\n')
    )
  const [, name = '', sign, parameter = ''] = /^([A-Za-z-]+)(?:(>=|=)(.*))?$/.exec(text) ?? []
  const found = all.find((one) => one.name === name)
  if (found === undefined) return refuse(`nothing is called '${text}'`)
  const malformed = refuse(`'${text}' should be written ${found.usage}`)
  switch (found.takes) {
    case 'nothing':
      return sign === undefined ? E.right(found.sought) : malformed
    case 'number':
      return sign === '>=' && /^\d{1,9}$/.test(parameter) ? E.right(found.sought(Number(parameter))) : malformed
    case 'transaction': {
      const [, number] = /^t([1-9]\d{0,8})$/.exec(parameter) ?? []
      if (sign !== '=' || number === undefined) return malformed
      const tx = transactions[Number(number) - 1]
      return tx === undefined
        ? refuse(`there is no transaction ${parameter}: the configuration has ${String(transactions.length)}`)
        : E.right(found.sought(parameter, tx))
    }
  }
}

/** Seeks what a text names in the executions of a bounded network. Left: why the text names nothing. */
export const seek = async <T extends Types>(
  { invariants: _, ...playable }: Playable<T>,
  limits: Bounds,
  text: string,
  options: WitnessOptions = {},
  variant: Variant<T> = {}
): Promise<Either<string, Found<ToychainState<T>, ToychainAction<T>>>> => {
  const transactions = playable.transactions(limits.transactions)
  const network = toychainOptions(playable, limits, { variant })
  const sought = soughtBy(network.toychain, transactions, text)
  if (E.isLeft(sought)) return sought
  const { name, says } = sought.right
  // Whoever walks through a system, and seeks nothing, does not load what searches.
  const { witnessState, witnessStep } = await import('../checker/search/witness.js')
  if (sought.right._tag === 'Step')
    return E.right({ sought: { name, says }, witness: await witnessStep(network, sought.right, options) })
  // The interning checker has a network of its own, whose forest remembers what it has answered.
  const model = toychainModel(playable, limits, {
    variant,
    invariants: (own) => {
      const there = soughtBy(own, transactions, text)
      return E.isRight(there) && there.right._tag === 'State' ? [there.right.never] : []
    }
  })
  return E.right({ sought: { name, says }, witness: await witnessState(model, options) })
}
