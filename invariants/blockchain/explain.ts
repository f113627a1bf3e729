/**
 * Executions of Toychain as readable text: who did what, each node's forest drawn as a tree, what is in flight, and which
 * invariants hold.
 */
import * as O from 'fp-ts/lib/Option.js'
import { isIn } from '../../spec/prelude/seq.js'
import { dom, entries, valid } from '../../spec/prelude/unionMap.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Block, BlockTree, Types } from '../../spec/blockchain/types.js'
import type { World } from '../../spec/blockchain/invMisc.js'
import { showFailure } from '../property/invariant.js'
import type { Failure } from '../property/invariant.js'
import { actionInWords } from '../checker/model/words.js'
import { globalPicture, Words } from './pictures.js'
import type { ToychainAction, ToychainState } from './model.js'
import { plural } from '../words.js'

/** A value as a reader sees it. */
const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Messages in words. */
const messageIn =
  <T extends Types>(words: Words<T>) =>
  (m: Message<T>): string => {
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

/**
 * A tree drawn with one line for each block. The blocks of the best chain are marked `●`, others `○`; what does not
 * lead back to genesis stands below `orphans`.
 */
const treeDrawer =
  <T extends Types>({ forest, params, types }: Toychain<T>, words: Words<T>) =>
  (bt: BlockTree<T>): ReadonlyArray<string> => {
    if (!valid(bt)) return ['undefined: two blocks with one hash have met']
    const best = forest.btChain(bt)
    const onBest = (b: Block<T>): boolean => isIn(forest.blockEq)(b, best)
    const line = (b: Block<T>): string =>
      `${onBest(b) ? '●' : '○'} ${words.block(b)}${b.txs.length > 0 ? `  {${b.txs.map(text).join(', ')}}` : ''}`
    const isGenesis = (b: Block<T>): boolean => forest.blockEq.equals(b, params.GenesisBlock)
    const blocks = forest.all_blocks(bt)
    const drawn: Array<Block<T>> = []
    const draw = (b: Block<T>, head: string, tail: string): ReadonlyArray<string> => {
      drawn.push(b)
      const children = blocks.filter(
        (c) => types.Hash.equals(c.prevBlockHash, params.hashB(b)) && !isGenesis(c) && !drawn.includes(c)
      )
      return [
        `${head}${line(b)}`,
        ...children.flatMap((c, i) =>
          i === children.length - 1 ? draw(c, `${tail}└─ `, `${tail}   `) : draw(c, `${tail}├─ `, `${tail}│  `)
        )
      ]
    }
    const trunk = blocks.filter(isGenesis).flatMap((b) => draw(b, '', ''))
    const roots = blocks.filter((b) => !isGenesis(b) && O.isNone(forest.find(b.prevBlockHash, bt)))
    const orphans = roots.flatMap((b) => [
      `  … ${words.label(b.prevBlockHash)} is missing`,
      ...draw(b, '  └─ ', '     ')
    ])
    const cycles = blocks.filter((b) => !drawn.includes(b)).map((b) => `  ${line(b)}  (in or behind a cycle)`)
    return [...trunk, ...(orphans.length + cycles.length > 0 ? ['orphans', ...orphans, ...cycles] : [])]
  }

/** The verdict on a state, a line for each failure. */
const verdict = (failures: ReadonlyArray<Failure>, mark = '✗'): ReadonlyArray<string> =>
  failures.length === 0 ? ['all invariants hold'] : failures.map((f) => `${mark} ${showFailure(f)}\n    (${f.says})`)

/** Worlds in words. */
const worldsIn = <T extends Types>(toychain: Toychain<T>) => {
  const { forest, params } = toychain
  const words = Words(toychain)
  const message = messageIn(words)
  const drawTree = treeDrawer(toychain, words)

  const node = (n: number, st: State<T>): ReadonlyArray<string> => {
    const tree = drawTree(st.blockTree)
    const label = `node ${String(n)}  `
    const pool = st.txPool.length > 0 ? [`pool: ${st.txPool.map(text).join(', ')}`] : []
    return [...tree, ...pool].map((l, i) => `${i === 0 ? label : ' '.repeat(label.length)}${l}`)
  }

  /** Packets in flight, equal ones once with their number. */
  const soup = (w: World<T>): string => {
    const lines = w.inFlightMsgs.map((p) => `${String(p.src)}→${String(p.dst)} ${message(p.msg)}`)
    const counted = [...new Set(lines)].map((l) => {
      const times = lines.filter((other) => other === l).length
      return times > 1 ? `${String(times)} × ${l}` : l
    })
    return counted.length === 0 ? 'in flight: nothing' : `in flight: ${counted.join(', ')}`
  }

  /** A world in full. */
  const world = (w: World<T>): ReadonlyArray<string> => [
    ...entries(w.localState).flatMap(([n, st]) => node(n, st)),
    soup(w)
  ]

  /** The nodes whose state is not what it was, and what is in flight. */
  const change = (before: World<T>, after: World<T>): ReadonlyArray<string> => {
    const was = new Map(entries(before.localState))
    const changed = entries(after.localState).filter(([n, st]) => {
      const old = was.get(n)
      return old === undefined || !toychain.local.stateEq.equals(old, st)
    })
    return [...changed.flatMap(([n, st]) => node(n, st)), soup(after)]
  }

  /** The lecture's picture of a world, "local state + in-flight = global". */
  const threeParts = (w: World<T>): ReadonlyArray<string> => {
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

  return { change, drawTree, message, threeParts, words, world }
}

/** How executions of one network are put in words. */
export const Explain = <T extends Types>(toychain: Toychain<T>) => {
  const { change, drawTree, message, threeParts, words, world } = worldsIn(toychain)
  const inWords = actionInWords(message)

  /** An action in one line, given the world it is taken in and the one it leads to. */
  const action = (a: ToychainAction<T>, before: World<T>, after: World<T>): string => {
    if (a._tag !== 'Intern') return inWords(a)
    if (a.transition._tag === 'TxT') return `node ${String(a.node)} announces transaction ${text(a.transition.tx)}`
    const sent = after.inFlightMsgs.slice(0, after.inFlightMsgs.length - before.inFlightMsgs.length)
    const minted = sent.flatMap(({ msg }) => (msg._tag === 'BlockMsg' ? [msg.block] : []))[0]
    return minted === undefined
      ? `node ${String(a.node)} tries to mint a block, in vain`
      : `node ${String(a.node)} mints block ${words.block(minted)} on ${words.label(minted.prevBlockHash)}`
  }

  /**
   * An execution, step by step: each action, what it changed, and the verdict where it is not that all holds.
   * @param begins what the first state is called. Default: `initially`.
   * @param mark what stands before a failure. Default: `✗`; a witness that was sought is none.
   */
  const execution = (
    steps: ReadonlyArray<{
      readonly action: ToychainAction<T> | undefined
      readonly state: ToychainState<T>
      readonly failures: ReadonlyArray<Failure>
    }>,
    { begins = 'initially', mark = '✗' }: { readonly begins?: string; readonly mark?: string } = {}
  ): string =>
    steps
      .flatMap(({ action: a, state, failures }, i) => {
        const before = steps[i - 1]?.state.world
        const indent = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
          lines.flatMap((l) => l.split('\n')).map((l) => `      ${l}`)
        const title =
          a === undefined || before === undefined
            ? `${begins}: ${plural(dom(state.world.localState).length, 'node')}`
            : action(a, before, state.world)
        return [
          `${String(i).padStart(4)}  ${title}`,
          ...indent(before === undefined ? world(state.world) : change(before, state.world)),
          ...indent(failures.length > 0 || i === steps.length - 1 ? verdict(failures, mark) : []),
          ...(i === steps.length - 1
            ? ['', 'local state + in flight = global', ...threeParts(state.world).map((l) => `  ${l}`)]
            : [])
        ]
      })
      .join('\n')

  return { action, drawTree, execution, message, threeParts, verdict, world }
}
