/**
 * Finite sets of nodes, with the facts about them and their sizes on which the derivations of Q1 to Q7 rest.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { and, given } from '../../proof/kernel.js'
import type { Named, Vocabulary } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Sort } from '../../proof/sort.js'
import { iota } from '../../../spec/prelude/seq.js'
import { naturals } from './numbers.js'
import type { NumberTheory, NumberWords, Number_ } from './numbers.js'

/** A set of nodes: their numbers, each once, in ascending order. */
export type Nodes = ReadonlyArray<number>
export type Nodes_<N> = Named<Nodes, N>

/** All nodes of one set, then those of another that are not among them. */
const firstOf = (a: Nodes, c: Nodes): Nodes => [...a.filter((x) => c.includes(x)), ...c.filter((x) => !a.includes(x))]
const ascending = (a: Nodes): Nodes => a.toSorted((x, y) => x - y)

/** Whether a list is a set: no other list is in the sort of sets, as it is not equal to itself. */
const isSet = (a: Nodes): boolean => a.every((x, i) => naturals.equals(x, x) && (i === 0 || Number(a[i - 1]) < x))
const sets: Eq<Nodes> = {
  equals: (a, b) => isSet(a) && a.length === b.length && a.every((x, i) => x === b[i])
}

/** The words for sets of nodes. */
export const nodeWords = ({ lift, predicate, sort }: Vocabulary, { Number }: NumberWords) => {
  const Set_ = sort<Nodes>('Set', sets)
  const two = [Set_, Set_] as const
  return {
    Set: Set_,
    /** The first n nodes, which are all where there are n. */
    nodes: lift('nodes', [Number], Set_, iota),
    size: lift('size', [Set_], Number, (a) => a.length),
    /** Intersection, union, difference. */
    both: lift('both', two, Set_, (a, b) => a.filter((x) => b.includes(x))),
    either: lift('either', two, Set_, (a, b) => ascending([...a, ...b.filter((x) => !a.includes(x))])),
    without: lift('without', two, Set_, (a, b) => a.filter((x) => !b.includes(x))),
    subset: predicate('subset', two, (a, b) => a.every((x) => b.includes(x))),
    /** So many nodes of a set, or all where there are fewer; those that are in another set before the rest. */
    fill: lift('fill', [Number, ...two], Set_, (k, a, c) => ascending(firstOf(a, c).slice(0, k)))
  }
}

/** Whatever has sets of nodes. */
export interface NodeTheory extends NumberTheory {
  readonly sets: ReturnType<typeof nodeWords>
  /** Sets of the nodes up to some. */
  readonly set: Sort<Nodes>
}

const { fact } = chapter('finite sets')

const ofTwo = (theory: NodeTheory) => forall('A B', theory.set, theory.set)
const ofThree = (theory: NodeTheory) => forall('A B C', theory.set, theory.set, theory.set)

export const size_nodes = fact(
  'size_nodes',
  '|nodes n| = n',
  'There are n nodes among the first n.'
)(({ number, numbers: { same }, sets: { nodes, size } }: NodeTheory) =>
  forall('n', number).state(<n>(n: Number_<n>) => given().infer(same(size(nodes(n)), n)))
)

export const nodes_subset = fact(
  'nodes_subset',
  'm ≤ n ⇒ nodes m ⊆ nodes n',
  'The first m nodes are among the first n.'
)(({ number, numbers: { atMost }, sets: { nodes, subset } }: NodeTheory) =>
  forall('m n', number, number).state(<m, n>(m: Number_<m>, n: Number_<n>) =>
    given(atMost(m, n)).infer(subset(nodes(m), nodes(n)))
  )
)

export const inclusion_exclusion = fact(
  'inclusion_exclusion',
  '|A ∪ B| + |A ∩ B| = |A| + |B|',
  'Two sets have as many nodes as all of theirs, and those of both once more.'
)((theory: NodeTheory) => {
  const { both, either, size } = theory.sets
  const { plus, same } = theory.numbers
  return ofTwo(theory).state(<A, B>(A: Nodes_<A>, B: Nodes_<B>) =>
    given().infer(same(plus(size(either(A, B)), size(both(A, B))), plus(size(A), size(B))))
  )
})

export const size_without = fact(
  'size_without',
  '|A \\ B| + |A ∩ B| = |A|',
  'Each node of a set is in another one, or not.'
)((theory: NodeTheory) => {
  const { both, size, without } = theory.sets
  const { plus, same } = theory.numbers
  return ofTwo(theory).state(<A, B>(A: Nodes_<A>, B: Nodes_<B>) =>
    given().infer(same(plus(size(without(A, B)), size(both(A, B))), size(A)))
  )
})

export const size_subset = fact(
  'size_subset',
  'A ⊆ B ⇒ |A| ≤ |B|',
  'A part of a set has no more nodes.'
)((theory: NodeTheory) => {
  const { size, subset } = theory.sets
  const { atMost } = theory.numbers
  return ofTwo(theory).state(<A, B>(A: Nodes_<A>, B: Nodes_<B>) => given(subset(A, B)).infer(atMost(size(A), size(B))))
})

export const either_subset = fact(
  'either_subset',
  'A ⊆ C ∧ B ⊆ C ⇒ A ∪ B ⊆ C',
  'What is in either of two parts of a set is in the set.'
)((theory: NodeTheory) => {
  const { either, subset } = theory.sets
  return ofThree(theory).state(<A, B, C>(A: Nodes_<A>, B: Nodes_<B>, C: Nodes_<C>) =>
    given(subset(A, C), subset(B, C)).infer(subset(either(A, B), C))
  )
})

export const both_subset = fact(
  'both_subset',
  'A ∩ B ⊆ A ∧ A ∩ B ⊆ B',
  'What two sets share is a part of each.'
)((theory: NodeTheory) => {
  const { both, subset } = theory.sets
  return ofTwo(theory).state(<A, B>(A: Nodes_<A>, B: Nodes_<B>) =>
    given().infer(and(subset(both(A, B), A), subset(both(A, B), B)))
  )
})

export const subset_both = fact(
  'subset_both',
  'A ⊆ B ⇒ A ⊆ A ∩ B',
  'A part of a set shares with it all that it has.'
)((theory: NodeTheory) => {
  const { both, subset } = theory.sets
  return ofTwo(theory).state(<A, B>(A: Nodes_<A>, B: Nodes_<B>) => given(subset(A, B)).infer(subset(A, both(A, B))))
})

export const set_subset_trans = fact(
  'set_subset_trans',
  'A ⊆ B ∧ B ⊆ C ⇒ A ⊆ C',
  'A part of a part is a part.'
)((theory: NodeTheory) => {
  const { subset } = theory.sets
  return ofThree(theory).state(<A, B, C>(A: Nodes_<A>, B: Nodes_<B>, C: Nodes_<C>) =>
    given(subset(A, B), subset(B, C)).infer(subset(A, C))
  )
})

export const without_subset = fact(
  'without_subset',
  'A \\ B ⊆ A',
  'What is left of a set is a part of it.'
)((theory: NodeTheory) => {
  const { subset, without } = theory.sets
  return ofTwo(theory).state(<A, B>(A: Nodes_<A>, B: Nodes_<B>) => given().infer(subset(without(A, B), A)))
})

export const without_apart = fact(
  'without_apart',
  'A ⊆ C \\ B ⇒ |A ∩ B| = 0',
  'What is left when a set is taken away shares nothing with it.'
)((theory: NodeTheory) => {
  const { both, size, subset, without } = theory.sets
  const { same, zero } = theory.numbers
  return ofThree(theory).state(<A, B, C>(A: Nodes_<A>, B: Nodes_<B>, C: Nodes_<C>) =>
    given(subset(A, without(C, B))).infer(same(size(both(A, B)), zero))
  )
})

export const without_covers = fact(
  'without_covers',
  'C \\ B ⊆ A ⇒ C ⊆ A ∪ B',
  'A set that has what is left when another is taken away makes up the whole with it.'
)((theory: NodeTheory) => {
  const { either, subset, without } = theory.sets
  return ofThree(theory).state(<A, B, C>(A: Nodes_<A>, B: Nodes_<B>, C: Nodes_<C>) =>
    given(subset(without(C, B), A)).infer(subset(C, either(A, B)))
  )
})

const ofFilling = (theory: NodeTheory) => forall('k A C', theory.number, theory.set, theory.set)

export const fill_size = fact(
  'fill_size',
  'k ≤ |C| ⇒ |fill k A C| = k ∧ fill k A C ⊆ C',
  'Of a set, as many nodes can be taken as it has.'
)((theory: NodeTheory) => {
  const { fill, size, subset } = theory.sets
  const { atMost, same } = theory.numbers
  return ofFilling(theory).state(<k, A, C>(k: Number_<k>, A: Nodes_<A>, C: Nodes_<C>) =>
    given(atMost(k, size(C))).infer(and(same(size(fill(k, A, C)), k), subset(fill(k, A, C), C)))
  )
})

export const fill_includes = fact(
  'fill_includes',
  'A ⊆ C ∧ |A| ≤ k ⇒ A ⊆ fill k A C',
  'Those that are taken first are taken, if they are few enough.'
)((theory: NodeTheory) => {
  const { fill, size, subset } = theory.sets
  const { atMost } = theory.numbers
  return ofFilling(theory).state(<k, A, C>(k: Number_<k>, A: Nodes_<A>, C: Nodes_<C>) =>
    given(subset(A, C), atMost(size(A), k)).infer(subset(A, fill(k, A, C)))
  )
})

export const fill_within = fact(
  'fill_within',
  'A ⊆ C ∧ k ≤ |A| ⇒ fill k A C ⊆ A',
  'Others are taken only if those that are taken first are too few.'
)((theory: NodeTheory) => {
  const { fill, size, subset } = theory.sets
  const { atMost } = theory.numbers
  return ofFilling(theory).state(<k, A, C>(k: Number_<k>, A: Nodes_<A>, C: Nodes_<C>) =>
    given(subset(A, C), atMost(k, size(A))).infer(subset(fill(k, A, C), A))
  )
})

export const factsOfNodes = [
  size_nodes,
  nodes_subset,
  inclusion_exclusion,
  size_without,
  size_subset,
  either_subset,
  both_subset,
  subset_both,
  set_subset_trans,
  without_subset,
  without_apart,
  without_covers,
  fill_size,
  fill_includes,
  fill_within
] as const
