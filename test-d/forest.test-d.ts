/**
 * The public types of `blockforest/forest`, as users see them: inference, errors to be handled, and what does not fit.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { expectAssignable, expectError, expectNotAssignable, expectType } from 'tsd'
import {
  createForest,
  fromData,
  heaviestChain,
  left,
  longestChain,
  mostWork,
  right
} from '../dist/impl/forest/index.js'
import type {
  Forest,
  ForestData,
  ForestOptions,
  ForestView,
  HeadChange,
  ImportError,
  InsertError,
  Inserted,
  Known,
  Path,
  PruneError,
  Pruned,
  QueryError
} from '../dist/impl/forest/index.js'

interface Block {
  readonly id: string
  readonly parent: string
  readonly weight: number
}
const genesis: Block = { id: 'g', parent: '', weight: 0 }
const format = {
  genesis,
  hash: (b: Block) => b.id,
  parent: (b: Block) => b.parent,
  equals: (a: Block, b: Block) => a.weight === b.weight
}

// Without validation there is no state, and no reason to refuse a block.
const plain = createForest({ ...format, forkChoice: longestChain<Block, string>() })
expectType<Forest<Block, string, number, undefined, never>>(plain)
expectType<Either<InsertError<Block, string>, Inserted<Block, string, never>>>(plain.insert(genesis))

// State and reasons are those of the validation.
type Why = { readonly _tag: 'TooHeavy'; readonly by: number }
const options: ForestOptions<Block, string, bigint, number, Why> = {
  ...format,
  forkChoice: mostWork((b) => BigInt(b.weight)),
  validation: {
    genesis: 0,
    step: (sum, b, before) => {
      expectType<number>(sum)
      expectType<ReadonlyArray<Block>>(before())
      return b.weight > 9 ? left({ _tag: 'TooHeavy', by: b.weight - 9 }) : right(sum + b.weight)
    }
  }
}
const forest = createForest(options)
expectType<Forest<Block, string, bigint, number, Why>>(forest)
expectType<Either<QueryError<string>, bigint>>(forest.score('g'))
expectType<Either<QueryError<string>, number>>(forest.height('g'))
expectType<Either<QueryError<string>, ReadonlyArray<Block>>>(forest.chain('g'))
expectType<ReadonlyArray<Block>>(forest.bestChain(3))
expectType<Either<QueryError<string>, Path<Block, string>>>(forest.path('g', 'g'))
expectType<Either<PruneError<string>, Pruned<Block, string>>>(forest.prune('g'))
expectType<number>(forest.dropOrphans((b, hash) => b.weight > 9 && hash !== 'g'))
expectType<Known<Block, string, bigint, Why> | undefined>(forest.get('g'))
expectType<string>(forest.head())
expectType<() => void>(forest.onHeadChange((change) => expectType<HeadChange<Block, string>>(change)))
expectType<ForestData<Block, bigint, number>>(forest.toData())
expectType<Either<ImportError<Block, string>, Forest<Block, string, bigint, number, Why>>>(
  fromData(options, forest.toData())
)

// Results are told apart by their tags.
const result = forest.insert(genesis)
if (result._tag === 'Left') {
  if (result.left._tag === 'Collision') expectType<Block>(result.left.existing)
} else if (result.right._tag === 'Connected') expectType<HeadChange<Block, string> | undefined>(result.right.head)
else if (result.right._tag === 'Invalid' && result.right.invalidity._tag === 'Refused')
  expectType<Why>(result.right.invalidity.reason)

// A snapshot answers every question and takes no block.
expectType<ForestView<Block, string, bigint, number, Why>>(forest.snapshot())
expectNotAssignable<{ insert: unknown }>(forest.snapshot())
expectAssignable<ForestView<Block, string, bigint, number, Why>>(forest)

// Hashes may be branded: then no other string names a block.
type Hash = string & { readonly brand: unique symbol }
declare const branded: Forest<Block, Hash, number, undefined, never>
expectType<Hash>(branded.head())
expectError(branded.height('g'))

// What does not fit: among it, whatever is asynchronous.
expectError(createForest({ ...format, forkChoice: longestChain<Block, string>(), equals: async () => true }))
expectError(
  createForest({
    ...format,
    forkChoice: longestChain<Block, string>(),
    validation: { genesis: 0, step: async (n: number) => right(n) }
  })
)
expectError(heaviestChain(async (b: Block) => b.weight))
expectError(forest.dropOrphans(async () => true))
expectError(createForest({ ...format, hash: () => 1, forkChoice: longestChain() }))
expectError(createForest({ genesis, forkChoice: longestChain<Block, string>() }))
expectError(heaviestChain((b: Block) => b.id))
expectError(forest.insert({ id: 'x' }))
expectError(forest.head('x'))
