/**
 * Where the names that a file exports are declared: in it, or in another file, through all the files that hand them on.
 */
import { posix } from 'node:path'
import ts from 'typescript'
import { declaredAtTop, declaredBy, hasDocComment, specifierOf, there } from './scopes.js'
import type { Referent } from './scopes.js'

/** A line of a file, from 1; a module as a whole has none. */
export interface Place {
  readonly file: string
  readonly line: number | undefined
}

/** A file that can be parsed; undefined where there is none. */
export type Parsed = (file: string) => ts.SourceFile | undefined

/** Parses files, each once. */
export const parsing = (read: (file: string) => string | undefined): Parsed => {
  const known = new Map<string, ts.SourceFile | undefined>()
  return (file) => {
    if (known.has(file)) return known.get(file)
    const text = read(file)
    const parsed = text === undefined ? undefined : ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
    known.set(file, parsed)
    return parsed
  }
}

/** The line of a position, from 1. */
export const lineAt = (file: ts.SourceFile, position: number): number =>
  file.getLineAndCharacterOfPosition(position).line + 1

/** The file that a file imports by a path; undefined for packages. */
const imported = (from: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier.replace(/\.js$/, '.ts')) : undefined

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

/** What a file exports under a name, as far as the file itself says so; more than one where it hands on whole modules. */
const exportedAs = (file: ts.SourceFile, name: string): ReadonlyArray<Referent> => {
  const explicit: Referent[] = []
  const through: Referent[] = []
  for (const statement of file.statements) {
    if (isExported(statement))
      for (const { name: node } of declaredBy(statement))
        if (node.text === name) explicit.push({ _tag: 'Here', position: node.getStart(file) })
    if (ts.isExportAssignment(statement) && name === 'default')
      explicit.push({ _tag: 'Here', position: statement.getStart(file) })
    if (!ts.isExportDeclaration(statement)) continue
    const specifier = specifierOf(statement)
    const { exportClause } = statement
    if (exportClause === undefined) through.push(there(specifier ?? '', name))
    else if (ts.isNamespaceExport(exportClause)) {
      if (exportClause.name.text === name) explicit.push(there(specifier ?? '', '*'))
    } else
      for (const one of exportClause.elements) {
        if (one.name.text !== name) continue
        const original = (one.propertyName ?? one.name).text
        const referent = specifier === undefined ? declaredAtTop(file, original) : there(specifier, original)
        if (referent !== undefined) explicit.push(referent)
      }
  }
  return [...explicit, ...through]
}

/** Where something that a file refers to is declared; undefined where that is no file that can be parsed. */
export const placeOf = (
  parsed: Parsed,
  file: string,
  referent: Referent,
  asked: ReadonlySet<string> = new Set()
): Place | undefined => {
  const source = parsed(file)
  if (source === undefined) return undefined
  if (referent._tag === 'Here') return { file, line: lineAt(source, referent.position) }
  const target = imported(file, referent.specifier)
  const exporting = target === undefined ? undefined : parsed(target)
  if (target === undefined || exporting === undefined) return undefined
  if (referent.name === '*') return { file: target, line: undefined }
  // Files that hand on one another's names may do so in a circle.
  const question = `${target} ${referent.name}`
  if (asked.has(question)) return undefined
  for (const one of exportedAs(exporting, referent.name)) {
    const place = placeOf(parsed, target, one, new Set([...asked, question]))
    if (place !== undefined) return place
  }
  return undefined
}

/** Something that a file defines for its readers. */
export interface Definition {
  readonly name: string
  readonly line: number
}

/** What a file exports, and whatever else in it has a doc comment, at any depth. */
export const definitionsIn = (file: ts.SourceFile): ReadonlyArray<Definition> => {
  const found: Definition[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node) && (isExported(node) || hasDocComment(node)))
      for (const { name } of declaredBy(node)) found.push({ name: name.text, line: lineAt(file, name.getStart(file)) })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
