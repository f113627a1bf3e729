/**
 * The lemmas use none of the ways around the kernel that are known and can be seen in the text (`docs/proofs.md`, "What is
 * known to be wrong"): nothing is kept outside of a derivation, and no proof is made to look like another.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../../../scripts/docs/pages.js'

const FOLDER = join(ROOT, 'invariants/blockchain/lemmas')

/** The modules that declare lemmas: those that start a chapter. */
const modules = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }))
  .filter(({ text }) => text.includes(' = chapter('))

const KEEPING = new Set(['push', 'unshift', 'splice', 'set', 'add', 'assign', 'defineProperty'])
const DISGUISING = new Set(['Proxy', 'Reflect', 'theoremOf'])
const ASSIGNING = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken
])
const LOOKING = new Set(['origin', 'sequent', 'derivation'])

/** What in a source could keep something outside of a derivation, or disguise a proof. */
const suspicious = (text: string): ReadonlyArray<string> => {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Const) === 0) found.push('a variable')
    if (ts.isBinaryExpression(node) && ASSIGNING.has(node.operatorToken.kind)) found.push('an assignment')
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      if (KEEPING.has(node.expression.name.text)) found.push(node.expression.name.text)
    if (ts.isPropertyAccessExpression(node) && LOOKING.has(node.name.text)) found.push(node.name.text)
    if (ts.isIdentifier(node) && DISGUISING.has(node.text)) found.push(node.text)
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) found.push('a function that may be overloaded')
    if (ts.isTypePredicateNode(node)) found.push('a type predicate')
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('lemmas.ts', text, ts.ScriptTarget.Latest, true))
  return found
}

describe('a derivation that means to deceive', () => {
  test('is not among those of the lemmas, as far as can be seen', () => {
    expect(modules.length).toBeGreaterThan(25)
    // What is stated of the parameters is stated once more, of an instance; nothing is derived there.
    expect(modules.flatMap(({ file, text }) => suspicious(text).map((what) => `${file}: ${what}`))).toEqual([
      'proofOfWork.ts: sequent'
    ])
  })

  test.each([
    ['const out = []; refute(goal, (h) => { out.push(h); return h })', 'push'],
    ['Object.assign(h, { origin: 1 })', 'assign'],
    ['new Proxy(h, {})', 'Proxy'],
    ['let kept', 'a variable'],
    ['kept.it = self', 'an assignment'],
    ['theoremOf(never)?.sequent(one)', 'sequent'],
    ['function cast(p: unknown): unknown { return p }', 'a function that may be overloaded'],
    ['const is = (x: unknown): x is string => true', 'a type predicate']
  ])('would be seen: %s', (code, what) => {
    expect(suspicious(code)).toContain(what)
  })
})
