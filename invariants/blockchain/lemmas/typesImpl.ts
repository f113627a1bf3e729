/**
 * Concrete types: the lemmas of `Extraction/TypesImpl.v`. They say that the orders on numbers, characters, strings and blocks
 * are strict and total, and that their equalities decide equality. They are about one choice of types, whatever the theory.
 */
import * as fc from 'fast-check'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import type { Hash, Transaction } from '../../../spec/blockchain/codec.js'
import { blockOrd, typesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import { eq_block } from '../../../spec/blockchain/types.js'
import type { Block } from '../../../spec/blockchain/types.js'
import { ord, ordNumber, ordString } from '../../../spec/prelude/order.js'
import { seqEq } from '../../../spec/prelude/seq.js'
import { and, equal, given, iff, not, or, vocabulary } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapterOn, forall } from '../../proof/lemma.js'
import { listed, listsUpTo, mapped, tuple } from '../../proof/sort.js'
import type { Sort } from '../../proof/sort.js'

const types = vocabulary('concrete types')
const { lift, predicate, sort } = types
const { lemma } = chapterOn('Extraction/TypesImpl.v', { vocabulary: types }, 'eq_blockP')

type B = Block<TypesImpl>
type Num<N> = Named<number, N>
type Str<N> = Named<string, N>
type Blk<N> = Named<B, N>

// ------------------------------------------------------------------------------------------------------- values

const CHARACTERS = ['\u0000', '0', 'A', 'a', '\u00ff']

const number: Sort<number> = listed([0, 1, 2, 255, 256])
const character: Sort<string> = listed(CHARACTERS)
const string: Sort<string> = listed(listsUpTo(2, ['0', 'x', 'a']).map((letters) => letters.join('')))
const hash: Sort<Hash> = listed(['', '0x', '0x1'].map(hashOf))
const transactions: Sort<ReadonlyArray<Transaction>> = listed(listsUpTo(1, ['', 't'].map(transactionOf)))
const block: Sort<B> = mapped(
  tuple(hash, transactions, listed([0, 1])),
  ([prevBlockHash, txs, proof]): B => ({ prevBlockHash, txs, proof })
)

/** Three values, so that two steps of an order lead from the first to the last most of the time. */
const ascending = <A>(A: Ord<A>, sort: Sort<A>) =>
  forall('x y z', sort, sort, sort).drawnBy(
    fc.tuple(sort.sample, sort.sample, sort.sample, fc.nat(4)),
    ([x, y, z, n]) => {
      const [a, b, c] = n === 0 ? [x, y, z] : [x, y, z].sort(A.compare)
      return [a ?? x, b ?? y, c ?? z]
    }
  )

/** Two values, equal ones not seldom. */
const pairs = <A>(sort: Sort<A>) =>
  forall('x y', sort, sort).drawnBy(fc.tuple(sort.sample, sort.sample, fc.nat(3)), ([x, y, n]) => [x, n === 0 ? x : y])

// -------------------------------------------------------------------------------------------------------- words

const Number_ = sort<number>('Number', ordNumber)
const String_ = sort<string>('String', ordString)
/** Characters are those of eight bits, as Coq's are: no other string is in their sort, as it is not equal to itself. */
const Character_ = sort<string>('Character', { equals: (x, y) => x === y && x.length === 1 && x <= '\u00ff' })
const Strings = sort<ReadonlyArray<string>>('Strings')
const Transactions = sort<ReadonlyArray<Transaction>>('Transactions', seqEq(typesImpl.Transaction))
const Block_ = sort<B>('Block', eq_block<TypesImpl>(typesImpl))

const ltNumber = predicate('N.ltb', [Number_, Number_], ord(ordNumber))
const ltCharacter = predicate('ascii_ltb', [Character_, Character_], ord(ordString))
const ltString = predicate('string_ltb', [String_, String_], ord(ordString))
const ltBlock = predicate('block_ltb', [Block_, Block_], ord(blockOrd<TypesImpl>(typesImpl)))
const eqNumber = equal(Number_)
const eqString = equal(String_)
const eqCharacter = equal(Character_)
const eqBlock = equal(Block_)

/** Coq's `N.eqb`, digit by digit. */
const eqb = predicate('N.eqb', [Number_, Number_], (x, y) => String(x) === String(y))
/** Coq's `ascii_eqb`, bit by bit. */
const ascii_eqb = predicate('ascii_eqb', [Character_, Character_], (x, y) =>
  [0, 1, 2, 3, 4, 5, 6, 7].every((i) => ((x.charCodeAt(0) ^ y.charCodeAt(0)) & (1 << i)) === 0)
)
/** Coq's `string_eqb`, character by character. */
const string_eqb = predicate(
  'string_eqb',
  [String_, String_],
  (x, y) => x.length === y.length && x.split('').every((c, i) => c === y[i])
)
const N_of_ascii = lift('N_of_ascii', [Character_], Number_, (c) => c.charCodeAt(0))
const list_ascii_of_string = lift('list_ascii_of_string', [String_], Strings, (s) => s.split(''))
const string_of_list_ascii = lift('string_of_list_ascii', [Strings], String_, (l) => l.join(''))
const prevBlockHash = lift('prevBlockHash', [Block_], String_, (b): string => b.prevBlockHash)
const txs = lift('txs', [Block_], Transactions, (b) => b.txs)
const proof = lift('proof', [Block_], Number_, (b) => b.proof)
const eqTxs = equal(Transactions)
const eq_block_test = predicate('eq_block', [Block_, Block_], (a, b) => eq_block<TypesImpl>(typesImpl).equals(a, b))

// ------------------------------------------------------------------------------------------------------ numbers

/** @coq Extraction/TypesImpl.v eq_NP */
export const eq_NP = lemma(
  'eq_NP',
  'N.eqb(x, y) ⇔ x = y',
  'The test for equal numbers decides that they are.'
)(() => pairs<number>(number).state(<x, y>(x: Num<x>, y: Num<y>) => given().infer(iff(eqb(x, y), eqNumber(x, y)))))

/** @coq Extraction/TypesImpl.v irr_ltbN */
export const irr_ltbN = lemma(
  'irr_ltbN',
  'not x < x',
  'No number comes before itself.'
)(() => forall('x', number).state(<x>(x: Num<x>) => given().infer(not(ltNumber(x, x)))))

/** @coq Extraction/TypesImpl.v trans_ltbN */
export const trans_ltbN = lemma(
  'trans_ltbN',
  'x < y ∧ y < z ⇒ x < z',
  'A number that comes before one before a third comes before that.'
)(() =>
  ascending<number>(ordNumber, number).state(<x, y, z>(x: Num<x>, y: Num<y>, z: Num<z>) =>
    given(ltNumber(x, y), ltNumber(y, z)).infer(ltNumber(x, z))
  )
)

/** @coq Extraction/TypesImpl.v total_ltbN */
export const total_ltbN = lemma(
  'total_ltbN',
  'x < y ∨ x = y ∨ y < x',
  'Of two different numbers one comes first.'
)(() =>
  pairs<number>(number).state(<x, y>(x: Num<x>, y: Num<y>) =>
    given().infer(or(ltNumber(x, y), or(eqNumber(x, y), ltNumber(y, x))))
  )
)

// ------------------------------------------------------------------------------------------------------ strings

/** @coq Extraction/TypesImpl.v ascii_eqP */
export const ascii_eqP = lemma(
  'ascii_eqP',
  'ascii_eqb(x, y) ⇔ x = y',
  'The test for equal characters decides that they are.'
)(() =>
  pairs<string>(character).state(<x, y>(x: Str<x>, y: Str<y>) => given().infer(iff(ascii_eqb(x, y), eqCharacter(x, y))))
)

/** @coq Extraction/TypesImpl.v ascii_eqb_refl */
export const ascii_eqb_refl = lemma(
  'ascii_eqb_refl',
  'ascii_eqb(x, x)',
  'A character passes the test for being equal to itself.'
)(() => forall('x', character).state(<x>(x: Str<x>) => given().infer(ascii_eqb(x, x))))

/** @coq Extraction/TypesImpl.v string_eqP */
export const string_eqP = lemma(
  'string_eqP',
  'string_eqb(x, y) ⇔ x = y',
  'The test for equal strings decides that they are.'
)(() =>
  pairs<string>(string).state(<x, y>(x: Str<x>, y: Str<y>) => given().infer(iff(string_eqb(x, y), eqString(x, y))))
)

/** @coq Extraction/TypesImpl.v ascii_eqb_N */
export const ascii_eqb_N = lemma(
  'ascii_eqb_N',
  'ascii_eqb(x, y) ⇔ code x = code y',
  'Characters are equal if their codes are.'
)(() =>
  pairs<string>(character).state(<x, y>(x: Str<x>, y: Str<y>) =>
    given().infer(iff(ascii_eqb(x, y), eqNumber(N_of_ascii(x), N_of_ascii(y))))
  )
)

/** @coq Extraction/TypesImpl.v irr_ascii */
export const irr_ascii = lemma(
  'irr_ascii',
  'not x < x',
  'No character comes before itself.'
)(() => forall('x', character).state(<x>(x: Str<x>) => given().infer(not(ltCharacter(x, x)))))

/** @coq Extraction/TypesImpl.v trans_ascii */
export const trans_ascii = lemma(
  'trans_ascii',
  'x < y ∧ y < z ⇒ x < z',
  'A character that comes before one before a third comes before that.'
)(() =>
  ascending<string>(ordString, character).state(<x, y, z>(x: Str<x>, y: Str<y>, z: Str<z>) =>
    given(ltCharacter(x, y), ltCharacter(y, z)).infer(ltCharacter(x, z))
  )
)

/** @coq Extraction/TypesImpl.v total_ascii */
export const total_ascii = lemma(
  'total_ascii',
  'x < y ∨ x = y ∨ y < x',
  'Of two different characters one comes first.'
)(() =>
  pairs<string>(character).state(<x, y>(x: Str<x>, y: Str<y>) =>
    given().infer(or(ltCharacter(x, y), or(eqCharacter(x, y), ltCharacter(y, x))))
  )
)

/** @coq Extraction/TypesImpl.v embedding_list_ascii */
export const embedding_list_ascii = lemma(
  'embedding_list_ascii',
  'the string of the characters of x = x',
  'A string is what its characters make.'
)(() =>
  forall('x', string).state(<x>(x: Str<x>) => given().infer(eqString(string_of_list_ascii(list_ascii_of_string(x)), x)))
)

/** @coq Extraction/TypesImpl.v irr_string */
export const irr_string = lemma(
  'irr_string',
  'not x < x',
  'No string comes before itself.'
)(() => forall('x', string).state(<x>(x: Str<x>) => given().infer(not(ltString(x, x)))))

/** @coq Extraction/TypesImpl.v trans_string */
export const trans_string = lemma(
  'trans_string',
  'x < y ∧ y < z ⇒ x < z',
  'A string that comes before one before a third comes before that.'
)(() =>
  ascending<string>(ordString, string).state(<x, y, z>(x: Str<x>, y: Str<y>, z: Str<z>) =>
    given(ltString(x, y), ltString(y, z)).infer(ltString(x, z))
  )
)

/** @coq Extraction/TypesImpl.v total_string */
export const total_string = lemma(
  'total_string',
  'x < y ∨ x = y ∨ y < x',
  'Of two different strings one comes first.'
)(() =>
  pairs<string>(string).state(<x, y>(x: Str<x>, y: Str<y>) =>
    given().infer(or(ltString(x, y), or(eqString(x, y), ltString(y, x))))
  )
)

// ------------------------------------------------------------------------------ hashes, proofs, and transactions

/** @coq Extraction/TypesImpl.v irr_Hl */
export const irr_Hl = lemma(
  'irr_Hl',
  'not x < x',
  'No hash comes before itself.',
  'The order of hashes is that of strings.'
)((theory: object) =>
  forall('x', string).state(<x>(x: Str<x>) =>
    given()
      .infer(not(ltString(x, x)))
      .by(() => irr_string(theory)(x)())
  )
)

/** @coq Extraction/TypesImpl.v trans_Hl */
export const trans_Hl = lemma(
  'trans_Hl',
  'x < y ∧ y < z ⇒ x < z',
  'A hash that comes before one before a third comes before that.',
  'The order of hashes is that of strings.'
)((theory: object) =>
  ascending<string>(ordString, string).state(<x, y, z>(x: Str<x>, y: Str<y>, z: Str<z>) =>
    given(ltString(x, y), ltString(y, z))
      .infer(ltString(x, z))
      .by((p, q) => trans_string(theory)(x, y, z)(p, q))
  )
)

/** @coq Extraction/TypesImpl.v total_Hl */
export const total_Hl = lemma(
  'total_Hl',
  'x < y ∨ x = y ∨ y < x',
  'Of two different hashs one comes first.',
  'The order of hashes is that of strings.'
)((theory: object) =>
  pairs<string>(string).state(<x, y>(x: Str<x>, y: Str<y>) =>
    given()
      .infer(or(ltString(x, y), or(eqString(x, y), ltString(y, x))))
      .by(() => total_string(theory)(x, y)())
  )
)

/** @coq Extraction/TypesImpl.v irr_Vl */
export const irr_Vl = lemma(
  'irr_Vl',
  'not x < x',
  'No proof comes before itself.',
  'The order of proofs is that of numbers.'
)((theory: object) =>
  forall('x', number).state(<x>(x: Num<x>) =>
    given()
      .infer(not(ltNumber(x, x)))
      .by(() => irr_ltbN(theory)(x)())
  )
)

/** @coq Extraction/TypesImpl.v trans_Vl */
export const trans_Vl = lemma(
  'trans_Vl',
  'x < y ∧ y < z ⇒ x < z',
  'A proof that comes before one before a third comes before that.',
  'The order of proofs is that of numbers.'
)((theory: object) =>
  ascending<number>(ordNumber, number).state(<x, y, z>(x: Num<x>, y: Num<y>, z: Num<z>) =>
    given(ltNumber(x, y), ltNumber(y, z))
      .infer(ltNumber(x, z))
      .by((p, q) => trans_ltbN(theory)(x, y, z)(p, q))
  )
)

/** @coq Extraction/TypesImpl.v total_Vl */
export const total_Vl = lemma(
  'total_Vl',
  'x < y ∨ x = y ∨ y < x',
  'Of two different proofs one comes first.',
  'The order of proofs is that of numbers.'
)((theory: object) =>
  pairs<number>(number).state(<x, y>(x: Num<x>, y: Num<y>) =>
    given()
      .infer(or(ltNumber(x, y), or(eqNumber(x, y), ltNumber(y, x))))
      .by(() => total_ltbN(theory)(x, y)())
  )
)

/** @coq Extraction/TypesImpl.v irr_Tl */
export const irr_Tl = lemma(
  'irr_Tl',
  'not x < x',
  'No transaction comes before itself.',
  'The order of transactions is that of strings. (The first two of Coq speak of hashes, by a slip.)'
)((theory: object) =>
  forall('x', string).state(<x>(x: Str<x>) =>
    given()
      .infer(not(ltString(x, x)))
      .by(() => irr_string(theory)(x)())
  )
)

/** @coq Extraction/TypesImpl.v trans_Tl */
export const trans_Tl = lemma(
  'trans_Tl',
  'x < y ∧ y < z ⇒ x < z',
  'A transaction that comes before one before a third comes before that.',
  'The order of transactions is that of strings. (The first two of Coq speak of hashes, by a slip.)'
)((theory: object) =>
  ascending<string>(ordString, string).state(<x, y, z>(x: Str<x>, y: Str<y>, z: Str<z>) =>
    given(ltString(x, y), ltString(y, z))
      .infer(ltString(x, z))
      .by((p, q) => trans_string(theory)(x, y, z)(p, q))
  )
)

/** @coq Extraction/TypesImpl.v total_Tl */
export const total_Tl = lemma(
  'total_Tl',
  'x < y ∨ x = y ∨ y < x',
  'Of two different transactions one comes first.',
  'The order of transactions is that of strings. (The first two of Coq speak of hashes, by a slip.)'
)((theory: object) =>
  pairs<string>(string).state(<x, y>(x: Str<x>, y: Str<y>) =>
    given()
      .infer(or(ltString(x, y), or(eqString(x, y), ltString(y, x))))
      .by(() => total_string(theory)(x, y)())
  )
)

// ------------------------------------------------------------------------------------------------------- blocks

/** @coq Extraction/TypesImpl.v eq_blockP */
export const eq_blockP_impl = lemma(
  'eq_blockP',
  'eq_block(x, y) ⇔ prev x = prev y ∧ txs x = txs y ∧ proof x = proof y',
  'The equality of blocks decides that all their components are equal.'
)(() =>
  pairs<B>(block).state(<x, y>(x: Blk<x>, y: Blk<y>) =>
    given().infer(
      iff(
        eq_block_test(x, y),
        and(and(eqString(prevBlockHash(x), prevBlockHash(y)), eqTxs(txs(x), txs(y))), eqNumber(proof(x), proof(y)))
      )
    )
  )
)

/** @coq Extraction/TypesImpl.v eq_block_fields */
export const eq_block_fields = lemma(
  'eq_block_fields',
  'prev x = prev y ∧ txs x = txs y ∧ proof x = proof y ⇒ x = y',
  'Blocks with equal components are equal.'
)(() =>
  pairs<B>(block).state(<x, y>(x: Blk<x>, y: Blk<y>) =>
    given(eqString(prevBlockHash(x), prevBlockHash(y)), eqTxs(txs(x), txs(y)), eqNumber(proof(x), proof(y))).infer(
      eqBlock(x, y)
    )
  )
)

/** @coq Extraction/TypesImpl.v irr_bl */
export const irr_bl = lemma(
  'irr_bl',
  'not x < x',
  'No block comes before itself.'
)(() => forall('x', block).state(<x>(x: Blk<x>) => given().infer(not(ltBlock(x, x)))))

/** @coq Extraction/TypesImpl.v trans_bl */
export const trans_bl = lemma(
  'trans_bl',
  'x < y ∧ y < z ⇒ x < z',
  'A block that comes before one before a third comes before that.'
)(() =>
  ascending<B>(blockOrd<TypesImpl>(typesImpl), block).state(<x, y, z>(x: Blk<x>, y: Blk<y>, z: Blk<z>) =>
    given(ltBlock(x, y), ltBlock(y, z)).infer(ltBlock(x, z))
  )
)

/** @coq Extraction/TypesImpl.v total_bl */
export const total_bl = lemma(
  'total_bl',
  'x < y ∨ x = y ∨ y < x',
  'Of two different blocks one comes first.'
)(() =>
  pairs<B>(block).state(<x, y>(x: Blk<x>, y: Blk<y>) =>
    given().infer(or(ltBlock(x, y), or(eqBlock(x, y), ltBlock(y, x))))
  )
)
