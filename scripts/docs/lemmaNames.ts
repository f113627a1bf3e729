/**
 * The names of all lemmas, and the addresses of their pages.
 */
import type { Lemma } from '../../invariants/proof/lemma.js'
import { lemmasOfAll } from '../../invariants/systems/ledger.js'

/** The last part of the address of a lemma's page. */
export const lemmaPath = (name: string): string => name.replaceAll("'", '-prime').replaceAll(/[^\w-]+/g, '-')

/** Values by what they have in common, in their order. */
export const grouped = <X>(all: ReadonlyArray<X>, by: (x: X) => string): ReadonlyMap<string, ReadonlyArray<X>> => {
  const groups = new Map<string, X[]>()
  for (const x of all) groups.set(by(x), [...(groups.get(by(x)) ?? []), x])
  return groups
}

/** All lemmas by name. One of the Coq development comes before one that is stronger and has its name, as in the ledger. */
export const byName: ReadonlyMap<string, ReadonlyArray<Lemma>> = grouped(
  lemmasOfAll().toSorted((a, b) => Number(b.kind === 'lemma') - Number(a.kind === 'lemma')),
  ({ name }) => name
)

/** One lemma of each name. */
export const lemmas = (): ReadonlyArray<Lemma> => [...byName.values()].flatMap((all) => all.slice(0, 1))

/** The address of a lemma's page; undefined where there is no such lemma. */
export const lemmaAddress = (name: string): string | undefined =>
  byName.has(name) ? `/lemmas/${lemmaPath(name)}` : undefined
