/**
 * The kernel checks a derivation as a whole when it is finished, whoever has made it: what is wrong with a derivation that no
 * writer could make, it refuses as the independent checker does, and says why.
 */
import { describe, expect, test } from 'vitest'
import { checked } from '../../../../invariants/proof/kernel/check.js'
import type { Node, Scope, Statement } from '../../../../invariants/proof/kernel/check.js'
import { application, atom, equation, falsum, fresh, tablesOf } from '../../../../invariants/proof/kernel/data.js'
import type { Sort, Symbol_ } from '../../../../invariants/proof/kernel/data.js'
import { symbol as newSymbol } from '../../../../invariants/proof/kernel/session.js'
import { importedSignature, refusedByKernel } from '../../../support/importedDerivations.js'
import { changes, theoremIn } from './changes.js'
import { CONS, derivationsOfLists, EMPTY, LIST, NUMBER } from './lists.js'
import type { DerivationsFile } from './lists.js'

/** What the kernel says of the last theorem of a file. */
const refused = (file: DerivationsFile): string | undefined => refusedByKernel(importedSignature(file), file)

/** A file up to one of its theorems. */
const upTo = (file: DerivationsFile, theorem: number): DerivationsFile => {
  file.theorems.splice(theorem + 1)
  return file
}

test('every rule is used in what it accepts', () => {
  const file = derivationsOfLists()
  const rules = file.theorems.flatMap(({ derivation }) => (derivation?.nodes ?? []).map(([, rule]) => rule))
  expect(new Set(rules).size).toBe(17)
  for (const [i, { derivation }] of file.theorems.entries())
    if (derivation !== undefined) expect(refused(upTo(derivationsOfLists(), i))).toBeUndefined()
})

const TOLD: ReadonlyArray<readonly [what: string, told: string]> = [
  ['a word that is not seen', '«thing» is a word of the vocabulary something else, which lists does not include'],
  ['a term of a predicate', '«short» is a predicate, not a function'],
  ['too few arguments', '«append» takes 2 arguments, not 1'],
  ['an argument of another sort', 'rcons: «s1» is of the sort Number, not of List'],
  ['an atom of a function', '«append» is a function, not a predicate'],
  ['an equation of two sorts', '=: «s1» is of the sort Number, not of List'],
  ['an equation without an equality', 'the sort Number has no equality'],
  ['a scope in itself', 'a scope is within one that does not stand before it'],
  ['a variable introduced', '«s0» is introduced twice'],
  ['a symbol introduced twice', '«s1» is introduced twice'],
  ['a hypothesis that is not visible', '«s0 = rcons(s2, s1)»: «s2» is used outside its branch'],
  ['a premise that there is not', 'there is no such premise'],
  ['the hypothesis of the whole', 'there is no such hypothesis'],
  ['the hypothesis of another scope', 'the hypothesis «⊥» is used outside its branch'],
  ['the hypothesis of no scope', 'there is no such hypothesis'],
  ['a node of another scope', 'the hypothesis «small(s0) ∧ short(s1)» is used outside its branch'],
  ['a later node', 'a node uses one that does not stand before it'],
  ['the node itself', 'a node uses one that does not stand before it'],
  ['a part of what has none', '«(small(s0) ∧ short(s1)) ∨ ⊥» has no such part'],
  ['no falsehood', 'absurd: wanted a proof of «⊥», got one of «(small(s0) ∧ short(s1)) ∨ ⊥»'],
  ['cases of what has none', 'the hypothesis «small(s0) ∧ short(s1)» is used outside its branch'],
  ['the second case first', 'cases: wanted a proof of «small(s0) ∧ short(s1)», got one of «⊥»'],
  ['the first case second', 'cases: wanted a proof of «⊥», got one of «small(s0) ∧ short(s1)»'],
  ['two cases with two ends', 'cases: wanted a proof of «small(s0)», got one of «short(s1) ∧ small(s0)»'],
  ['the whole as a branch', 'cases: a branch is missing'],
  ['no scope as a branch', 'cases: a branch is missing'],
  ['another root', 'swap: wanted a proof of «short(s1) ∧ small(s0)», got one of «(small(s0) ∧ short(s1)) ∨ ⊥»'],
  ['a root in a branch', 'the hypothesis «small(s0) ∧ short(s1)» is used outside its branch'],
  ['what is not implied from', 'contradiction: wanted a proof of «¬small(s0)», got one of «¬¬small(s0)»'],
  ['detached from what implies nothing', 'the hypothesis «small(s0)» is used outside its branch'],
  ['decided, and not the opposite', 'contradiction: wanted a proof of «¬small(s0)», got one of «small(s0)»'],
  ['decided twice the same', 'cases: wanted a proof of «¬small(s0)», got one of «small(s0)»'],
  ['supposed elsewhere', 'suppose: a branch is missing'],
  ['supposed by a branch with symbols', 'suppose: a branch is missing'],
  ['a theorem that is not seen', 'nil is empty speaks of more of lists, which lists does not include'],
  ['too few terms', 'rcons is full is about 2 terms'],
  ['too few nodes', 'symmetric: wanted a proof of «s0 = nil», got one of «nothing»'],
  ['too many nodes', 'rcons is full: it has 0 premises, not 1'],
  ['terms of other sorts', 'rcons is full: «s1» is of another sort than «s0»'],
  ['a term that is not visible', 'symmetric: «s2» is used outside its branch'],
  ['a premise that is not met', 'symmetric: wanted a proof of «s0 = s0», got one of «s0 = nil»'],
  ['reflexive without an equality', 'the sort Number has no equality'],
  ['the hole is a variable', 'substitute: the hole is a symbol of the derivation'],
  ['a hole of another sort', 'the sort Number has no equality'],
  ['a formula without that hole', '«s2 = s0»: «s2» is used outside its branch'],
  ['a hole of another sort than the terms', 'substitute: the hole is of another sort'],
  ['what is not rewritten from', 'substitute: wanted a proof of «s0 = s0», got one of «s0 = s1»'],
  ['rewritten by what is no equation', '«empty(nil)» is not an equation'],
  ['rewritten backwards', 'substitute: wanted a proof of «s1 = s0», got one of «s0 = s0»'],
  ['a formula that is not visible', '«empty(s0) ∨ (s0 = rcons(s2, s1))»: «s2» is used outside its branch'],
  ['split at the other end', 'list: wanted a proof of «s0 = cons(s1, s2)», got one of «s0 = rcons(s2, s1)»'],
  ['split with two ends', 'list: wanted a proof of «empty(s0)», got one of «empty(s0) ∨ full(s0)»'],
  ['split, not empty', 'split: a branch is missing'],
  ['split, not longer', 'split: a branch is missing'],
  ['split of what is not visible', 'list: wanted a proof of «s2 = nil», got one of «s0 = nil»'],
  ['split of what is no list', 'split: a branch is missing'],
  ['split with the wrong nil', 'absurd: wanted a proof of «⊥», got one of «s0 = s0»'],
  ['an induction that is not said', 'append to nil is not derived by induction'],
  ['again, of the list itself', 'the induction hypothesis is used for something not smaller than «s0»'],
  ['again, without a shorter list', 'the induction hypothesis is used for something not smaller than «s0»'],
  ['again, by the whole argument', 'a hypothesis is used outside its branch'],
  ['again, by a hypothesis elsewhere', 'a hypothesis is used outside its branch'],
  ['again, by one hypothesis twice', 'a hypothesis does not say that a list is a part of another'],
  ['again, of a list that is appended to', 'a hypothesis does not say that a list is a part of another'],
  ['again, of a list that is another', 'a hypothesis does not say that a list is a part of another'],
  ['again, in the empty case', 'a hypothesis does not say that a list is a part of another']
]

/** What the kernel says of a change, and whether the change is one of a theorem. */
const saidOf = (what: string): string | undefined => {
  const found = changes.find(([one]) => one === what)
  if (found === undefined) throw new Error(`no change ${what}`)
  const [, change, where] = found
  const file = derivationsOfLists()
  change(file, theoremIn(file))
  const { derivation } = upTo(file, Number(/^theorems\[(\d+)\]/.exec(where)?.[1])).theorems.at(-1)!
  // The kernel has no root but the last node.
  if (derivation !== undefined && where.endsWith('root')) derivation.nodes.splice(derivation.root + 1)
  else if (derivation !== undefined) derivation.root = derivation.nodes.length - 1
  return refused(file)
}

describe('of what the independent checker rejects it says, too, what is wrong:', () => {
  test.each(TOLD)('%s', (what, told) => {
    expect(saidOf(what)).toContain(told)
  })

  test('of all but what is not in the format, and what is not about one theorem', () => {
    const others = changes.filter(
      ([what, , where]) => where.startsWith('theorems[') && !TOLD.some(([known]) => known === what)
    )
    const said = others.map(([what]) => [what, saidOf(what)] as const)
    expect(said.filter(([, told]) => told === undefined).map(([what]) => what)).toEqual([
      'two theorems of one name',
      'tested, with one'
    ])
    for (const [what, told] of said) if (told !== undefined) expect(told, what).toContain('not in the format')
  })
})

describe('what no file could say is refused as well:', () => {
  const signature = importedSignature(derivationsOfLists())
  const [vocabulary, words] = [signature.vocabularies[0]!, signature.words]
  const [number, list] = [signature.sorts[NUMBER]!, signature.sorts[LIST]!]
  const tables = tablesOf(vocabulary)
  const symbol = (name: string, index: number, sort: Sort): Symbol_ => ({
    tag: 'symbol',
    id: fresh(),
    name,
    index,
    sort
  })
  const [k, l, x, m] = [symbol('k', 0, list), symbol('l', 1, list), symbol('x', -1, number), symbol('m', -1, list)]
  const isEmpty = atom(tables, words[EMPTY]!, [l])
  const isCons = equation(tables, list, l, application(tables, words[CONS]!, [x, m]))
  /** Of two lists, from ⊥, that the second is empty. */
  const statement: Statement = {
    ...{ name: 'by hand', vocabulary, tables, variables: [k, l], premises: [isEmpty, falsum], conclusion: isEmpty },
    ...{ induction: undefined, grade: 'derived', order: undefined }
  }
  /** A theorem of something false. */
  const never: Statement = { ...statement, name: 'never', variables: [], premises: [], conclusion: falsum, order: 1 }
  const whole: Scope = { parent: 0, hypothesis: falsum, symbols: [] }
  const cons: Scope = { parent: 0, hypothesis: isCons, symbols: [x, m] }
  const saying =
    (nodes: ReadonlyArray<Partial<Node>>, scopes: ReadonlyArray<Scope> = [whole, cons], of = statement) =>
    (): unknown => {
      const made = nodes.map((node): Node => ({ rule: 'premise', scope: 0, from: [], branches: [], ...node }))
      return checked({ statement: of, scopes, nodes: made })
    }
  const wrong: Partial<Node> = { rule: 'premise', index: 1 }

  test.each<readonly [string, ReadonlyArray<Partial<Node>>, string]>([
    ['no node at all', [], 'a node uses one that does not stand before it'],
    ['a premise of no place', [{ rule: 'premise' }], 'there is no such premise'],
    ['a hypothesis of no scope', [{ rule: 'hypothesis', scope: 1 }], 'there is no such hypothesis'],
    ['a rule that is none', [{ rule: 'trust' as never }], 'trust: a branch is missing'],
    ['branches that are missing', [{ rule: 'suppose' }], 'suppose: a branch is missing'],
    ['anything, of which nothing is said', [wrong, { rule: 'absurd', from: [0] }], 'a formula is missing'],
    ['the same as nothing', [{ rule: 'refl', terms: [] }], 'refl: a term is missing'],
    ['the same as what is not said', [{ rule: 'refl' }], 'refl: a term is missing'],
    [
      'a formula without a hole',
      [
        { rule: 'refl', terms: [l] },
        { rule: 'substitute', from: [0, 0], formula: isEmpty }
      ],
      'substitute: the hole is of another sort'
    ],
    [
      'a hole without a formula',
      [
        { rule: 'refl', terms: [l] },
        { rule: 'substitute', from: [0, 0], hole: m }
      ],
      'substitute: the hole is of another sort'
    ],
    ['no theorem, applied', [{ rule: 'apply', terms: [] }], 'a theorem is missing'],
    ['no theorem, again', [{ rule: 'again', terms: [k, l], by: [1] }], 'a theorem is missing']
  ])('%s', (_, nodes, told) => {
    expect(saying(nodes)).toThrow(told)
  })

  test('a rule that is none, with branches', () => {
    const twice = [1, 2].map((scope) => ({ scope, node: 0 }))
    const node = { rule: 'trust' as never, branches: twice }
    expect(saying([wrong, node], [whole, whole, whole])).toThrow('there is no rule trust')
  })

  test('another sort of a symbol than it was made with', () => {
    expect(Object.isFrozen(newSymbol('x', number))).toBe(true)
    // Of a variable, the first word that is applied to it says what sort it is of.
    expect(Object.isFrozen(newSymbol('x', undefined, 0))).toBe(false)
  })

  test('a list that is taken apart, and is none', () => {
    const node: Partial<Node> = { rule: 'split', end: 'left', branches: [2, 1].map((scope) => ({ scope, node: 0 })) }
    expect(saying([wrong, node], [whole, cons, whole])).toThrow('list: a term is missing')
    expect(saying([wrong, { ...node, terms: [x] }], [whole, cons, whole])).toThrow('«x» is not a list')
  })

  test('the entry of the whole argument introduces nothing', () => {
    expect(saying([{ rule: 'refl', terms: [m] }], [{ ...whole, symbols: [m] }])).toThrow('is used outside its branch')
  })

  test('a theorem that is not finished, and the theorem itself', () => {
    const node: Partial<Node> = { rule: 'apply', theorem: never }
    const absurd: Partial<Node> = { rule: 'absurd', from: [0], formula: isEmpty }
    expect(saying([node, absurd])).not.toThrow()
    expect(saying([{ ...node, theorem: { ...never, order: undefined } }, absurd])).toThrow(
      'by hand: its derivation uses «never», which is not finished before it'
    )
    expect(saying([node], [whole], never)).toThrow(
      'never: its derivation uses «never», which is not finished before it'
    )
  })

  test('an induction that is not said, or by which another theorem is used', () => {
    const node: Partial<Node> = { rule: 'again', scope: 1, theorem: statement, terms: [k, m], by: [1] }
    expect(saying([node])).toThrow('by hand is not derived by induction')
    const inductive: Statement = { ...statement, induction: 1 }
    expect(saying([{ ...node, theorem: statement }], [whole, cons], inductive)).toThrow(
      'by hand is not derived by induction'
    )
    const here = { ...node, theorem: inductive }
    expect(saying([here], [whole, cons], inductive)).toThrow('wanted a proof of «empty(m)», got one of «nothing»')
    expect(saying([{ ...here, by: undefined as never }], [whole, cons], inductive)).toThrow('not smaller than «l»')
    expect(saying([{ ...here, terms: undefined as never }], [whole, cons], inductive)).toThrow('not smaller than «l»')
  })
})
