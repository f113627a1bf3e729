/**
 * What can be read off a proof, or off a theorem: the derivation as a tree, and what it rests on. These are questions to the
 * data that were checked; names are used to show what was found, and never to find it.
 */
import type { Node } from './kernel/check.js'
import { show, showing } from './kernel/data.js'
import { append, each, elementsOf, freeze, joined, register, setOf, some, table } from './kernel/realm.js'
import type { Formula } from './kernel/data.js'
import { evidence, steps, told } from './kernel/session.js'
import type { Session } from './kernel/session.js'
import { finishedOf, theoremOfStatement } from './kernel/theorems.js'
import type { Proof, Theorem } from './kernel.js'
import { Unsound } from './kernel.js'

/** One line of a derivation: what holds, and how that is known. */
export interface Line {
  readonly depth: number
  readonly statement: string
  readonly how: string
}

/** A step of any kind of proof: what it proves, how, and what gives those that it follows from. */
interface Step {
  readonly formula: Formula
  readonly how: string
  readonly from: () => ReadonlyArray<Step>
}

/** How a node is known, in a few words. */
const how = (node: Node): string => {
  switch (node.rule) {
    case 'premise':
      return `premise ${(node.index ?? 0) + 1}`
    case 'hypothesis':
      return 'in this case'
    case 'again':
      return 'by the induction hypothesis'
    case 'apply': {
      const about = node.theorem && theoremOfStatement(node.theorem).about
      return `by ${about?.name ?? '?'} [${about?.source ?? '?'}]`
    }
    default:
      return told.get(node)?.rule ?? node.rule
  }
}

const stepOfNode = (s: Session, i: number): Step => {
  const node = s.nodes[i]
  const formula = s.formulas[i]
  if (node === undefined || formula === undefined) throw new RangeError(`there is no node ${i}`)
  const { branches, from } = node
  const all = joined(
    from,
    each(branches, (b) => b.node)
  )
  const sources: number[] = []
  // What a writer was told may have been left out, since the last node does not rest on it.
  each(told.get(node)?.from ?? all, (n) => n >= 0 && append(sources, n))
  return { formula, how: how(node), from: () => each(sources, (source) => stepOfNode(s, source)) }
}

const stepOfEvidence = (p: object): Step => {
  const known = evidence.get(p)
  if (known === undefined) throw new Unsound('this is no proof')
  const { formula, how: way, from } = known
  const called =
    way.tag === 'checked'
      ? 'checked'
      : way.tag === 'assumed'
        ? `assumed: ${way.why}`
        : way.tag === 'theorem'
          ? `by ${way.theorem.about.name} [${way.theorem.about.source}]`
          : way.rule
  return { formula, how: called, from: () => each(from, stepOfEvidence) }
}

const stepOf = (p: object): Step => {
  const known = steps.get(p)
  return known === undefined ? stepOfEvidence(p) : stepOfNode(known.session, known.node)
}

/** As a tree, a derivation that shares its steps can have more lines than there is room for. */
const MOST_LINES = 10_000

/** The derivation of a proof, line by line, from what is proved to what it follows from. */
export const lines = <P>(p: Proof<P>): ReadonlyArray<Line> => {
  const found: Array<{ readonly depth: number; readonly step: Step }> = []
  const add = (step: Step, depth: number): void => {
    if (found.length === MOST_LINES)
      throw new Unsound(
        `as a tree, this derivation has more than ${MOST_LINES} lines: what is exported has each step once`
      )
    append(found, { depth, step })
    each(step.from(), (source) => add(source, depth + 1))
  }
  add(stepOf(p), 0)
  const shown = showing(
    each(found, ({ step }) => step.formula),
    steps.get(p)?.session.statement?.variables
  )
  return each(found, ({ depth, step }) => ({ depth, statement: shown(step.formula), how: step.how }))
}

/** The derivation of a proof as a tree. */
export const explain = <P>(p: Proof<P>): string => {
  let text = ''
  each(lines(p), ({ depth, statement, how: known }, i) => {
    if (i > 0) text += '\n'
    for (let d = 0; d < depth; d++) text += '  '
    text += `${statement}   ${known}`
  })
  return text
}

/** What a theorem or a proof rests on. */
export interface Foundations {
  /** Laws of the parameters. */
  readonly laws: ReadonlySet<Theorem>
  /** Theorems that are stated and not derived. */
  readonly stated: ReadonlySet<Theorem>
  /** What was assumed besides, of values, and why. */
  readonly assumed: ReadonlySet<string>
}

/** The same as lists, each thing once: nothing in them is asked of anything that somebody could have replaced. */
interface Found {
  readonly laws: ReadonlyArray<Theorem>
  readonly stated: ReadonlyArray<Theorem>
  readonly assumed: ReadonlyArray<string>
}

const none: Found = { laws: [], stated: [], assumed: [] }

/** What is in some lists, once each. */
const distinct = <A>(lists: ReadonlyArray<ReadonlyArray<A>>): ReadonlyArray<A> => {
  const known = table<A, true>()
  const found: A[] = []
  each(lists, (list) =>
    each(list, (a) => {
      if (known.get(a) !== true) append(found, a)
      known.set(a, true)
    })
  )
  return freeze(found)
}

const union = (parts: ReadonlyArray<Found>): Found => ({
  laws: distinct(each(parts, (f) => f.laws)),
  stated: distinct(each(parts, (f) => f.stated)),
  assumed: distinct(each(parts, (f) => f.assumed))
})

const asSets = ({ laws, stated, assumed }: Found): Foundations => ({
  laws: setOf(laws),
  stated: setOf(stated),
  assumed: setOf(assumed)
})

const remembered = register<Theorem, Found>()

/** The theorems that nodes apply. */
const appliedIn = (nodes: ReadonlyArray<Node>): ReadonlyArray<Theorem> =>
  distinct(
    each(nodes, ({ rule, theorem }) => (rule === 'apply' && theorem !== undefined ? [theoremOfStatement(theorem)] : []))
  )

const foundOf = (theorem: Theorem): Found => {
  const before = remembered.get(theorem)
  if (before !== undefined) return before
  const { statement, derived } = finishedOf(theorem)
  const found =
    derived !== undefined
      ? union(each(appliedIn(derived.nodes), foundOf))
      : statement.grade === 'assumed'
        ? { ...none, laws: [theorem] }
        : { ...none, stated: [theorem] }
  remembered.set(theorem, found)
  return found
}

/** What a theorem rests on, through all theorems that it is derived from. */
export const foundations = (theorem: Theorem): Foundations => asSets(foundOf(theorem))

const evidenceRestsOn = (p: object): Found => {
  const known = evidence.get(p)
  if (known === undefined) throw new Unsound('this is no proof')
  const { formula, how: way, from } = known
  const own =
    way.tag === 'theorem'
      ? foundOf(way.theorem)
      : way.tag === 'assumed'
        ? { ...none, assumed: [`${show(formula)} (${way.why})`] }
        : none
  return union(joined([own], each(from, evidenceRestsOn)))
}

const proofRestsOn = (p: object): Found => {
  const known = steps.get(p)
  return known === undefined ? evidenceRestsOn(p) : union(each(appliedIn(known.session.nodes), foundOf))
}

/** What a proof rests on, through all theorems that it uses. */
export const restsOn = <P>(p: Proof<P>): Foundations => asSets(proofRestsOn(p))

const nameOf = ({ about }: Theorem): string => about.name

/** What Coq's `Print Assumptions` tells: the laws of the parameters, and what was assumed besides. */
export const assumptions = <P>(p: Proof<P>): ReadonlyArray<string> => {
  const { laws, assumed } = proofRestsOn(p)
  return joined(each(laws, nameOf), assumed)
}

/** The names of some theorems. */
export const namesOf = (theorems: ReadonlySet<Theorem>): ReadonlyArray<string> =>
  distinct([each(elementsOf(theorems), nameOf)])

/** The theorems that the derivation of a theorem applies; none if it is not derived. */
export const used = (theorem: Theorem): ReadonlyArray<Theorem> => {
  const { derived } = finishedOf(theorem)
  return derived === undefined ? [] : appliedIn(derived.nodes)
}

/** The premises that a derivation does not use, by their places: it shows that they are superfluous. */
export const unused = (theorem: Theorem): ReadonlyArray<number> => {
  const { statement, derived } = finishedOf(theorem)
  const found: number[] = []
  if (derived !== undefined)
    each(statement.premises, (_, i) => {
      if (!some(derived.nodes, ({ rule, index }) => rule === 'premise' && index === i)) append(found, i)
    })
  return found
}
