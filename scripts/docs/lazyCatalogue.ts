/**
 * The catalogue for pages, one system at a time: the module `virtual:catalogue`, whose default export loads each system by its
 * name when it is asked for. It is made from `invariants/systems/catalogue.ts`, which remains the one list of systems.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { catalogue, nameOf } from '../../invariants/systems/index.js'

const SYSTEMS = join(import.meta.dirname, '../../invariants/systems')

/** A system of the catalogue as it is written there: an expression, and what that imports. */
interface Written {
  readonly expression: string
  readonly imported: string
  readonly module: string
}

/** The systems in the text of the catalogue, in order. */
export const writtenIn = (text: string): ReadonlyArray<Written> => {
  const file = ts.createSourceFile('catalogue.ts', text, ts.ScriptTarget.Latest, true)
  const modules = new Map<string, string>()
  const found: Written[] = []
  const importedIn = (node: ts.Node): ReadonlyArray<string> =>
    ts.isIdentifier(node) && modules.has(node.text) ? [node.text] : node.getChildren().flatMap(importedIn)
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const names = statement.importClause?.namedBindings
      if (names !== undefined && ts.isNamedImports(names))
        for (const { name } of names.elements) modules.set(name.text, statement.moduleSpecifier.text)
    }
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations)
      if (name.getText() === 'catalogue' && initializer !== undefined && ts.isArrayLiteralExpression(initializer))
        for (const element of initializer.elements) {
          const imported = importedIn(element).find((one) => one !== 'anySystem') ?? ''
          found.push({ expression: element.getText(), imported, module: modules.get(imported) ?? '' })
        }
  }
  return found
}

/**
 * The source of the module.
 * @throws Error where the catalogue is not written as a list of imported systems.
 */
export const lazyCatalogue = (): string => {
  const written = writtenIn(readFileSync(join(SYSTEMS, 'catalogue.ts'), 'utf8'))
  const names = catalogue.map(nameOf)
  if (written.length !== names.length || written.some(({ module }) => module === ''))
    throw new Error('invariants/systems/catalogue.ts: expected a list of systems that are imported, each by its name')
  const at = (module: string): string => JSON.stringify(join(SYSTEMS, module).replace(/[.]js$/, '.ts'))
  return [
    `import { anySystem } from ${at('./system.js')}`,
    'export default {',
    ...written.map(
      ({ expression, imported, module }, i) =>
        `  ${JSON.stringify(names[i])}: () => import(${at(module)}).then(({ ${imported} }) => ${expression}),`
    ),
    '}',
    ''
  ].join('\n')
}

const ID = 'virtual:catalogue'

/** The module, for Vite. */
export const lazyCataloguePlugin = () => ({
  name: 'lazy-catalogue',
  resolveId: (id: string): string | undefined => (id === ID ? `\0${ID}` : undefined),
  load: (id: string): string | undefined => (id === `\0${ID}` ? lazyCatalogue() : undefined)
})
