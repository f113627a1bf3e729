/**
 * The peer: `ProtoArray` of `@lodestar/fork-choice` 1.5.1, the fork choice of an Ethereum client. It is installed on the
 * first run into a folder of its own, and is no dependency of this project.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { processorTime } from './measure.js'
import type { TreeBlock } from './trees.js'

/** Under the folder that the benchmark is run in, which npm makes that of the project. */
const folder = resolve('node_modules/.cache/bench-forest-peer')
const VERSION = '1.5.1'

/** What is used of the peer. */
interface ProtoArray {
  readonly onBlock: (block: object, currentSlot: number) => void
  readonly applyScoreChanges: (changes: object) => void
  readonly findHead: (justifiedRoot: string, currentSlot: number) => string
}
interface Peer {
  readonly ProtoArray: { readonly initialize: (block: object, currentSlot: number) => ProtoArray }
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
const protoBlock = ({ hash, parent }: TreeBlock, slot: number, root: string): object => ({
  slot,
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

/**
 * Inserts blocks into the peer; measures from block number `from` on, and from there reads the head after every so many.
 * It stops when the time is up: as the peer becomes slower with every block, its rate over the blocks that it got to is
 * better than the one over all.
 */
export const fillPeer = (
  { ProtoArray }: Peer,
  blocks: ReadonlyArray<TreeBlock>,
  readHeadEvery: number,
  budgetSeconds: number,
  from = 1
): { readonly inserted: number; readonly seconds: number } => {
  const [genesis] = blocks
  if (genesis === undefined) throw new Error('expected at least the genesis block')
  const root = genesis.hash
  const forest = ProtoArray.initialize(protoBlock(genesis, 0, root), 0)
  let start = processorTime()
  const elapsed = (): number => processorTime() - start
  let i = 1
  for (; i < blocks.length; i++) {
    if (i === from) start = processorTime()
    forest.onBlock(protoBlock(blocks[i] ?? genesis, 0, root), 0)
    if (i >= from && i % readHeadEvery === 0) {
      forest.applyScoreChanges({
        deltas: Array.from({ length: i + 1 }, () => 0),
        proposerBoost: null,
        justifiedEpoch: 0,
        justifiedRoot: root,
        finalizedEpoch: 0,
        finalizedRoot: root,
        currentSlot: 0
      })
      forest.findHead(root, 0)
    }
    if (i % 64 === 0 && elapsed() > budgetSeconds) break
  }
  return { inserted: Math.max(0, Math.min(i, blocks.length - 1) - from + 1), seconds: elapsed() }
}
