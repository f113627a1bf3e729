/**
 * A rule of one's own: blocks that carry votes, of which the chain with the most wins, and a validation that folds a
 * balance along the chain.
 */
import { checkLaws, createForest, heaviestChain, left, right } from '../../impl/forest/index.js'
import type { ForestOptions } from '../../impl/forest/index.js'

interface Block {
  readonly id: string
  readonly parent: string
  readonly votes: number
  /** What the block takes out of the treasury. */
  readonly spends: number
}

const options: ForestOptions<Block, string, number, number, string> = {
  genesis: { id: 'genesis', parent: '', votes: 0, spends: 0 },
  hash: (b) => b.id,
  parent: (b) => b.parent,
  equals: (a, b) => a.parent === b.parent && a.votes === b.votes && a.spends === b.spends,
  forkChoice: heaviestChain((b) => b.votes),
  validation: {
    genesis: 100,
    step: (funds, b) => (b.spends <= funds ? right(funds - b.spends) : left(`${b.id} spends ${b.spends} of ${funds}`))
  }
}

const blocks: ReadonlyArray<Block> = [
  { id: 'c', parent: 'b', votes: 9, spends: 0 },
  { id: 'b', parent: 'genesis', votes: 1, spends: 200 },
  { id: 'a', parent: 'genesis', votes: 3, spends: 60 },
  { id: 'd', parent: 'a', votes: 2, spends: 40 }
]
const forest = createForest(options)
for (const block of blocks) {
  const result = forest.insert(block)
  if (result._tag === 'Left') console.log(block.id, 'was not inserted:', result.left._tag)
  else if (result.right._tag === 'Invalid')
    console.log(block.id, 'is invalid:', JSON.stringify(result.right.invalidity))
  else console.log(block.id, 'is', result.right._tag)
}
console.log('the head is', forest.head(), 'and the laws that the rule breaks are', checkLaws(options, blocks))
