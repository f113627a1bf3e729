/**
 * The part of The DAO that was attacked on 17 June 2016: `splitDAO`, whose lines 1010 to 1017 are on the slide, and what it
 * needs. Restated after DAO.sol of slockit/DAO, v1.0, without votes and deadlines.
 */
import {
  address,
  balance,
  bool,
  below,
  decrease,
  define,
  done,
  equal,
  field,
  give,
  increase,
  inline,
  local,
  mapping,
  minus,
  not,
  over,
  raise,
  remark,
  self,
  sender,
  set,
  times,
  together,
  uint,
  when
} from './language.js'
import type { Account, Contract, Definition, Statement } from './language.js'

const totalSupply = field('totalSupply', 'uint')
const balances = mapping('balances', 'address', 'uint')
const paidOut = mapping('paidOut', 'address', 'uint')
const rewards = mapping('rewards', 'address', 'uint')
/** What was moved to the DAO that an account has split off. */
const child = mapping('child', 'address', 'uint')
const isSplit = field('isSplit', 'bool')
const splitBalance = field('splitBalance', 'uint')
const splitSupply = field('splitSupply', 'uint')
const isLocked = field('isLocked', 'bool')

/** Where the money goes that is split off. */
export const CHILD: Account = 'childDAO'

const FIELDS: Contract['fields'] = [
  { name: 'totalSupply', type: 'uint' },
  { name: 'balances', from: 'address', type: 'uint' },
  { name: 'paidOut', from: 'address', type: 'uint' },
  { name: 'rewards', from: 'address', type: 'uint' },
  { name: 'child', from: 'address', type: 'uint' },
  { name: 'isSplit', type: 'bool' },
  { name: 'splitBalance', type: 'uint' },
  { name: 'splitSupply', type: 'uint' },
  { name: 'isLocked', type: 'bool' }
]

/** What is different in a repair, or in what was taken for one. */
export interface DaoVariant {
  /** The tokens are burnt before the reward is paid. */
  readonly effectsFirst?: boolean
  /** Functions that refuse to be entered while `splitDAO` runs. */
  readonly locks?: ReadonlyArray<'splitDAO' | 'transfer'>
  /** The reward is sent with a stipend of gas. */
  readonly sends?: boolean
}

const withdrawRewardFor = (sends: boolean): Definition => {
  const account = local('_account', 'address')
  const reward = local('reward', 'uint')
  return {
    name: 'withdrawRewardFor',
    parameters: [{ name: '_account', type: 'address' }],
    isInternal: true,
    body: [
      define('reward', minus(rewards(account), paidOut(account))),
      give(sends ? 'send' : 'call', account, reward, 'isPaid'),
      when(not(local('isPaid', 'bool')), [raise]),
      increase(paidOut(account), reward)
    ]
  }
}

/** The DAO, or a variant of it. */
export const Dao = ({ effectsFirst = false, locks = [], sends = false }: DaoVariant = {}): Contract => {
  const pay = withdrawRewardFor(sends)
  const guard = (name: 'splitDAO' | 'transfer'): ReadonlyArray<Statement> =>
    locks.includes(name) ? [when(isLocked, [raise])] : []
  const isLocking = locks.includes('splitDAO')
  const event = remark('Transfer(msg.sender, 0, balances[msg.sender]);')
  const payment = inline(pay, [sender], 'be nice, and get his rewards')
  const last = set(paidOut(sender), uint(0n))
  const burn = [
    decrease(totalSupply, balances(sender)),
    set(balances(sender), uint(0n)),
    isLocking ? together(last, set(isLocked, bool(false))) : last
  ]
  const moving = local('fundsToBeMoved', 'uint')

  const splitDAO: Definition = {
    name: 'splitDAO',
    parameters: [],
    returns: 'bool',
    ...(effectsFirst || isLocking || sends ? {} : { firstLine: 1000 }),
    body: [
      together(
        ...guard('splitDAO'),
        when(equal(balances(sender), uint(0n)), [raise]),
        ...(isLocking ? [set(isLocked, bool(true))] : [])
      ),
      together(
        when(not(isSplit), [set(isSplit, bool(true)), set(splitBalance, balance(self)), set(splitSupply, totalSupply)]),
        define('fundsToBeMoved', over(times(balances(sender), splitBalance), splitSupply)),
        give('transfer', address(CHILD), moving),
        increase(child(sender), moving)
      ),
      remark('// Burn DAO Tokens'),
      event,
      ...(effectsFirst ? [...burn, payment] : [payment, ...burn]),
      done(bool(true))
    ]
  }

  const amount = local('_value', 'uint')
  const to = local('_to', 'address')
  const transfer: Definition = {
    name: 'transfer',
    parameters: [
      { name: '_to', type: 'address' },
      { name: '_value', type: 'uint' }
    ],
    returns: 'bool',
    body: [
      ...guard('transfer'),
      when(below(balances(sender), amount), [raise]),
      decrease(balances(sender), amount),
      increase(balances(to), amount),
      done(bool(true))
    ]
  }
  return { name: 'DAO', fields: FIELDS, functions: [splitDAO, pay, transfer] }
}
