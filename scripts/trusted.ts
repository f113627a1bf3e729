/**
 * `npx tsx scripts/trusted.ts`: how much there is to be believed of the typed proofs, in lines of code: those that have
 * something besides comments.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './docs/pages.js'

/** The lines of a source with something that is no comment. */
const linesOfCode = (text: string): number => {
  const source = ts.createSourceFile('counted.ts', text, ts.ScriptTarget.Latest, true)
  const lines = new Set<number>()
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return
    const children = node.getChildren(source)
    if (children.length === 0 && node.end > node.getStart(source))
      for (
        let line = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
        line <= source.getLineAndCharacterOfPosition(node.end).line;
        line++
      )
        lines.add(line)
    children.forEach(visit)
  }
  visit(source)
  return lines.size
}

const filesOf = (path: string): ReadonlyArray<string> =>
  statSync(join(ROOT, path)).isDirectory()
    ? readdirSync(join(ROOT, path))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(path, file))
    : [path]

const parts: ReadonlyArray<readonly [what: string, ...paths: ReadonlyArray<string>]> = [
  ['the independent checker', 'invariants/proof/check'],
  [
    'the words of the lemmas',
    'invariants/proof/sequences.ts',
    'invariants/blockchain/lemmas/vocabulary.ts',
    'invariants/blockchain/lemmas/networkVocabulary.ts'
  ],
  [
    'the words of the statements on quorums, and the facts that they stand beside',
    ...['words', 'sets', 'numbers', 'nodes'].map((name) => `invariants/byzantine/lemmas/${name}.ts`)
  ],
  ['besides, not to be believed: the kernel', 'invariants/proof/kernel']
]

for (const [what, ...paths] of parts) {
  const lines = paths.flatMap(filesOf).reduce((n, file) => n + linesOfCode(readFileSync(join(ROOT, file), 'utf8')), 0)
  console.log(`${what}: ${String(lines)} lines of code`)
}
