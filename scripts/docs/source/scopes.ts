/**
 * What the names in a file of TypeScript refer to, by the scopes of the language and without its types: a declaration of this
 * file, or what an import names. A name that is hidden by a parameter or a local variable refers to that, and leads nowhere.
 */
import ts from 'typescript'

/** Where a name leads: to a position in this file, or to what another module exports under a name; `*` is the module. */
export type Referent =
  | { readonly _tag: 'Here'; readonly position: number }
  | { readonly _tag: 'There'; readonly specifier: string; readonly name: string }

/** A piece of the text that refers to something. */
export interface Use {
  readonly start: number
  readonly end: number
  readonly referent: Referent
}

/** Values and types have names of their own: a parameter hides no type. */
type Meaning = 'value' | 'type'
const BOTH: ReadonlyArray<Meaning> = ['value', 'type']

/** A declared name; where nothing should lead to it, as to a parameter, without a referent. */
interface Declared {
  readonly name: string
  readonly meanings: ReadonlyArray<Meaning>
  readonly referent: Referent | undefined
}

/** What is declared in a scope, and the scope around it. */
interface Scope {
  readonly declared: ReadonlyArray<Declared>
  readonly around: Scope | undefined
}

const lookUp = (scope: Scope | undefined, name: string, meanings: ReadonlyArray<Meaning>): Referent | undefined => {
  const found = scope?.declared.find((one) => one.name === name && one.meanings.some((m) => meanings.includes(m)))
  return found === undefined ? scope && lookUp(scope.around, name, meanings) : found.referent
}

/** The names that a pattern binds. */
export const boundBy = (name: ts.BindingName): ReadonlyArray<ts.Identifier> =>
  ts.isIdentifier(name)
    ? [name]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundBy(element.name)))

/** The path of the module that a statement imports from or exports from; undefined where it names none. */
export const specifierOf = (node: ts.ImportDeclaration | ts.ExportDeclaration): string | undefined =>
  node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined

/** What a module exports under a name. */
export const there = (specifier: string, name: string): Referent => ({ _tag: 'There', specifier, name })

const importedBy = (node: ts.ImportDeclaration): ReadonlyArray<Declared> => {
  const { importClause } = node
  const specifier = specifierOf(node)
  if (importClause === undefined || specifier === undefined) return []
  const declare = ({ text }: ts.Identifier, name: string): Declared => ({
    name: text,
    meanings: BOTH,
    referent: there(specifier, name)
  })
  const { name, namedBindings } = importClause
  return [
    ...(name === undefined ? [] : [declare(name, 'default')]),
    ...(namedBindings === undefined
      ? []
      : ts.isNamespaceImport(namedBindings)
        ? [declare(namedBindings.name, '*')]
        : namedBindings.elements.map((one) => declare(one.name, (one.propertyName ?? one.name).text)))
  ]
}

const MEANINGS: ReadonlyMap<ts.SyntaxKind, ReadonlyArray<Meaning>> = new Map([
  [ts.SyntaxKind.FunctionDeclaration, ['value']],
  [ts.SyntaxKind.ClassDeclaration, BOTH],
  [ts.SyntaxKind.EnumDeclaration, BOTH],
  [ts.SyntaxKind.InterfaceDeclaration, ['type']],
  [ts.SyntaxKind.TypeAliasDeclaration, ['type']]
])

/** A statement that declares something under its own name. */
type Named = ts.Statement & { readonly name?: ts.Identifier }

/** The names that a statement declares, with the nodes of these names. */
export const declaredBy = (
  statement: ts.Statement
): ReadonlyArray<{ readonly name: ts.Identifier; readonly meanings: ReadonlyArray<Meaning> }> => {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations
      .flatMap(({ name }) => boundBy(name))
      .map((name) => ({ name, meanings: ['value'] }))
  const meanings = MEANINGS.get(statement.kind)
  const { name }: Named = statement
  return meanings === undefined || name === undefined ? [] : [{ name, meanings }]
}

/** Whether a declaration has a doc comment. */
export const hasDocComment = (node: ts.Node): boolean => ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc)

/** What statements declare. A local declaration is led to if it is a definition for readers too: if it has a doc comment. */
const declaredIn = (statements: ReadonlyArray<ts.Statement>, isTop: boolean): ReadonlyArray<Declared> =>
  statements.flatMap((statement) =>
    ts.isImportDeclaration(statement)
      ? importedBy(statement)
      : declaredBy(statement).map(({ name, meanings }) => ({
          name: name.text,
          meanings,
          referent: isTop || hasDocComment(statement) ? { _tag: 'Here' as const, position: name.getStart() } : undefined
        }))
  )

const hidden = (names: ReadonlyArray<ts.Identifier>, meaning: Meaning): ReadonlyArray<Declared> =>
  names.map(({ text }) => ({ name: text, meanings: [meaning], referent: undefined }))

/** The names that `infer` binds in a type. */
const inferredIn = (node: ts.Node): ReadonlyArray<ts.Identifier> => {
  const found: ts.Identifier[] = []
  const visit = (one: ts.Node): void => {
    if (ts.isInferTypeNode(one)) found.push(one.typeParameter.name)
    ts.forEachChild(one, visit)
  }
  visit(node)
  return found
}

/** What a name refers to outside of all functions of a file. */
export const declaredAtTop = (file: ts.SourceFile, name: string): Referent | undefined =>
  lookUp({ declared: declaredIn(file.statements, true), around: undefined }, name, BOTH)

const typeParametersOf = (node: ts.Node): ReadonlyArray<ts.Identifier> =>
  ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)
    ? (node.typeParameters ?? []).map(({ name }) => name)
    : []

/** What a node declares for what is in it; undefined where it makes no scope. */
const scopeOf = (node: ts.Node): ReadonlyArray<Declared> | undefined => {
  if (ts.isSourceFile(node)) return declaredIn(node.statements, true)
  if (ts.isBlock(node) || ts.isModuleBlock(node)) return declaredIn(node.statements, false)
  if (ts.isCaseBlock(node)) return node.clauses.flatMap(({ statements }) => declaredIn(statements, false))
  if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    const first = node.initializer
    const isList = first !== undefined && ts.isVariableDeclarationList(first)
    return isList
      ? hidden(
          first.declarations.flatMap(({ name }) => boundBy(name)),
          'value'
        )
      : []
  }
  if (ts.isCatchClause(node))
    return hidden(node.variableDeclaration ? boundBy(node.variableDeclaration.name) : [], 'value')
  if (ts.isMappedTypeNode(node)) return hidden([node.typeParameter.name], 'type')
  if (ts.isConditionalTypeNode(node)) return hidden(inferredIn(node.extendsType), 'type')
  const typeNames = hidden(typeParametersOf(node), 'type')
  if (!ts.isFunctionLike(node)) return typeNames.length === 0 ? undefined : typeNames
  const own = ts.isFunctionExpression(node) && node.name !== undefined ? [node.name] : []
  return [...typeNames, ...hidden([...own, ...node.parameters.flatMap(({ name }) => boundBy(name))], 'value')]
}

/** Whether an identifier is the name of a declaration, a property or a label, and no reference. */
const isName = (node: ts.Identifier): boolean => {
  const { parent } = node
  if (ts.isShorthandPropertyAssignment(parent)) return false
  if (ts.isBindingElement(parent)) return parent.name === node || parent.propertyName === node
  if (ts.isBreakOrContinueStatement(parent) || ts.isLabeledStatement(parent) || ts.isMetaProperty(parent)) return true
  if (ts.isImportTypeNode(parent) || ts.isNamespaceExport(parent)) return true
  return 'name' in parent && parent.name === node
}

/** In which meanings an identifier is used. */
const meaningsOf = (node: ts.Identifier): ReadonlyArray<Meaning> => {
  const { parent } = node
  if (ts.isTypeReferenceNode(parent)) return ['type']
  if (ts.isQualifiedName(parent) || ts.isExportSpecifier(parent)) return BOTH
  if (ts.isExpressionWithTypeArguments(parent) && ts.isHeritageClause(parent.parent))
    return ts.isClassLike(parent.parent.parent) && parent.parent.token === ts.SyntaxKind.ExtendsKeyword
      ? ['value']
      : ['type']
  return ['value']
}

/** What a name in an import or an export of another module refers to; undefined elsewhere. */
const throughModule = (node: ts.Identifier): Referent | undefined => {
  const { parent } = node
  const clause = ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) ? parent.parent.parent : parent
  const declaration =
    ts.isImportClause(clause) || ts.isNamespaceImport(clause) ? ts.findAncestor(clause, ts.isImportDeclaration) : clause
  if (declaration === undefined || !(ts.isImportDeclaration(declaration) || ts.isExportDeclaration(declaration)))
    return undefined
  const specifier = specifierOf(declaration)
  if (specifier === undefined) return undefined
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent))
    return there(specifier, (parent.propertyName ?? parent.name).text)
  return there(specifier, ts.isImportClause(parent) ? 'default' : '*')
}

/** The identifier to the left of a dot before another one. */
const leftOf = (node: ts.Identifier): ts.Identifier | undefined => {
  const { parent } = node
  const left =
    ts.isPropertyAccessExpression(parent) && parent.name === node
      ? parent.expression
      : ts.isQualifiedName(parent) && parent.right === node
        ? parent.left
        : undefined
  return left !== undefined && ts.isIdentifier(left) ? left : undefined
}

const referentOf = (node: ts.Identifier, scope: Scope): Referent | undefined => {
  const { parent } = node
  const outside = throughModule(node)
  if (outside !== undefined) return outside
  if (ts.isExportSpecifier(parent))
    return (parent.propertyName ?? parent.name) === node ? lookUp(scope, node.text, BOTH) : undefined
  const left = leftOf(node)
  if (left !== undefined) {
    const module = lookUp(scope, left.text, BOTH)
    return module?._tag === 'There' && module.name === '*' ? there(module.specifier, node.text) : undefined
  }
  return isName(node) || (ts.isQualifiedName(parent) && parent.right === node)
    ? undefined
    : lookUp(scope, node.text, meaningsOf(node))
}

/** The names in a file that lead somewhere, in their order, and the paths of the modules that it names. */
export const usesIn = (file: ts.SourceFile): ReadonlyArray<Use> => {
  const found: Use[] = []
  const visit = (node: ts.Node, scope: Scope): void => {
    if (ts.isIdentifier(node)) {
      const referent = referentOf(node, scope)
      if (referent !== undefined) found.push({ start: node.getStart(file), end: node.end, referent })
    }
    if (ts.isStringLiteral(node) && (ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent)))
      found.push({ start: node.getStart(file) + 1, end: node.end - 1, referent: there(node.text, '*') })
    const declared = scopeOf(node)
    const inner = declared === undefined ? scope : { declared, around: scope }
    ts.forEachChild(node, (child) => visit(child, inner))
  }
  visit(file, { declared: [], around: undefined })
  return found.toSorted((a, b) => a.start - b.start)
}
