/**
 * The types of the typed proofs, as the emitted declarations have them: on the lemmas themselves.
 * `test/invariants/proof/cases.ts` has more cases, for three compilers.
 */
import { expectAssignable, expectError, expectNotAssignable, expectType } from 'tsd'
import type { Block, BlockTree } from '../dist/spec/index.js'
import { assume, name, Proof, rewrite, term } from '../dist/invariants/proof/kernel.js'
import { Such } from '../dist/invariants/proof/such.js'
import type { App, Equal, Holds, Named, Prop, Rule } from '../dist/invariants/proof/kernel.js'
import * as commuting from '../dist/invariants/blockchain/lemmas/forests/commuting.js'
import * as extending from '../dist/invariants/blockchain/lemmas/forests/extending.js'
import type { Theory } from '../dist/invariants/blockchain/lemmas/theory.js'
import type { TinyTypes } from '../dist/invariants/blockchain/lemmas/tiny.js'

type Tree = BlockTree<TinyTypes>
type B = Block<TinyTypes>
type Valid<T> = Holds<'valid', [T]>
type ValidH<T> = Holds<'validH', [T]>
type Extend<T, X> = App<'btExtend', [T, X]>

declare const theory: Theory<TinyTypes>
declare const tree: Tree
declare const block: B
const { valid, validH, btExtend, btHasBlock } = theory.words
const btExtendH = extending.btExtendH(theory)
const btExtend_withDup_noEffect = commuting.btExtend_withDup_noEffect(theory)
const btExtend_comm = commuting.btExtend_comm(theory)

// ---- the statement is inferred, generics and all
expectType<<t, b>(bt: Named<Tree, t>, b: Named<B, b>) => Rule<[Valid<t>, ValidH<t>], ValidH<Extend<t, b>>>>(btExtendH)

// ---- under universally quantified names
export const under = <T, U, X>(
  bt: Named<Tree, T>,
  bu: Named<Tree, U>,
  b: Named<B, X>,
  v: Proof<Valid<T>>,
  vu: Proof<Valid<U>>,
  vh: Proof<ValidH<T>>
): void => {
  const proved = btExtendH(bt, b)(v, vh)
  expectType<Proof<ValidH<Extend<T, X>>>>(proved)
  // evidence about another tree; terms and evidence that disagree; premises missing or swapped
  expectError(btExtendH(bt, b)(vu, vh))
  expectError(btExtendH(bu, b)(v, vh))
  expectError(btExtendH(bt, b)(v))
  expectError(btExtendH(bt, b)())
  expectError(btExtendH(bt, b)(vh, v))
  // proofs do not carry over to terms without names
  expectError(btExtendH(tree, block)(v, vh))
  // a fact about bt⊕b is none about bt, and validH is not valid
  expectNotAssignable<Proof<ValidH<T>>>(proved)
  expectNotAssignable<Proof<Valid<Extend<T, X>>>>(proved)
  expectNotAssignable<Named<Tree, U>>(bt)
  expectAssignable<Tree>(bt)
}

// ---- a proof is invariant in what it proves: neither a wider nor a narrower proposition will do
declare const narrow: Proof<Holds<'valid', ['a']>>
declare const wide: Proof<Holds<'valid', ['a' | 'b']>>
expectNotAssignable<Proof<Holds<'valid', ['a' | 'b']>>>(narrow)
expectNotAssignable<Proof<Holds<'valid', ['a']>>>(wide)
expectNotAssignable<Proof<unknown>>(narrow)
expectNotAssignable<Proof<never>>(narrow)
expectNotAssignable<Prop<Holds<'valid', ['a' | 'b']>>>(narrow.proposition)

// ---- nobody else makes proofs, propositions or packages
expectNotAssignable<new (...args: never[]) => unknown>(Proof)
expectNotAssignable<new (...args: never[]) => unknown>(Such)
expectNotAssignable<Proof<Valid<'bt'>>>({})
expectNotAssignable<Proof<Valid<'bt'>>>({ origin: { _tag: 'Checked' } })
expectNotAssignable<Proof<Valid<'a'>>>(assume(valid(term('b', tree)), 'a test'))

// ---- names made by `name` are fresh, and stay where they are
name(tree, (bt) =>
  name(tree, (bu) =>
    name(block, (b) => {
      const v = assume(valid(bt), 'a test')
      const vh = assume(validH(bt), 'a test')
      btExtendH(bt, b)(v, vh)
      expectError(btExtendH(bu, b)(v, vh))
      return 0
    })
  )
)
expectNotAssignable<Named<Tree, 'bt'>>(name(tree, () => tree))

// ---- rewriting
{
  const bt = term('bt', tree)
  const [a, b] = [term('a', block), term('b', block)]
  const swapped = btExtend_comm(bt, a, b)(assume(valid(btExtend(btExtend(bt, a), b)), 'a test'))
  expectType<Proof<Equal<Extend<Extend<'bt', 'a'>, 'b'>, Extend<Extend<'bt', 'b'>, 'a'>>>>(swapped)
  const same = btExtend_withDup_noEffect(bt, a)(assume(btHasBlock(a, bt), 'a test'))
  expectType<Proof<Equal<'bt', Extend<'bt', 'a'>>>>(same)
  const held = assume(validH(bt), 'a test')
  expectType<Proof<ValidH<Extend<'bt', 'a'>>>>(rewrite(same)(validH(btExtend(bt, a)), held))
  expectError(rewrite(same)(validH(btExtend(bt, b)), held))
  expectError(rewrite(same)(valid(btExtend(bt, a)), held))
}

// ---- packages
declare const packed: Such<Tree, 'validH'>
packed.open((bt, vh) => {
  expectAssignable<Tree>(bt)
  return Such.pack(bt, vh)
})
expectNotAssignable<Such<Tree, 'valid'>>(packed)
