/**
 * The block-forest library: `import { createForest, longestChain } from 'blockforest/forest'`.
 *
 * Beside it, so that it stays small: `blockforest/forest/codec` (JSON), `blockforest/forest/binary` (bytes),
 * `blockforest/forest/spec` (the specification's parameters and trees), `blockforest/forest/bitcoin` (real headers).
 */
export { left, right } from './either.js'
export { createForest, fromData } from './forest.js'
export { ghost } from './ghost.js'
export { checkLaws } from './laws.js'
export type { Law, Violation } from './laws.js'
export {
  bitcoinWork,
  heaviestChain,
  leadingZeroBits,
  longestChain,
  mostWork,
  proofOfWork,
  smallerHash
} from './rules.js'
export type { RuleFunction, TieBreak } from './rules.js'
export type {
  ChainBefore,
  ChainRule,
  Failed,
  ForkChoice,
  Forest,
  ForestData,
  ForestOptions,
  ForestView,
  HeadChange,
  ImportError,
  InsertError,
  Inserted,
  Invalidity,
  Known,
  Path,
  PruneError,
  Pruned,
  QueryError,
  Rejected,
  ScoreRule,
  Validation
} from './types.js'
