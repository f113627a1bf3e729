/**
 * The peer: `ProtoArray` of `@lodestar/fork-choice` 1.5.1, the fork choice of an Ethereum client. It is installed on the
 * first run into a folder of its own, and is no dependency of this project.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ghost } from '../../impl/forest/index.js'
import { processorTime } from './measure.js'
import { forestOf, treeOf } from './trees.js'
import type { TreeBlock } from './trees.js'

/** Under the folder that the benchmark is run in, which npm makes that of the project. */
const folder = resolve('node_modules/.cache/bench-forest-peer')
export const VERSION = '1.5.1'

/** What is used of the peer. */
interface PeerBlock {
  readonly blockRoot: string
  readonly [key: string]: unknown
}
interface ProtoArray {
  readonly onBlock: (block: PeerBlock, currentSlot: number) => void
  readonly applyScoreChanges: (changes: object) => void
  readonly findHead: (justifiedRoot: string, currentSlot: number) => string
}
export interface Peer {
  readonly ProtoArray: { readonly initialize: (block: PeerBlock, currentSlot: number) => ProtoArray }
}

/** Installs the peer where that has not been done. */
export const loadPeer = async (): Promise<Peer> => {
  const entry = join(folder, 'node_modules/@lodestar/fork-choice/lib/index.js')
  if (!existsSync(entry)) {
    console.error(`installing @lodestar/fork-choice ${VERSION} into ${folder}`)
    mkdirSync(folder, { recursive: true })
    // Its packages ask for each other with `^`; those of later versions do not fit.
    const packages = ['config', 'params', 'state-transition', 'types', 'utils'].map((name) => [
      `@lodestar/${name}`,
      VERSION
    ])
    const manifest = {
      name: 'bench-forest-peer',
      private: true,
      type: 'module',
      dependencies: { '@lodestar/fork-choice': VERSION },
      overrides: Object.fromEntries(packages) as Record<string, string>
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' })
  }
  return (await import(pathToFileURL(entry).href)) as Peer
}

/** A block in the peer's form. Every block is of one epoch, which is justified and final from the start. */
const peerBlock = ({ hash, parent }: TreeBlock, root: string): PeerBlock => ({
  slot: 0,
  blockRoot: hash,
  parentRoot: parent,
  stateRoot: root,
  targetRoot: root,
  justifiedEpoch: 0,
  justifiedRoot: root,
  finalizedEpoch: 0,
  finalizedRoot: root,
  unrealizedJustifiedEpoch: 0,
  unrealizedJustifiedRoot: root,
  unrealizedFinalizedEpoch: 0,
  unrealizedFinalizedRoot: root,
  executionPayloadBlockHash: null,
  executionStatus: 'PreMerge'
})

/** Blocks in the peer's form, made beforehand so that making them is not measured. */
export const peerBlocks = (blocks: ReadonlyArray<TreeBlock>): ReadonlyArray<PeerBlock> => {
  const root = blocks[0]?.hash ?? ''
  return blocks.map((block) => peerBlock(block, root))
}

/**
 * The head by the peer, as its own fork choice reads it: what each block has gained since the last time is put on its
 * ancestors, and the best descendants are followed. Each block gains one vote when it has come.
 */
const readHead = (forest: ProtoArray, root: string, blocks: number, newBlocks: number): string => {
  const deltas = new Array<number>(blocks).fill(0).fill(1, blocks - newBlocks)
  forest.applyScoreChanges({
    deltas,
    proposerBoost: null,
    justifiedEpoch: 0,
    justifiedRoot: root,
    finalizedEpoch: 0,
    finalizedRoot: root,
    currentSlot: 0
  })
  return forest.findHead(root, 0)
}

/**
 * Inserts blocks into the peer, the first of which is genesis, and reads the head after every so many. It stops when the
 * time is up: as the peer becomes slower with every block, its rate over the blocks that it got to is better than the
 * one over all.
 */
export const fillPeer = (
  { ProtoArray }: Peer,
  blocks: ReadonlyArray<PeerBlock>,
  readHeadEvery: number,
  budgetSeconds: number
): { readonly inserted: number; readonly seconds: number; readonly head: string } => {
  const [genesis] = blocks
  if (genesis === undefined) throw new Error('expected at least the genesis block')
  const root = genesis.blockRoot
  const forest = ProtoArray.initialize(genesis, 0)
  let head = root
  let seen = 0
  const start = processorTime()
  let inserted = 0
  while (inserted < blocks.length - 1 && (inserted % 64 !== 0 || processorTime() - start < budgetSeconds)) {
    inserted++
    forest.onBlock(blocks[inserted] ?? genesis, 0)
    if (inserted % readHeadEvery !== 0) continue
    head = readHead(forest, root, inserted + 1, inserted + 1 - seen)
    seen = inserted + 1
  }
  return { inserted, seconds: processorTime() - start, head }
}

/** Is the peer used as it is meant? Its rule is GHOST, where ties go to the greater hash: the library must agree. */
export const checkPeer = (peer: Peer): void => {
  for (const shape of ['random', 'chain'] as const) {
    const blocks = treeOf(2000, shape, 1)
    const { head } = fillPeer(peer, peerBlocks(blocks), 100, Infinity)
    const own = ghost(
      forestOf(blocks),
      (b) => b.parent,
      () => 1,
      (a, b) => (a > b ? -1 : 1)
    )
    if (head !== own) throw new Error(`the peer's head is ${head}, expected ${own}: is it used as it is meant?`)
  }
}
