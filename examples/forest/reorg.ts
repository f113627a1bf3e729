/**
 * Following the head: at each change the blocks that left the best chain are undone and those that joined it applied;
 * then pruning, a snapshot, and the forest as bytes.
 */
import { createForest, fromData, longestChain } from '../../impl/forest/index.js'
import { decodeForest, encodeForest, noBytes, numberBytes, textBytes } from '../../impl/forest/binary.js'

interface Block {
  readonly id: string
  readonly parent: string
}

const options = {
  genesis: { id: 'g', parent: '' },
  hash: (b: Block) => b.id,
  parent: (b: Block) => b.parent,
  equals: (a: Block, b: Block) => a.parent === b.parent,
  forkChoice: longestChain<Block, string>()
}
const forest = createForest(options)

const applied = ['g']
forest.onHeadChange((change) => {
  for (const _ of change.undone) applied.pop()
  for (const block of change.applied) applied.push(block.id)
  console.log(change._tag, 'to', change.to, 'so that', applied.join(' '), 'is applied')
})
for (const [id = '', parent = ''] of ['ag', 'ba', 'xg', 'zy', 'yx']) forest.insert({ id, parent })

const before = forest.snapshot()
forest.prune('x')
console.log('pruned to', forest.size(), 'blocks; the snapshot still has', before.size())

const parts = {
  block: {
    encode: (b: Block) => textBytes.encode(b.id),
    decode: (bytes: Uint8Array, parent: string) => ({ id: textBytes.decode(bytes), parent })
  },
  score: numberBytes,
  state: noBytes
}
const bytes = encodeForest(forest.toData(), options, parts)
const data = decodeForest(bytes, options, parts)
const again = data._tag === 'Right' ? fromData(options, data.right) : data
console.log(bytes.length, 'bytes, read back:', again._tag === 'Right' && again.right.head())
