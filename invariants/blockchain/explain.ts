/**
 * Executions of Toychain for people to read: who did what, each node's forest as a tree, what is in flight, and which
 * invariants hold.
 */
import * as O from 'fp-ts/lib/Option.js'
import { isIn } from '../../spec/prelude/seq.js'
import { valid } from '../../spec/prelude/unionMap.js'
import type { World as SystemWorld } from '../../spec/system/network.js'
import type { World } from '../../spec/blockchain/invMisc.js'
import type { InternalTransition, Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Block, BlockTree, Types } from '../../spec/blockchain/types.js'
import { actionInWords } from '../checker/model/words.js'
import { line, linesOf, section, treeOf } from '../systems/document.js'
import type { Document, TreeNode } from '../systems/document.js'
import { networkShow } from '../systems/networkShow.js'
import type { NetworkWords } from '../systems/networkShow.js'
import { executionText, verdictLines } from '../systems/show.js'
import type { Presentation, Show } from '../systems/show.js'
import type { ReplayedStep } from '../checker/trace/trace.js'
import { forestPictures, globalPicture, Words } from './pictures.js'
import type { ToychainAction, ToychainState } from './model.js'

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** A message in a few words. */
const messageInWords =
  <T extends Types>(toychain: Toychain<T>) =>
  (m: Message<T>): string => {
    const words = Words(toychain)
    switch (m._tag) {
      case 'AddrMsg':
        return `Addr [${m.peers.join(', ')}]`
      case 'ConnectMsg':
        return 'Connect'
      case 'BlockMsg':
        return `Block ${words.block(m.block)}`
      case 'TxMsg':
        return `Tx ${text(m.tx)}`
      case 'InvMsg':
        return `Inv ${words.hashes(m.hashes)}`
      case 'GetDataMsg':
        return `GetData ${words.label(m.hash)}`
    }
  }

/** The block that a step has minted, if it has. */
const mintedBetween = <T extends Types, M extends { readonly _tag: string }>(
  before: SystemWorld<State<T>, M>,
  after: SystemWorld<State<T>, M>,
  blockOf: (m: M) => Block<T> | undefined
): Block<T> | undefined =>
  after.inFlightMsgs
    .slice(0, after.inFlightMsgs.length - before.inFlightMsgs.length)
    .flatMap(({ msg }) => blockOf(msg) ?? [])[0]

/**
 * A tree with the blocks of the best chain marked; what does not lead back to genesis stands below `orphans`, each branch
 * under the predecessor that is missing.
 */
export const forestDocument = <T extends Types>(toychain: Toychain<T>, bt: BlockTree<T>): Document => {
  const { forest, params, types } = toychain
  if (!valid(bt)) return [line('undefined: two blocks with one hash have met')]
  const words = Words(toychain)
  const isOnBest = isIn(forest.blockEq)
  const best = forest.btChain(bt)
  const blocks = forest.all_blocks(bt)
  const isGenesis = (b: Block<T>): boolean => forest.blockEq.equals(b, params.GenesisBlock)
  const node = (b: Block<T>, children: ReadonlyArray<TreeNode> = []): TreeNode => ({
    label: `${words.block(b)}${b.txs.length > 0 ? `  {${b.txs.map(text).join(', ')}}` : ''}`,
    mark: isOnBest(b, best) ? 'chosen' : 'other',
    children
  })
  const drawn = new Set<Block<T>>()
  const branch = (b: Block<T>): TreeNode => {
    drawn.add(b)
    const children = blocks.filter(
      (c) => types.Hash.equals(c.prevBlockHash, params.hashB(b)) && !isGenesis(c) && !drawn.has(c)
    )
    return node(b, children.map(branch))
  }
  const trunk = blocks.filter(isGenesis).map((b) => treeOf(branch(b)))
  const orphans = blocks
    .filter((b) => !isGenesis(b) && O.isNone(forest.find(b.prevBlockHash, bt)))
    .map((b) => treeOf({ label: `… ${words.label(b.prevBlockHash)} is missing`, children: [branch(b)] }))
  const cycles = blocks
    .filter((b) => !drawn.has(b))
    .map((b) => {
      const { label, ...rest } = node(b)
      return treeOf({ ...rest, label: `${label}  (in or behind a cycle)` })
    })
  const rest = [...orphans, ...cycles]
  return [...trunk, ...(rest.length > 0 ? [section('orphans', rest)] : [])]
}

/** The lecture's picture of a world, "local state + in flight = global". */
const threePartsOf = <T extends Types>(toychain: Toychain<T>, w: World<T>): ReadonlyArray<string> => {
  const { forest, params } = toychain
  const words = Words(toychain)
  const picture = globalPicture(toychain, w)
  return [
    ...picture.nodes.map(
      (n) =>
        `node ${String(n.node)}  ${words.tree(n.tree)} + ${words.hashes(n.arriving.map(params.hashB))} = ${words.tree(n.canonical)}`
    ),
    O.match(
      () => 'global  the nodes do not add up to one tree',
      (bt: BlockTree<T>) => `global  ${words.tree(bt)}, best chain ${words.chain(forest.btChain(bt))}`
    )(picture.canonical)
  ]
}

/** What the messages of an edition are to the main one. */
export interface Dialect<T extends Types, M extends { readonly _tag: string }> {
  /** The same message in the main edition; none where it has no such message. */
  readonly ofMain: (m: M) => Message<T> | undefined
  /** A message that the main edition does not have. */
  readonly other: (m: M) => string
}

/** The main edition. */
const main = <T extends Types>(): Dialect<T, Message<T>> => ({ ofMain: (m) => m, other: ({ _tag }) => _tag })

/** The world as the main edition sees it. */
const worldOfMain = <T extends Types, M extends { readonly _tag: string }>(
  w: SystemWorld<State<T>, M>,
  { ofMain }: Dialect<T, M>
): World<T> => {
  const of = (packets: SystemWorld<State<T>, M>['inFlightMsgs']): World<T>['inFlightMsgs'] =>
    packets.flatMap(({ src, dst, msg }) => {
      const known = ofMain(msg)
      return known === undefined ? [] : [{ src, dst, msg: known }]
    })
  return { ...w, inFlightMsgs: of(w.inFlightMsgs), consumedMsgs: of(w.consumedMsgs) }
}

/** The words of a Toychain network of an edition. */
export const toychainWords = <T extends Types, M extends { readonly _tag: string }>(
  toychain: Toychain<T>,
  dialect: Dialect<T, M>
): Required<Omit<NetworkWords<State<T>, M, InternalTransition<T>, T['Timestamp']>, 'band'>> => {
  const words = Words(toychain)
  const known = messageInWords(toychain)
  const message = (m: M): string => {
    const ofMain = dialect.ofMain(m)
    return ofMain === undefined ? dialect.other(m) : known(ofMain)
  }
  const inWords = actionInWords(message)
  const blockOf = (m: M): Block<T> | undefined => {
    const ofMain = dialect.ofMain(m)
    return ofMain?._tag === 'BlockMsg' ? ofMain.block : undefined
  }
  return {
    message,
    node: (st) => [
      ...forestDocument(toychain, st.blockTree),
      ...(st.txPool.length > 0 ? [line(`pool: ${st.txPool.map(text).join(', ')}`)] : [])
    ],
    brief: ({ blockTree }) => words.tree(blockTree),
    equals: toychain.local.stateEq.equals,
    action: (a, before, after) => {
      if (a._tag !== 'Intern') return inWords(a)
      if (a.transition._tag === 'TxT') return `node ${String(a.node)} announces transaction ${text(a.transition.tx)}`
      const minted = mintedBetween(before, after, blockOf)
      return minted === undefined
        ? `node ${String(a.node)} tries to mint a block, in vain`
        : `node ${String(a.node)} mints block ${words.block(minted)} on ${words.label(minted.prevBlockHash)}`
    },
    closing: (w) => [
      section('local state + in flight = global', threePartsOf(toychain, worldOfMain(w, dialect)).map(line))
    ],
    pictures: (w) => forestPictures(toychain, worldOfMain(w, dialect))
  }
}

/** The words of a Toychain network of the main edition. */
export const mainWords = <T extends Types>(toychain: Toychain<T>) => toychainWords(toychain, main<T>())

/** How the executions of one network of the main edition are shown and told. */
export const Explain = <T extends Types>(toychain: Toychain<T>, title = toychain.instance.name) => {
  const words = mainWords(toychain)
  const show: Show<ToychainState<T>, ToychainAction<T>> = networkShow(title, words)
  return {
    show,
    message: words.message,
    /** An action in one line, given the world it is taken in and the one it leads to. */
    action: words.action,
    /** A tree with one line for each block. */
    drawTree: (bt: BlockTree<T>): ReadonlyArray<string> => linesOf(forestDocument(toychain, bt)),
    /** A world in full. */
    world: (w: World<T>): ReadonlyArray<string> =>
      linesOf(
        networkShow<null, State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>(title, words).state({
          world: w,
          env: null
        })
      ),
    threeParts: (w: World<T>): ReadonlyArray<string> => threePartsOf(toychain, w),
    verdict: verdictLines,
    /** An execution, step by step. */
    execution: (
      steps: ReadonlyArray<ReplayedStep<ToychainState<T>, ToychainAction<T>>>,
      presentation: Presentation = {}
    ): string => executionText(show, steps, presentation)
  }
}
