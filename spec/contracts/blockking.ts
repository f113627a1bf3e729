/**
 * BlockKing: who enters becomes the king if the oracle's random digit is the last digit of the block in which it has entered.
 * The oracle answers in a transaction of its own: a call and a return in two transactions. `enter` and `__callback` are on the
 * slide; the payment is restated after the published source of the contract.
 */
import { above, address, bool, below, blockNumber, balance, define, differs, done, equal } from './language.js'
import { field, give, increase, inline, local, mapping, minus, modulo, over, raise, remark, self } from './language.js'
import { sender, set, times, uint, value, when } from './language.js'
import type { Account, Contract, Definition, Place, Statement } from './language.js'
import { NOBODY } from './semantics.js'

const owner = field('owner', 'address')
const king = field('king', 'address')
const warrior = field('warrior', 'address')
const warriorGold = field('warriorGold', 'uint')
const warriorBlock = field('warriorBlock', 'uint')
const kingBlock = field('kingBlock', 'uint')
const rewardPercent = field('rewardPercent', 'uint')
const randomNumber = field('randomNumber', 'uint')
/** Who has won with the last answer; nobody: the challenger has lost. */
const winner = field('winner', 'address')
/** How often it was entered: the oracle numbers its queries so. */
const entered = field('entered', 'uint')
const isWaiting = field('isWaiting', 'bool')
const players = mapping('players', 'uint', 'address')
const blocks = mapping('blocks', 'uint', 'uint')
const golds = mapping('golds', 'uint', 'uint')

/** The account of the oracle. */
export const ORACLE: Account = 'oracle'

/** How large the numbers are, and what is different from the slide. */
export interface BlockKingOptions {
  /** How many last digits blocks have; the oracle answers with one of them. */
  readonly digits: bigint
  /** What it costs to enter, at least. */
  readonly price: bigint
  /** Money is paid to the king and to the owner. Without, nobody pays to enter, and what is about money is left out. */
  readonly pays: boolean
  /** `records`: what was entered is kept for each query. `one-pending`: nobody enters while a query is open. */
  readonly repair?: 'records' | 'one-pending' | undefined
  /** How long the king has reigned is taken the right way round. */
  readonly isOrdered?: boolean
  /** Whoever likes may call the payment, as in the published source. */
  readonly isPublic?: boolean
}

const myid = local('myid', 'uint')
const percent = local('percent', 'uint')

/** The three places of what was entered: shared by all, or a record for each query. */
interface Entry {
  readonly player: Place<'address'>
  readonly gold: Place<'uint'>
  readonly block: Place<'uint'>
}

const payment = ({ isOrdered = false }: BlockKingOptions, { block }: Entry): ReadonlyArray<Statement> => [
  define('percent', rewardPercent),
  remark('// a king that has reigned for more than 2000 blocks gets more'),
  when(above(isOrdered ? minus(block, kingBlock) : minus(kingBlock, block), uint(2000n)), [
    define('percent', uint(90n))
  ]),
  give('send', king, over(times(balance(self), percent), uint(100n))),
  give('send', owner, balance(self))
]

/** BlockKing. */
export const BlockKing = (options: BlockKingOptions): Contract => {
  const { digits, price, pays, repair, isPublic = false } = options
  const entry: Entry =
    repair === 'records'
      ? { player: players(myid), gold: golds(myid), block: blocks(myid) }
      : { player: warrior, gold: warriorGold, block: warriorBlock }
  const refund: ReadonlyArray<Statement> = [give('send', sender, value), done()]

  const processPayment: Definition = {
    name: 'process_payment',
    parameters: repair === 'records' ? [{ name: 'myid', type: 'uint' }] : [],
    isInternal: !isPublic,
    body: [
      set(winner, address(NOBODY)),
      when(equal(modulo(entry.block, uint(digits)), randomNumber), [
        ...(pays
          ? [
              when(above(entry.gold, uint(999n)), [set(rewardPercent, uint(75n))], [set(rewardPercent, uint(50n))]),
              set(kingBlock, entry.block)
            ]
          : []),
        set(king, entry.player),
        set(winner, entry.player)
      ]),
      ...(pays ? payment(options, entry) : [])
    ]
  }

  const enter: Definition = {
    name: 'enter',
    parameters: [],
    returns: 'uint',
    body: [
      increase(entered, uint(1n)),
      define('myid', entered),
      ...(pays ? [when(below(value, uint(price)), refund)] : []),
      ...(repair === 'one-pending' ? [when(isWaiting, refund), set(isWaiting, bool(true))] : []),
      set(entry.player, sender),
      ...(pays ? [set(entry.gold, value)] : []),
      set(entry.block, blockNumber),
      remark('// oraclize_query(0, "WolframAlpha", "random number between 1 and 9") has this number'),
      done(myid)
    ]
  }

  const callback: Definition = {
    name: '__callback',
    parameters: [
      { name: 'myid', type: 'uint' },
      { name: 'result', type: 'uint' }
    ],
    body: [
      when(differs(sender, address(ORACLE)), [raise]),
      ...(repair === 'one-pending' ? [set(isWaiting, bool(false))] : []),
      set(randomNumber, local('result', 'uint')),
      inline(processPayment, repair === 'records' ? [myid] : [])
    ]
  }
  return { name: 'BlockKing', fields: FIELDS, functions: [enter, callback, processPayment] }
}

const FIELDS: Contract['fields'] = [
  ...[
    owner,
    king,
    warrior,
    warriorGold,
    warriorBlock,
    kingBlock,
    rewardPercent,
    randomNumber,
    winner,
    entered,
    isWaiting
  ].map(({ name, type }) => ({ name, type })),
  { name: 'players', from: 'uint', type: 'address' },
  { name: 'blocks', from: 'uint', type: 'uint' },
  { name: 'golds', from: 'uint', type: 'uint' }
]
