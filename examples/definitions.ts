/** The definitions of the paper as functions: a forest with a fork, and what a hash collision does to it. */
import { Forests, longestChain, transactionOf, unionMap } from '../spec/index.js'

const { types, params } = longestChain()
const { btExtend, btExtendAll, btChain, all_blocks } = Forests(types, params)
const { GenesisBlock: genesis, hashB } = params

const first = { prevBlockHash: hashB(genesis), txs: [transactionOf('alice pays bob')], proof: 1 }
const other = { prevBlockHash: hashB(genesis), txs: [], proof: 1 }
const second = { prevBlockHash: hashB(other), txs: [], proof: 2 }

const forest = btExtendAll(unionMap.unit, [second, genesis, first, other])
console.log(`${all_blocks(forest).length} blocks, best chain of ${btChain(forest).length}`)
console.log(btChain(btExtend(forest, first)).length, 'after a block that was there')

const colliding = Forests(types, { ...params, hashB: (b) => (b === second ? hashB(other) : hashB(b)) })
const undefinedForest = colliding.btExtendAll(unionMap.unit, [genesis, other, second])
console.log(`${undefinedForest._tag}, best chain of ${colliding.btChain(undefinedForest).length}`)
