/**
 * What can be sought in executions of Toychain: something in the state of a node, in the chains of all nodes, in a step.
 *
 * A state is sought by an invariant that says that it never happens (`checker/search/witness.ts`).
 */
import * as O from 'fp-ts/lib/Option.js'
import { isIn } from '../../spec/prelude/seq.js'
import { dom } from '../../spec/prelude/unionMap.js'
import type { Address } from '../../spec/system/address.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Blockchain, Types } from '../../spec/blockchain/types.js'
import type { SoughtStep } from '../checker/search/witness.js'
import { each, eachNode, fromView, together } from '../property/invariant.js'
import type { NetworkInvariant, View } from '../property/invariant.js'
import { Words } from './pictures.js'
import { requestView } from './relay.js'

/** Something that is sought: in states, by what says that it never happens, or in steps of a node. */
export type Sought<T extends Types> =
  | {
      readonly _tag: 'State'
      readonly name: string
      readonly says: string
      readonly never: NetworkInvariant<State<T>, Message<T>>
    }
  | ({ readonly _tag: 'Step' } & SoughtStep<State<T>>)

/** Something that is sought in states: what says that it never happens. */
const inState = <T extends Types>(
  name: string,
  says: string,
  never: NetworkInvariant<State<T>, Message<T>>
): Sought<T> => ({ _tag: 'State', name, says, never })

/** Something in the state of a node, with how it is seen in words. */
export const ofNode = <T extends Types>(
  name: string,
  says: string,
  seen: (st: State<T>) => O.Option<string>
): Sought<T> =>
  inState(
    name,
    says,
    eachNode(name, says, (node, st) =>
      O.match(
        () => [],
        (witness: string) => [{ node, witness }]
      )(seen(st))
    )
  )

/** Something in the chains of all nodes; where `quiet`, in worlds in which nothing is in flight. */
export const ofChains = <T extends Types>(
  { forest: { btChain } }: Toychain<T>,
  name: string,
  says: string,
  quiet: boolean,
  seen: (chains: ReadonlyArray<Blockchain<T>>) => O.Option<string>
): Sought<T> => {
  /** Whether anything is in flight to a node. */
  const waiting: View<State<T>, Message<T>, boolean> = { start: () => false, matters: () => true, arrive: () => true }
  const [never] = fromView<State<T>, Message<T>, boolean>(waiting, [
    together(name, says, {
      summary: (_n: Address, st: State<T>, waits: boolean) => (quiet && waits ? O.none : O.some(btChain(st.blockTree))),
      settles: O.isNone,
      decide: (all) =>
        O.match(
          () => [],
          (witness: string) => [{ witness }]
        )(seen(all.flatMap(({ sees }) => (O.isSome(sees) ? [sees.value] : []))))
    })
  ])
  return inState(name, says, never ?? eachNode(name, says, () => []))
}

/** Requests in flight to a node for something under these hashes, which depend on the node's state. */
export const ofRequests = <T extends Types>(
  toychain: Toychain<T>,
  name: string,
  says: string,
  counts: (st: State<T>, hash: T['Hash']) => boolean
): Sought<T> => {
  const { hashes } = Words(toychain)
  const [never] = fromView(requestView(toychain), [
    each(name, says, (node, st: State<T>, asked) => {
      const found = dom(asked).filter((h) => counts(st, h))
      return found.length === 0 ? [] : [{ node, witness: `is asked for ${hashes(found)}` }]
    })
  ])
  return inState(name, says, never ?? eachNode(name, says, () => []))
}

/**
 * A transaction that no node has any more where it counts, and that none will have again: nothing is in flight, some tree
 * has it in a block, no chain has it, after each it would be valid, and it is in no pool.
 */
export const lost = <T extends Types>(
  { forest, params, types }: Toychain<T>,
  name: string,
  says: string,
  tx: T['Transaction']
): Sought<T> => {
  const isTx = isIn(types.Transaction)
  const waiting: View<State<T>, Message<T>, boolean> = { start: () => false, matters: () => true, arrive: () => true }
  const [never] = fromView<State<T>, Message<T>, boolean>(waiting, [
    together(name, says, {
      summary: (_n: Address, { blockTree, txPool }: State<T>, waits: boolean) =>
        waits || isTx(tx, txPool) || !params.txValid(tx, forest.btChain(blockTree))
          ? O.none
          : O.some(forest.all_blocks(blockTree).some(({ txs }) => isTx(tx, txs))),
      settles: O.isNone,
      decide: (seen) =>
        seen
          .filter(({ sees }) => O.isSome(sees) && sees.value)
          .slice(0, 1)
          .map(({ node }) => ({ node, witness: 'has it in a block that is not of its chain, and nobody in a pool' }))
    })
  ])
  return inState(name, says, never ?? eachNode(name, says, () => []))
}

/** A step that takes so many blocks or more out of a node's chain. */
export const reorganisation = <T extends Types>(
  toychain: Toychain<T>,
  name: string,
  says: string,
  depth: number
): Sought<T> => {
  const { btChain, chainEq } = toychain.forest
  const words = Words(toychain)
  /** How many blocks of one chain another does not begin with. */
  const given = (old: Blockchain<T>, now: Blockchain<T>): number =>
    old.filter((_, i) => !chainEq.equals(old.slice(0, i + 1), now.slice(0, i + 1))).length
  return {
    _tag: 'Step',
    name,
    says,
    seen: (before, after) => {
      const [old, now] = [btChain(before.blockTree), btChain(after.blockTree)]
      return given(old, now) >= depth
        ? O.some(`its chain ${words.chain(old)} is replaced by ${words.chain(now)}`)
        : O.none
    }
  }
}
