/**
 * The tags of the sources. A line `@coq FILE NAME …` in a doc comment says that the declaration below it is the counterpart
 * of these declarations of the Coq development of Toychain, and a line `@bythos FILE NAME …` of that of Bythos. Names with spaces, which notations have, stand in double
 * quotes: `@coq Structures/Parameters.v FCR "A > B"`.
 */
import ts from 'typescript'

/** A declaration of the sources that a doc comment is about. */
export interface Counterpart {
  /** The path of its file, from the root of the project. */
  readonly file: string
  /** The line of its name, from 1. */
  readonly line: number
  /** Its name, after those of the declarations around it: `Forests.btExtend`. */
  readonly name: string
  /** The first sentence of its doc comment; empty where the comment has only tags. */
  readonly sentence: string
}

/** One name of one tag. */
export interface Tag {
  readonly coqFile: string
  readonly coqName: string
  readonly counterpart: Counterpart
}

/** The tags of a source file, and what is wrong with them. */
export interface Tags {
  readonly tags: ReadonlyArray<Tag>
  readonly problems: ReadonlyArray<string>
}

/** A source file: its path from the root of the project, and its text. */
export interface Source {
  readonly file: string
  readonly text: string
}

/** The lines of a doc comment without its frame of stars. */
const linesOf = (comment: string): ReadonlyArray<string> =>
  comment
    .replace(/^\/\*\*/, '')
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())

/** The first sentence of a doc comment: up to a full stop before a capital, a backquote, or the end of the paragraph. */
export const firstSentence = (comment: string): string => {
  const lines = linesOf(comment)
  const start = lines.findIndex((line) => line !== '')
  const rest = start < 0 ? [] : lines.slice(start)
  const end = rest.findIndex((line) => line === '' || line.startsWith('@'))
  const paragraph = (end < 0 ? rest : rest.slice(0, end)).join(' ')
  return /^.*?[.!?](?=\)?\s+[A-Z`'"*(]|$)/.exec(paragraph)?.[0] ?? paragraph
}

/** The names of a tag line; undefined where a quote is not closed. */
const namesOf = (list: string): ReadonlyArray<string> | undefined => {
  const names = [...list.matchAll(/"([^"]+)"|([^\s"]+)/g)].map((m) => m[1] ?? m[2] ?? '')
  return list.replace(/"[^"]+"/g, '').includes('"') ? undefined : names
}

/** The name of a declaration; undefined where it has none. */
const nameOf = (node: ts.Node): ts.Node | undefined => {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.name
  if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause))
    return node.exportClause.elements[0]?.name
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  )
    return node.name
  return undefined
}

/** The names of the declarations around a node and its own, outermost first. */
const pathOf = (node: ts.Node): ReadonlyArray<string> => {
  const own = nameOf(node)
  const above = ts.isSourceFile(node.parent) ? [] : pathOf(node.parent)
  return own === undefined ? above : [...above, own.getText()]
}

/** The words that tags begin with, one for each Coq development. */
export type TagWord = 'coq' | 'bythos'

/** Reads the tags of a source file that begin with a word. */
export const tagsOf = ({ file, text }: Source, word: TagWord = 'coq'): Tags => {
  // Most files have none, and need not be parsed.
  if (!text.includes(`@${word}`)) return { tags: [], problems: [] }
  const isTag = new RegExp(`^@${word}\\b(.*)$`)
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const tags: Tag[] = []
  const problems: string[] = []
  const seen = new Set<number>()
  const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1

  const readComment = (node: ts.Node, comment: ts.JSDoc): void => {
    const written = comment.getFullText(source)
    const name = nameOf(node)
    if (name === undefined) return
    seen.add(comment.pos)
    const counterpart: Counterpart = {
      file,
      line: lineAt(name.getStart(source)),
      name: pathOf(node).join('.'),
      sentence: firstSentence(written)
    }
    for (const line of linesOf(written)) {
      const [, list] = isTag.exec(line) ?? []
      if (list === undefined) continue
      const [coqFile, ...names] = namesOf(list) ?? []
      if (coqFile === undefined || names.length === 0)
        problems.push(`${file}:${counterpart.line}: \`@${word}${list}\` is not of the form \`@${word} FILE NAME …\``)
      else for (const coqName of names) tags.push({ coqFile, coqName, counterpart })
    }
  }

  const visit = (node: ts.Node): void => {
    for (const comment of ts.getJSDocCommentsAndTags(node))
      if (ts.isJSDoc(comment) && !seen.has(comment.pos)) readComment(node, comment)
    ts.forEachChild(node, visit)
  }
  visit(source)

  // A doc comment that belongs to no declaration would be passed over in silence.
  for (const { index, 0: comment } of text.matchAll(/\/\*\*[\s\S]*?\*\//g))
    if (linesOf(comment).some((line) => isTag.test(line)) && !seen.has(index))
      problems.push(`${file}:${lineAt(index)}: a comment with a @${word} tag stands before no declaration`)
  return { tags, problems }
}
