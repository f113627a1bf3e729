/**
 * What happens at last, in executions in which what is in flight is at last delivered.
 *
 * Coq says nothing of it. That a transaction is at last in every chain is true of some only: a reorganisation can lose one
 * for ever (`docs/model.md`), and when all blocks have been minted none is included any more. One that waits in every pool
 * of a network at rest, while a block may still be minted, is not lost.
 */
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import { isIn } from '../../spec/prelude/seq.js'
import { dom, valid } from '../../spec/prelude/unionMap.js'
import type { Faulty } from '../../spec/system/adversary.js'
import { ofEnvironment } from '../checker/network/properties.js'
import type { NetworkPredicate } from '../checker/network/properties.js'
import { all, each, fromView, ofStates, together } from '../property/invariant.js'
import type { HasWorld, NetworkInvariant } from '../property/invariant.js'
import { everyNode } from '../property/predicate.js'
import { alwaysReachable, eventuallyAlways, goal, leadsTo, noDeadlock, weakly } from '../property/property.js'
import type { ActionClass, Fairness, NoDeadlock } from '../property/property.js'
import type { Bounds, Playable, Progress, ToychainAction, ToychainProperty } from './model.js'

/** The environment of a network. */
type Env<T extends Types> = Faulty<Progress<T>>

/** Nothing is in flight to any node. */
const isAtRest = ({ world }: HasWorld<unknown, unknown>): boolean =>
  !world.inFlightMsgs.some(({ dst }) => dom(world.localState).includes(dst))

/** The same as a conjunct. */
const rest = <T extends Types>(): ReadonlyArray<NetworkInvariant<State<T>, Message<T>>> =>
  fromView({ start: () => false, matters: () => true, arrive: () => true }, [
    each('rest', 'nothing is in flight to the node', (node, _, isBusy) =>
      isBusy ? [{ node, witness: 'something is' }] : []
    )
  ])

/** All nodes have the same blocks. */
const oneTree = <T extends Types>({ forest }: Toychain<T>): ReadonlyArray<NetworkInvariant<State<T>, Message<T>>> =>
  ofStates(
    together('one tree', 'all nodes have the same blocks', {
      summary: (_, { blockTree }: State<T>) => blockTree,
      decide: ([first, ...others]) =>
        others.flatMap(({ node, sees }) =>
          first === undefined || forest.treeEq.equals(first.sees, sees) ? [] : [{ node, witness: 'has others' }]
        )
    })
  )

/** What is in flight can be delivered, at once or when the network is whole again. */
export const restOnly: NoDeadlock<HasWorld<unknown, unknown>> = {
  ...noDeadlock(isAtRest),
  says: 'in every state something can happen, unless nothing is in flight to any node'
}

/** Actions of these kinds. */
const kinds = <T extends Types>(
  name: string,
  ...tags: ReadonlyArray<ToychainAction<T>['_tag']>
): ActionClass<ToychainAction<T>> => ({ name, of: ({ _tag }) => tags.includes(_tag) })

/** The network delivers as long as it can, and is at last whole again. */
const delivering = <T extends Types>(): ReadonlyArray<Fairness<ToychainAction<T>>> =>
  [kinds<T>('deliveries', 'Deliver'), kinds<T>('healing', 'Heal')].map(({ name, of }) => weakly(name, of))

/** Every block comes to every node, and the network comes to rest. */
const blocksArrive = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<ToychainProperty<T>> => [
  eventuallyAlways(
    'one tree',
    'from some moment on nothing is in flight to any node, and all have the same blocks',
    all('one tree at rest', 'nothing is in flight, and all nodes have the same blocks', [
      ...rest<T>(),
      ...oneTree(toychain)
    ]),
    delivering<T>()
  ),
  alwaysReachable(
    'rest',
    'deliveries, and the end of a partition, can bring the network to rest',
    all('rest', 'nothing is in flight to any node', rest<T>()),
    kinds<T>('deliveries', 'Deliver', 'Heal')
  )
]

/** What waits in every pool is at last included, or excluded by something that is. */
const settles = <T extends Types>(
  { forest, params, types }: Toychain<T>,
  mints: number,
  tx: T['Transaction'],
  name: string
): ReadonlyArray<ToychainProperty<T>> => {
  const isValidAfter = ({ blockTree }: State<T>): boolean => params.txValid(tx, forest.btChain(blockTree))
  const mayMint: NetworkPredicate<Env<T>, State<T>, Message<T>> = ofEnvironment(({ env }) => env.minted < mints)
  const waits: NetworkPredicate<Env<T>, State<T>, Message<T>> = all(
    'waits',
    `${name} is in every pool and valid after every chain, the network is at rest, and a block may be minted`,
    [mayMint, everyNode((st: State<T>) => isIn(types.Transaction)(tx, st.txPool) && isValidAfter(st)), ...rest<T>()]
  )
  return [
    leadsTo(
      `${name} settled`,
      `if ${name} is in every pool and valid after every chain, the network is at rest and a block may be minted, ${name} is at last in every chain, or not valid after any (or a collision has happened)`,
      waits,
      everyNode((st: State<T>) => !valid(st.blockTree) || !isValidAfter(st)),
      [...delivering<T>(), weakly('minting', (a) => a._tag === 'Intern' && a.transition._tag === 'MintT')]
    ),
    goal(`${name} waits`, `${name} is in every pool and valid after every chain, and a block may be minted`, waits)
  ]
}

/** What happens at last in every execution in which the network delivers and, where that is said, blocks are minted. */
export const liveness = <T extends Types>(
  toychain: Toychain<T>,
  { transactions }: Pick<Playable<T>, 'transactions'>,
  limits: Pick<Bounds, 'mints' | 'transactions'>
): ReadonlyArray<ToychainProperty<T>> => [
  ...blocksArrive(toychain),
  ...(limits.mints > 0
    ? transactions(limits.transactions).flatMap((tx, i) => settles(toychain, limits.mints, tx, `t${String(i + 1)}`))
    : [])
]
