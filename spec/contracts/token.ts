/**
 * A token after ERC-20, of which one account owns all in the beginning: it may let others take some. To change how many,
 * `approve` writes anew, and does not see what was taken meanwhile.
 */
import { atLeast, below, bool, decrease, demand, done, equal, field, increase, local, mapping, or } from './language.js'
import { sender, set, uint, when } from './language.js'
import type { Contract, Definition, Expr, Statement } from './language.js'

const owner = field('owner', 'address')
const balances = mapping('balances', 'address', 'uint')
/** How much of the owner's tokens an account may take. (ERC-20 has such a mapping for each owner.) */
const allowed = mapping('allowed', 'address', 'uint')

const to = local('_to', 'address')
const allowance = allowed(local('_spender', 'address'))
const amount = local('_value', 'uint')
const expected = local('_expected', 'uint')

/** How an allowance is changed: overwritten; from zero or to zero only; if it is what is expected; by a difference. */
export type Approval = 'overwrite' | 'zero-first' | 'compare' | 'decrease'

const TO = { name: '_to', type: 'address' } as const
const SPENDER = { name: '_spender', type: 'address' } as const
const AMOUNT = { name: '_value', type: 'uint' } as const

const moves = (giver: Expr<'address'>): ReadonlyArray<Statement> => [
  demand(atLeast(balances(giver), amount)),
  decrease(balances(giver), amount),
  increase(balances(to), amount)
]

const demandOwner = demand(equal(sender, owner))

const approvals: Readonly<Record<Approval, ReadonlyArray<Definition>>> = (() => {
  const approve = (...checks: ReadonlyArray<Statement>): Definition => ({
    name: 'approve',
    parameters: [SPENDER, AMOUNT],
    returns: 'bool',
    body: [demandOwner, ...checks, set(allowance, amount), done(bool(true))]
  })
  const compared = approve(demand(equal(allowance, expected)))
  return {
    overwrite: [approve()],
    'zero-first': [approve(demand(or(equal(amount, uint(0n)), equal(allowance, uint(0n)))))],
    compare: [{ ...compared, parameters: [SPENDER, { name: '_expected', type: 'uint' }, AMOUNT] }],
    decrease: [
      approve(),
      {
        name: 'decreaseApproval',
        parameters: [SPENDER, AMOUNT],
        returns: 'bool',
        body: [
          demandOwner,
          when(below(allowance, amount), [set(allowance, uint(0n))], [decrease(allowance, amount)]),
          done(bool(true))
        ]
      }
    ]
  }
})()

/** A token. */
export const Token = (approval: Approval = 'overwrite'): Contract => ({
  name: 'Token',
  fields: [
    { name: 'owner', type: 'address' },
    { name: 'balances', from: 'address', type: 'uint' },
    { name: 'allowed', from: 'address', type: 'uint' }
  ],
  functions: [
    {
      name: 'balanceOf',
      parameters: [{ name: '_owner', type: 'address' }],
      returns: 'uint',
      body: [done(balances(local('_owner', 'address')))]
    },
    { name: 'transfer', parameters: [TO, AMOUNT], returns: 'bool', body: [...moves(sender), done(bool(true))] },
    ...approvals[approval],
    {
      name: 'transferFrom',
      parameters: [TO, AMOUNT],
      returns: 'bool',
      body: [
        demand(atLeast(allowed(sender), amount)),
        ...moves(owner),
        decrease(allowed(sender), amount),
        done(bool(true))
      ]
    }
  ]
})
