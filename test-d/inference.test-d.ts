/**
 * What the compiler finds out by itself where a program makes a forest: in each way of writing one, blocks have their
 * type in every function, and none of them needs an annotation.
 */
import { expectError, expectType } from 'tsd'
import {
  checkLaws,
  createForest,
  fromData,
  heaviestChain,
  left,
  longestChain,
  mostWork,
  proofOfWork,
  right
} from '../dist/impl/forest/index.js'
import type { Forest, ForestData, ForestOptions, RuleFunction, Validation } from '../dist/impl/forest/index.js'

interface Block {
  readonly id: string
  readonly parent: string
  readonly weight: number
  readonly work: bigint
  readonly uncles: ReadonlyArray<string>
}
declare const genesis: Block

// A rule directly among the options.
expectType<Forest<Block, string, number, undefined, never>>(
  createForest({
    genesis,
    hash: (b) => b.id,
    parent: (b) => b.parent,
    equals: (a, b) => a.weight === b.weight,
    forkChoice: heaviestChain((b) => b.weight)
  })
)
// Its place among them does not matter, nor does how the functions are written.
expectType<Forest<Block, string, number, undefined, never>>(
  createForest({
    forkChoice: heaviestChain((b, hash) => (hash === b.id ? 1 : 1 + b.uncles.length)),
    equals(a, b) {
      return a.weight === b.weight
    },
    hash(b) {
      return b.id
    },
    parent: ({ parent }) => parent,
    genesis
  })
)
// The type of blocks may be that of genesis as it is written.
createForest({
  genesis: { id: 'g', parent: '', votes: 0 },
  hash: (b) => b.id,
  parent: (b) => b.parent,
  equals: (a, b) => a.votes === b.votes,
  forkChoice: heaviestChain((b) => {
    expectType<number>(b.votes)
    return b.votes
  })
})
// In bigints.
expectType<Forest<Block, string, bigint, undefined, never>>(
  createForest({
    genesis,
    hash: (b) => b.id,
    parent: (b) => b.parent,
    equals: (a, b) => a.work === b.work,
    forkChoice: mostWork((b) => b.work)
  })
)
// With a tie-break of one's own.
expectType<Forest<Block, string, number, undefined, never>>(
  createForest({
    genesis,
    hash: (b) => b.id,
    parent: (b) => b.parent,
    equals: (a, b) => a.weight === b.weight,
    forkChoice: longestChain((a, b, hashA, hashB) => a.weight - b.weight || (hashA < hashB ? -1 : 1))
  })
)
createForest({
  genesis,
  hash: (b) => b.id,
  parent: (b) => b.parent,
  equals: (a, b) => a.weight === b.weight,
  forkChoice: mostWork(
    (b) => b.work,
    (a, b) => b.weight - a.weight
  )
})
createForest({
  genesis,
  hash: (b) => b.id,
  parent: (b) => b.parent,
  equals: () => true,
  forkChoice: proofOfWork((a, b) => a.weight - b.weight)
})
// A score of one's own, and a rule on chains.
expectType<Forest<Block, string, { sum: number }, undefined, never>>(
  createForest({
    genesis,
    hash: (b) => b.id,
    parent: (b) => b.parent,
    equals: (a, b) => a.weight === b.weight,
    forkChoice: {
      genesis: { sum: 0 },
      extend: ({ sum }, b) => ({ sum: sum + b.weight }),
      compare: (a, b) => a.sum - b.sum,
      tieBreak: (a, b) => a.weight - b.weight
    }
  })
)
createForest({
  genesis,
  hash: (b) => b.id,
  parent: (b) => b.parent,
  equals: (a, b) => a.weight === b.weight,
  forkChoice: { better: (a, b) => a.length > b.length || (a.at(-1)?.weight ?? 0) > (b.at(-1)?.weight ?? 0) }
})
// Validation and the other functions beside it.
expectType<Forest<Block, string, number, number, string>>(
  createForest({
    genesis,
    hash: (b) => b.id,
    parent: (b) => b.parent,
    equals: (a, b) => a.weight === b.weight,
    forkChoice: heaviestChain((b) => b.weight),
    validation: {
      genesis: 0,
      lookback: 2,
      step: (sum, b, before) => {
        expectType<ReadonlyArray<Block>>(before())
        return b.weight > 9 ? left(`${b.id} is too heavy`) : right(sum + b.weight)
      }
    },
    evictOrphan: (incoming, hash, orphans) => {
      expectType<Block>(incoming)
      for (const [h, b] of orphans) if (b.weight === 0) return h
      return hash === '' ? undefined : hash
    },
    onListenerFault: (faults) => expectType<ReadonlyArray<unknown>>(faults)
  })
)

// Options from parts that stand elsewhere.
const format = {
  genesis,
  hash: (b: Block) => b.id,
  parent: (b: Block) => b.parent,
  equals: (a: Block, b: Block) => a.weight === b.weight
}
expectType<Forest<Block, string, number, undefined, never>>(
  createForest({ ...format, forkChoice: heaviestChain((b) => b.weight) })
)
// A rule that stands alone needs to be told what a block is: by an annotation, or by its type parameters.
const annotated = heaviestChain((b: Block) => b.weight)
const explicit = heaviestChain<Block, string>((b) => b.weight)
const declared: RuleFunction<Block, string, bigint> = mostWork((b) => b.work)
expectType<Forest<Block, string, number, undefined, never>>(createForest({ ...format, forkChoice: annotated }))
expectType<Forest<Block, string, number, undefined, never>>(createForest({ ...format, forkChoice: explicit }))
expectType<Forest<Block, string, bigint, undefined, never>>(createForest({ ...format, forkChoice: declared }))
expectType<Forest<Block, string, number, undefined, never>>(
  createForest<Block, string, number>({ ...format, forkChoice: heaviestChain((b) => b.weight) })
)
const options: ForestOptions<Block, string, number> = { ...format, forkChoice: heaviestChain((b) => b.weight) }
expectType<Forest<Block, string, number, undefined, never>>(createForest(options))
const satisfying = {
  ...format,
  forkChoice: heaviestChain((b) => b.weight)
} satisfies ForestOptions<Block, string, number>
expectType<Forest<Block, string, number, undefined, never>>(createForest(satisfying))
const validation: Validation<Block, number, string> = { genesis: 0, step: (n) => right(n + 1) }
expectType<Forest<Block, string, number, number, string>>(
  createForest({ ...format, validation, forkChoice: heaviestChain((b) => b.weight) })
)

// The other functions that take options.
checkLaws({ ...format, forkChoice: heaviestChain((b) => b.weight) }, [genesis])
declare const data: ForestData<Block, number, undefined>
const imported = fromData({ ...format, forkChoice: heaviestChain((b) => b.weight) }, data)
if (imported._tag === 'Right') expectType<Forest<Block, string, number, undefined, never>>(imported.right)

// Branded hashes stay what they are.
type Hash = string & { readonly brand: unique symbol }
interface Branded {
  readonly id: Hash
  readonly parent: Hash
  readonly weight: number
}
declare const first: Branded
expectType<Forest<Branded, Hash, number, undefined, never>>(
  createForest({
    genesis: first,
    hash: (b) => b.id,
    parent: (b) => b.parent,
    equals: (a, b) => a.weight === b.weight,
    forkChoice: heaviestChain((b) => b.weight)
  })
)

// What is inferred is also checked.
expectError(createForest({ ...format, forkChoice: heaviestChain((b) => b.wieght) }))
expectError(createForest({ ...format, forkChoice: heaviestChain((b) => b.work) }))
expectError(createForest({ ...format, forkChoice: mostWork((b) => b.weight) }))
expectError(createForest({ ...format, forkChoice: heaviestChain(async (b) => b.weight) }))
expectError(createForest({ ...format, forkChoice: heaviestChain((b: { readonly votes: number }) => b.votes) }))
