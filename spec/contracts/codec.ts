/**
 * What contracts have, as a text: equal states are equal texts. Replicas compare states by digests of their texts, and pass
 * them on to those that are behind.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as J from 'fp-ts/lib/Json.js'
import * as t from 'io-ts'
import { genesis } from './machine.js'
import type { World } from './machine.js'
import type { Value } from './language.js'

/** A value: numbers, which JSON does not hold exactly, by their digits. */
type Written = boolean | string | { readonly uint: string }

const Uint = new t.Type<bigint, string, unknown>(
  'Uint',
  (u): u is bigint => typeof u === 'bigint',
  (u, c) => (typeof u === 'string' && /^\d+$/.test(u) ? t.success(BigInt(u)) : t.failure(u, c)),
  String
)
const Tagged = t.readonly(t.type({ uint: Uint }))

const write = (v: Value): Written => (typeof v === 'bigint' ? { uint: String(v) } : v)

const Fields = t.readonlyArray(t.tuple([t.string, t.union([t.boolean, t.string, Tagged])]))
const Between = t.tuple([
  t.number,
  Uint,
  t.readonlyArray(t.tuple([t.string, Uint])),
  t.readonlyArray(t.tuple([t.string, Fields]))
])

/** The entries of a record, by name. */
const entries = <X>(record: Readonly<Record<string, X>>): ReadonlyArray<readonly [string, X]> =>
  Object.keys(record)
    .toSorted()
    .flatMap((name) => {
      const x = record[name]
      return x === undefined ? [] : [[name, x] as const]
    })

/** A world between transactions, as a text in one line. */
export const worldText = ({ transactions, block, balances, stores }: World): string =>
  JSON.stringify([
    transactions,
    String(block),
    entries(balances).map(([account, n]) => [account, String(n)]),
    entries(stores).map(([account, store]) => [account, entries(store).map(([name, v]) => [name, write(v)])])
  ])

/** The world of a text that `worldText` has made. Left: it is none. */
export const worldOfText = (text: string): E.Either<string, World> =>
  pipe(
    J.parse(text),
    E.mapLeft(() => 'no JSON'),
    E.chain((json) =>
      pipe(
        Between.decode(json),
        E.mapLeft(() => 'no world of contracts')
      )
    ),
    E.map(([transactions, block, balances, stores]) => ({
      ...genesis(
        {
          balances: Object.fromEntries(balances),
          stores: Object.fromEntries(
            stores.map(([account, fields]) => [
              account,
              Object.fromEntries(fields.map(([name, v]) => [name, typeof v === 'object' ? v.uint : v]))
            ])
          )
        },
        block
      ),
      transactions
    }))
  )
