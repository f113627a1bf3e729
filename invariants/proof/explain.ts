/**
 * What can be read off a proof, or off a theorem: the derivation as a tree, and what it rests on. These are questions to the
 * data that were checked; names are used to show what was found, and never to find it.
 */
import type { Node } from './kernel/check.js'
import { show } from './kernel/data.js'
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

/** A step of any kind of proof: what it proves, how, and from what. */
interface Step {
  readonly statement: string
  readonly how: string
  readonly from: ReadonlyArray<Step>
}

/** Names of rules as a writer knows them. */
const CALLED: Partial<Record<Node['rule'], string>> = {
  both: 'and',
  left: 'first',
  right: 'second',
  inLeft: 'or',
  inRight: 'or',
  decide: 'cases',
  split: 'list',
  detach: 'apply'
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
      return told.get(node)?.rule ?? CALLED[node.rule] ?? node.rule
  }
}

const nodeAt = ({ nodes }: Session, i: number): Node => {
  const node = nodes[i]
  if (node === undefined) throw new RangeError(`there is no node ${i}`)
  return node
}

const formulaAt = ({ formulas }: Session, i: number): string => {
  const formula: Formula | undefined = formulas[i]
  return formula === undefined ? '?' : show(formula)
}

const stepOfNode = (s: Session, i: number): Step => {
  const node = nodeAt(s, i)
  const sources =
    node.rule === 'apply' || node.rule === 'again'
      ? node.from
      : (told.get(node)?.from ?? [...node.from, ...node.branches.map((b) => b.node)])
  return {
    statement: formulaAt(s, i),
    how: how(node),
    from: sources.filter((source) => source >= 0).map((source) => stepOfNode(s, source))
  }
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
  return { statement: show(formula), how: called, from: from.map(stepOfEvidence) }
}

const stepOf = (p: object): Step => {
  const known = steps.get(p)
  return known === undefined ? stepOfEvidence(p) : stepOfNode(known.session, known.node)
}

const linesOf = ({ statement, how: known, from }: Step, depth: number): ReadonlyArray<Line> => [
  { depth, statement, how: known },
  ...from.flatMap((step) => linesOf(step, depth + 1))
]

/** The derivation of a proof, line by line, from what is proved to what it follows from. */
export const lines = <P>(p: Proof<P>): ReadonlyArray<Line> => linesOf(stepOf(p), 0)

/** The derivation of a proof as a tree. */
export const explain = <P>(p: Proof<P>): string =>
  lines(p)
    .map(({ depth, statement, how: known }) => `${'  '.repeat(depth)}${statement}   ${known}`)
    .join('\n')

/** What a theorem or a proof rests on. */
export interface Foundations {
  /** Laws of the parameters. */
  readonly laws: ReadonlySet<Theorem>
  /** Theorems that are stated and not derived. */
  readonly stated: ReadonlySet<Theorem>
  /** What was assumed besides, of values, and why. */
  readonly assumed: ReadonlySet<string>
}

const union = (parts: ReadonlyArray<Foundations>): Foundations => ({
  laws: new Set(parts.flatMap((f) => [...f.laws])),
  stated: new Set(parts.flatMap((f) => [...f.stated])),
  assumed: new Set(parts.flatMap((f) => [...f.assumed]))
})

const none: Foundations = { laws: new Set(), stated: new Set(), assumed: new Set() }

const remembered = new WeakMap<Theorem, Foundations>()

/** The theorems that nodes apply. */
const appliedIn = (nodes: ReadonlyArray<Node>): ReadonlyArray<Theorem> => [
  ...new Set(
    nodes.flatMap(({ rule, theorem }) =>
      rule === 'apply' && theorem !== undefined ? [theoremOfStatement(theorem)] : []
    )
  )
]

/** What a theorem rests on, through all theorems that it is derived from. */
export const foundations = (theorem: Theorem): Foundations => {
  const before = remembered.get(theorem)
  if (before !== undefined) return before
  const { statement, derived } = finishedOf(theorem)
  const found =
    derived !== undefined
      ? union(appliedIn(derived.nodes).map(foundations))
      : statement.grade === 'assumed'
        ? { ...none, laws: new Set([theorem]) }
        : { ...none, stated: new Set([theorem]) }
  remembered.set(theorem, found)
  return found
}

const evidenceRestsOn = (p: object): Foundations => {
  const known = evidence.get(p)
  if (known === undefined) throw new Unsound('this is no proof')
  const { formula, how: way, from } = known
  const own =
    way.tag === 'theorem'
      ? foundations(way.theorem)
      : way.tag === 'assumed'
        ? { ...none, assumed: new Set([`${show(formula)} (${way.why})`]) }
        : none
  return union([own, ...from.map(evidenceRestsOn)])
}

/** What a proof rests on, through all theorems that it uses. */
export const restsOn = <P>(p: Proof<P>): Foundations => {
  const known = steps.get(p)
  return known === undefined ? evidenceRestsOn(p) : union(appliedIn(known.session.nodes).map(foundations))
}

/** What Coq's `Print Assumptions` tells: the laws of the parameters, and what was assumed besides. */
export const assumptions = <P>(p: Proof<P>): ReadonlyArray<string> => {
  const { laws, assumed } = restsOn(p)
  return [...[...laws].map(({ about }) => about.name), ...assumed]
}

/** The names of some theorems. */
export const namesOf = (theorems: ReadonlySet<Theorem>): ReadonlyArray<string> => [
  ...new Set([...theorems].map(({ about }) => about.name))
]

/** The theorems that the derivation of a theorem applies; none if it is not derived. */
export const used = (theorem: Theorem): ReadonlyArray<Theorem> => appliedIn(finishedOf(theorem).derived?.nodes ?? [])

/** The premises that a derivation does not use, by their places: it shows that they are superfluous. */
export const unused = (theorem: Theorem): ReadonlyArray<number> => {
  const { statement, derived } = finishedOf(theorem)
  const uses = new Set(derived?.nodes.map(({ rule, index }) => (rule === 'premise' ? index : undefined)))
  return derived === undefined ? [] : statement.premises.map((_, i) => i).filter((i) => !uses.has(i))
}
