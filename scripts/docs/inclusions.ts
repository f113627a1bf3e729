/**
 * Code in pages. A comment `<!-- code: FILE -->` or `<!-- code: FILE#NAME -->` before a fenced block says that the block
 * is that file, or that declaration of it with its doc comment. The generator keeps it so.
 *
 * A page shows code as a user of the package writes it: an example imports what it uses from the files of this project,
 * and the page from the package's entry points.
 */
import ts from 'typescript'

/** From the path of a file to its text; undefined where there is none. */
export type Read = (file: string) => string | undefined

/** The entry points of the package: the source file behind each. */
export type EntryPoints = ReadonlyMap<string, string>

/** The entry points that a package.json names: `./checker` is `invariants/checker/index.ts` under `blockforest/checker`. */
export const entryPoints = (name: string, exports: Readonly<Record<string, unknown>>): EntryPoints =>
  new Map(
    Object.entries(exports).flatMap(([path, target]) => {
      const file = typeof target === 'object' && target !== null && 'default' in target ? target.default : undefined
      return typeof file === 'string'
        ? [[file.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts'), path.replace(/^\./, name)] as const]
        : []
    })
  )

/** The declaration with a name (`Forests.btExtend`), with its doc comment, at the margin. */
const declaration = (file: string, text: string, name: string): string | undefined => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const named = (node: ts.Node): string | undefined =>
    ts.isVariableStatement(node)
      ? node.declarationList.declarations[0]?.name.getText()
      : ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isFunctionDeclaration(node)
        ? node.name?.getText()
        : undefined
  const find = (node: ts.Node, path: ReadonlyArray<string>): ts.Node | undefined => {
    const [first, ...rest] = path
    if (first === undefined) return node
    return ts.forEachChild(node, (child) => (named(child) === first ? find(child, rest) : find(child, path)))
  }
  const node = find(source, name.split('.'))
  if (node === undefined) return undefined
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source, true))
  const lines = text.slice(source.getPositionOfLineAndCharacter(line, 0), node.end).split('\n')
  const margin = Math.min(...lines.filter((l) => l.trim() !== '').map((l) => l.search(/\S/)))
  return lines.map((l) => l.slice(margin)).join('\n')
}

/** The code of an example as a user writes it, with the entry points of the package for its imports. */
const asUsed = (file: string, text: string, points: EntryPoints): string =>
  text.replace(/(from ')(\.[^']*)(')/g, (all, from: string, path: string, quote: string) => {
    const target = new URL(path.replace(/\.js$/, '.ts'), `file:///${file}`).pathname.slice(1)
    const point = points.get(target)
    return point === undefined ? all : `${from}${point}${quote}`
  })

/** A page with its code blocks made anew, and the blocks whose code there is not. */
export const withCode = (
  page: string,
  read: Read,
  points: EntryPoints
): { readonly page: string; readonly problems: ReadonlyArray<string> } => {
  const problems: string[] = []
  const made = page.replace(
    /^<!-- code: (\S+?)(?:#(\S+))? -->(?:\n+```ts\n[\s\S]*?^```$)?/gm,
    (all: string, file: string, name: string | undefined) => {
      const text = read(file)
      const code =
        text === undefined ? undefined : name === undefined ? asUsed(file, text, points) : declaration(file, text, name)
      if (code === undefined) {
        problems.push(text === undefined ? `there is no file ${file}` : `${file} declares no ${String(name)}`)
        return all
      }
      return `<!-- code: ${file}${name === undefined ? '' : `#${name}`} -->\n\`\`\`ts\n${code.trimEnd()}\n\`\`\``
    }
  )
  return { page: made, problems }
}
