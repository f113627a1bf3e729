/**
 * Counters, after Sergey and Hobor: with `get` and `set`, with `testAndSet`, and with permissions to read and to write that are
 * recorded for each account.
 */
import {
  above,
  and,
  bool,
  decrease,
  demand,
  differs,
  done,
  equal,
  field,
  increase,
  local,
  mapping,
  not,
  or,
  raise,
  sender,
  set,
  uint,
  when,
  address
} from './language.js'
import type { Contract, Definition } from './language.js'
import { NOBODY } from './semantics.js'

const count = field('count', 'uint')
const next = local('next', 'uint')
const expected = local('expected', 'uint')

const get: Definition = { name: 'get', parameters: [], returns: 'uint', body: [done(count)] }
const setter: Definition = {
  name: 'set',
  parameters: [{ name: 'next', type: 'uint' }],
  body: [set(count, next)]
}

/** A counter that is read in one transaction and written in another, or tested and set in one. */
export const Counter: Contract = {
  name: 'Counter',
  fields: [{ name: 'count', type: 'uint' }],
  functions: [
    get,
    setter,
    {
      name: 'testAndSet',
      parameters: [
        { name: 'expected', type: 'uint' },
        { name: 'next', type: 'uint' }
      ],
      returns: 'bool',
      body: [when(differs(count, expected), [done(bool(false))]), set(count, next), done(bool(true))]
    }
  ]
}

const isReader = mapping('isReader', 'address', 'bool')
const readers = field('readers', 'uint')
const writer = field('writer', 'address')
const isFree = equal(writer, address(NOBODY))

/** A counter that is read by those who may read, and written by the one who may write. */
export const GuardedCounter: Contract = {
  name: 'GuardedCounter',
  fields: [
    { name: 'count', type: 'uint' },
    { name: 'isReader', from: 'address', type: 'bool' },
    { name: 'readers', type: 'uint' },
    { name: 'writer', type: 'address' }
  ],
  functions: [
    {
      name: 'acquireRead',
      parameters: [],
      body: [demand(and(isFree, not(isReader(sender)))), set(isReader(sender), bool(true)), increase(readers, uint(1n))]
    },
    {
      name: 'acquireWrite',
      parameters: [],
      body: [demand(isFree), when(above(readers, uint(0n)), [raise]), set(writer, sender)]
    },
    {
      name: 'release',
      parameters: [],
      body: [
        when(isReader(sender), [set(isReader(sender), bool(false)), decrease(readers, uint(1n))]),
        when(equal(writer, sender), [set(writer, address(NOBODY))])
      ]
    },
    { ...get, body: [demand(or(isReader(sender), equal(writer, sender))), ...get.body] },
    { ...setter, body: [demand(equal(writer, sender)), ...setter.body] }
  ]
}
