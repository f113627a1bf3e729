/**
 * All derivations are exported, and both checkers accept them. Then they are tampered with: what one checker refuses the other
 * refuses, and what both still accept is as right as before.
 */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { checkDerivations } from '../../../../invariants/proof/check/index.js'
import { exported } from '../../../../invariants/proof/kernel.js'
import { lemmasOfAll } from '../../../../invariants/systems/ledger.js'
import { importedSignature, refusedByKernel } from '../../../support/importedDerivations.js'
import { deep } from '../../../support/deep.js'
import type { DerivationsFile, TheoremFile } from './lists.js'

const TAMPERED = deep ? 100_000 : 10_000

let whole: DerivationsFile
let signature: ReturnType<typeof importedSignature>
/** The places of theorems that are derived. */
let derived: ReadonlyArray<number>

beforeAll(() => {
  whole = JSON.parse(JSON.stringify(exported(lemmasOfAll().map(({ theorem }) => theorem)))) as DerivationsFile
  signature = importedSignature(whole)
  derived = whole.theorems.flatMap(({ grade }, i) => (grade === 'derived' ? [i] : []))
})

const copy = (t: TheoremFile): TheoremFile => JSON.parse(JSON.stringify(t)) as TheoremFile

/** A theorem, after those that it applies and a few more, which are taken as they stand. */
const alone = (i: number, more: ReadonlyArray<number>): DerivationsFile => {
  const theorem = copy(whole.theorems[i]!)
  const nodes = theorem.derivation?.nodes ?? []
  const used = new Set([
    ...nodes.flatMap(([, rule, k]) => (rule === 'apply' ? [Number(k)] : [])),
    ...more.map((n) => n % Math.max(1, i)).filter((n) => n < i)
  ])
  const places = [...used].sort((a, b) => a - b)
  for (const node of nodes) if (node[1] === 'apply') node[2] = places.indexOf(Number(node[2]))
  const others = places.map((k): TheoremFile => {
    const { derivation: _, ...stated } = copy(whole.theorems[k]!)
    return { ...stated, grade: 'tested' }
  })
  return { ...whole, theorems: [...others, theorem] }
}

const accepts = (file: DerivationsFile): boolean => checkDerivations(JSON.stringify(file)).isAccepted

test('both checkers accept everything that is derived', () => {
  expect(checkDerivations(JSON.stringify(whole))).toMatchObject({ isAccepted: true })
  for (const i of derived) {
    const file = alone(i, [])
    expect(refusedByKernel(signature, file), file.theorems.at(-1)?.name).toBeUndefined()
    expect(accepts(file)).toBe(true)
  }
})

const RULES = [
  ...['premise', 'hypothesis', 'apply', 'again', 'both', 'left', 'right', 'inLeft', 'inRight', 'cases', 'suppose'],
  ...['detach', 'absurd', 'decide', 'refl', 'substitute', 'split']
]

/** All lists in a value that have something in them. */
const listsIn = (x: unknown): ReadonlyArray<unknown[]> =>
  Array.isArray(x)
    ? [...(x.length > 0 ? [x as unknown[]] : []), ...x.flatMap(listsIn)]
    : typeof x === 'object' && x !== null
      ? Object.values(x).flatMap(listsIn)
      : []

const at = <X>(xs: ReadonlyArray<X>, n: number): X => xs[n % xs.length] as X

/** Changes one thing in a list, by a few numbers. */
const disturb = (list: unknown[], [how, where, other]: readonly [number, number, number]): void => {
  const i = where % list.length
  const j = other % list.length
  const x = list[i]
  switch (how % 6) {
    case 0: // drop
      list.splice(i, 1)
      break
    case 1: // twice
      list.splice(i, 0, x)
      break
    case 2: // swap
      list[i] = list[j]
      list[j] = x
      break
    case 3: // another of the list
      list[i] = list[j]
      break
    case 4: // a number beside it, another rule, another end
      list[i] = typeof x === 'number' ? Math.max(0, x + (other % 2 === 0 ? 1 : -1)) : at([...RULES, 'left'], other)
      break
    default: // any small number
      list[i] = typeof x === 'number' ? other % 12 : x
  }
}

/** What of a theorem is tampered with: mostly its derivation. */
const placeIn = ({ theorems }: DerivationsFile, what: number, which: number): unknown => {
  const theorem = theorems.at(-1)
  const { derivation } = theorem!
  switch (what % 10) {
    case 0:
      return [theorem?.premises]
    case 1:
      return theorem?.terms
    case 2:
      return theorem?.formulas
    case 3: {
      const { premises, terms, formulas } = at(theorems, which)
      return [premises, terms, formulas]
    }
    case 4:
    case 5:
      return derivation?.scopes
    case 6:
      return derivation?.nodes
    default: {
      // A rule first, so that those that are rare are not forgotten.
      const nodes = derivation?.nodes ?? []
      const rules = [...new Set(nodes.map(([, rule]) => rule))]
      return nodes.filter(([, rule]) => rule === at(rules, which))
    }
  }
}

const tamper = (file: DerivationsFile, [what, which, where, ...how]: Way): void => {
  const lists = listsIn(placeIn(file, what, which))
  if (lists.length > 0) disturb(at(lists, where), how)
  const derivation = file.theorems.at(-1)?.derivation
  // The last node is the root, whatever was dropped or added.
  if (derivation !== undefined) derivation.root = derivation.nodes.length - 1
}

type Way = readonly [what: number, which: number, where: number, how: number, i: number, j: number]
const way: fc.Arbitrary<Way> = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat(), fc.nat(), fc.nat())

test(`both checkers say the same of ${TAMPERED} derivations that were tampered with`, {
  timeout: 1_200_000
}, async () => {
  let accepted = 0
  let changed = 0
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(fc.nat(), { maxLength: 3 }),
      fc.array(way, { minLength: 1, maxLength: 2 }),
      async (n, more, ways) => {
        const file = alone(at(derived, n), more)
        const before = JSON.stringify(file)
        for (const one of ways) tamper(file, one)
        if (JSON.stringify(file) === before) return
        changed++
        const refused = refusedByKernel(signature, file)
        const found = checkDerivations(JSON.stringify(file))
        if (found.isAccepted) accepted++
        expect(found.isAccepted, `${refused ?? 'the kernel accepts'}; ${JSON.stringify(found)}`).toBe(
          refused === undefined
        )
        if (changed % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
    ),
    { numRuns: TAMPERED }
  )
  // Most are still wrong for both; some are as right as before.
  expect(changed).toBeGreaterThan(TAMPERED / 2)
  expect(accepted).toBeGreaterThan(0)
  expect(accepted).toBeLessThan(changed / 10)
})
