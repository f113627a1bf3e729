/**
 * Makes rows of the ledger again: scripts/mutationOfLemmas.ts puts this into one file with the instrumented lemmas, and
 * starts that once for each mutant. Prints how a row of one of the lemmas that are named differs from docs/lemmas.md, or
 * nothing; without names, how long the row of each lemma takes, and which mutants it reaches.
 */
import { readFileSync } from 'node:fs'
import { ledger } from '../invariants/blockchain/lemmas/ledger.js'
import type { Row } from '../invariants/blockchain/lemmas/ledger.js'
import { reasonOf } from '../impl/cli/io.js'
import { lemmaRow } from './docs/lemmaRow.js'

type Hits = Readonly<Record<string, number>>

/** What the instrumented sources share with who runs them. */
declare global {
  var __stryker__: { currentTestId?: string; mutantCoverage?: { static: Hits; perTest: Record<string, Hits> } }
}

/** A lemma, and what its row reaches. The first one also reaches what runs before it, when all are built. */
export interface Reached {
  readonly name: string
  readonly milliseconds: number
  readonly mutants: ReadonlyArray<string>
}

const page = readFileSync('docs/lemmas.md', 'utf8').split('\n')

/** What differs in a row; the last column, which takes long, is not looked at. */
const differing = (row: Row): string | undefined => {
  const made = lemmaRow({ ...row, refutes: [] }).replace(/\| *\|$/, '|')
  const [, ...columns] = made.split(' | ')
  return page.some((line) => line.startsWith(made)) ? undefined : `${row.lemma.name}: ${columns.slice(1).join(' | ')}`
}

const noticed = (names: ReadonlyArray<string>): string => {
  try {
    for (const name of names)
      for (const row of ledger({ name })) {
        const what = differing(row)
        if (what !== undefined) return what
      }
    return ''
  } catch (error) {
    return `refused: ${reasonOf(error)}`
  }
}

const reached = (): ReadonlyArray<Reached> => {
  const found: Reached[] = []
  let start = performance.now()
  for (const row of ledger()) {
    const milliseconds = performance.now() - start
    const what = differing(row)
    if (what !== undefined) throw new Error(`nothing is changed, and a row differs: ${what}`)
    const { currentTestId, mutantCoverage } = globalThis.__stryker__
    const hits = currentTestId === undefined ? mutantCoverage?.static : mutantCoverage?.perTest[currentTestId]
    found.push({ name: row.lemma.name, milliseconds, mutants: Object.keys(hits ?? {}) })
    globalThis.__stryker__.currentTestId = String(found.length)
    start = performance.now()
  }
  return found
}

const names = process.argv.slice(2)
process.stdout.write(names.length === 0 ? JSON.stringify(reached()) : noticed(names))
