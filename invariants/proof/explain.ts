/**
 * What can be read off a proof: its derivation as a tree, and what it rests on. Nothing here need be trusted.
 */
import { derive } from './kernel.js'
import type { About, Proof, Theorem } from './kernel.js'

/** One line of a derivation: what holds, and how that is known. */
export interface Line {
  readonly depth: number
  readonly statement: string
  readonly how: string
}

const premise = (index: number): string => `premise ${index + 1}`

/** How a proof is known, in a few words. */
const how = ({ origin }: Proof<never> | Proof<unknown>): string => {
  switch (origin._tag) {
    case 'Checked':
      return 'checked'
    case 'Assumed':
      return `assumed: ${origin.why}`
    case 'Premise':
      return premise(origin.index)
    case 'Hypothesis':
      return 'in this case'
    case 'Theorem':
      return `by ${origin.theorem.about.name} [${origin.theorem.about.source}]`
    case 'Induction':
      return 'by the induction hypothesis'
    case 'Rule':
      return origin.rule
  }
}

/** The proofs from which another follows. */
const sources = ({ origin }: Proof<unknown>): ReadonlyArray<Proof<unknown>> => {
  switch (origin._tag) {
    case 'Theorem':
    case 'Induction':
      return origin.from
    case 'Rule':
      return origin.from.map(({ proof }) => proof)
    case 'Checked':
    case 'Assumed':
    case 'Premise':
    case 'Hypothesis':
      return []
  }
}

/** The derivation of a proof, line by line, from what is proved to what it follows from. */
export const lines = (p: Proof<unknown>, depth = 0): ReadonlyArray<Line> => [
  { depth, statement: p.proposition.show, how: how(p) },
  ...sources(p).flatMap((q) => lines(q, depth + 1))
]

/** The derivation of a proof as a tree. */
export const explain = <P>(p: Proof<P>): string =>
  lines(forget(p))
    .map(({ depth, statement, how: known }) => `${'  '.repeat(depth)}${statement}   ${known}`)
    .join('\n')

/** A proof of something, whatever it is. */
function forget<P>(p: Proof<P>): Proof<unknown>
function forget(p: Proof<unknown>): Proof<unknown> {
  return p
}

/** All proofs that a proof follows from, itself included. */
const all = (p: Proof<unknown>): ReadonlyArray<Proof<unknown>> => [p, ...sources(p).flatMap(all)]

/** What a theorem or a proof rests on. */
export interface Foundations {
  /** Laws of the parameters, by name. */
  readonly laws: ReadonlySet<string>
  /** Theorems that are stated and not derived, by name. */
  readonly stated: ReadonlySet<string>
  /** What was assumed besides, and why. */
  readonly assumed: ReadonlySet<string>
}

const union = (parts: ReadonlyArray<Foundations>): Foundations => ({
  laws: new Set(parts.flatMap((f) => [...f.laws])),
  stated: new Set(parts.flatMap((f) => [...f.stated])),
  assumed: new Set(parts.flatMap((f) => [...f.assumed]))
})

const none: Foundations = { laws: new Set(), stated: new Set(), assumed: new Set() }

const remembered = new WeakMap<Theorem, Foundations>()

/** What a theorem rests on, through all theorems that it is derived from. */
export const foundations = (theorem: Theorem): Foundations => {
  const before = remembered.get(theorem)
  if (before !== undefined) return before
  const found = foundationsOf(theorem)
  remembered.set(theorem, found)
  return found
}

const foundationsOf = (theorem: Theorem): Foundations => {
  const { name, law } = theorem.about
  if (law !== undefined) return { ...none, laws: new Set([name]) }
  const proof = derive(theorem)
  return proof === undefined ? { ...none, stated: new Set([name]) } : restsOn(proof)
}

/** What a proof rests on, through all theorems that it uses. */
export const restsOn = <P>(p: Proof<P>): Foundations =>
  union(
    all(forget(p)).map(({ origin, proposition }) => {
      if (origin._tag === 'Theorem') return foundations(origin.theorem)
      return origin._tag === 'Assumed' ? { ...none, assumed: new Set([`${proposition.show} (${origin.why})`]) } : none
    })
  )

/** What Coq's `Print Assumptions` tells: the laws of the parameters, and what was assumed besides. */
export const assumptions = <P>(p: Proof<P>): ReadonlyArray<string> => {
  const { laws, assumed } = restsOn(p)
  return [...laws, ...assumed]
}

/** The theorems that a derivation uses directly, by what is said of them. */
export const used = (p: Proof<unknown>): ReadonlyArray<About> => [
  ...new Set(all(p).flatMap(({ origin }) => (origin._tag === 'Theorem' ? [origin.theorem.about] : [])))
]

/** The names of those theorems. */
export const uses = (p: Proof<unknown>): ReadonlyArray<string> => [...new Set(used(p).map(({ name }) => name))]

/** The premises that a derivation does not use, by their places: it shows that they are superfluous. */
export const unused = (p: Proof<unknown>, premises: number): ReadonlyArray<number> => {
  const used = new Set(all(p).flatMap(({ origin }) => (origin._tag === 'Premise' ? [origin.index] : [])))
  return Array.from({ length: premises }, (_, i) => i).filter((i) => !used.has(i))
}
