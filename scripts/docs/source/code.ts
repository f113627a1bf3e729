/**
 * The code of a file as HTML: a line is an anchor, words have the colours of what they are, and names lead to where they are
 * declared. The parse that says where a name leads says what it is too, so no second grammar is asked.
 */
import ts from 'typescript'

/** Kinds of words that have a colour, as classes: comments, keywords, strings, constants, functions and types, parameters. */
export type Colour = 'c' | 'k' | 's' | 'n' | 'f' | 'p'

/** A piece of a text that is shown in some way; what lies between pieces is shown as it is. */
export interface Piece {
  readonly start: number
  readonly end: number
  readonly colour?: Colour | undefined
  /** Where it leads. */
  readonly address?: string | undefined
}

const LITERALS: ReadonlyMap<ts.SyntaxKind, Colour> = new Map([
  [ts.SyntaxKind.StringLiteral, 's'],
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral, 's'],
  [ts.SyntaxKind.TemplateHead, 's'],
  [ts.SyntaxKind.TemplateMiddle, 's'],
  [ts.SyntaxKind.TemplateTail, 's'],
  [ts.SyntaxKind.RegularExpressionLiteral, 's'],
  [ts.SyntaxKind.NumericLiteral, 'n'],
  [ts.SyntaxKind.BigIntLiteral, 'n'],
  [ts.SyntaxKind.TrueKeyword, 'n'],
  [ts.SyntaxKind.FalseKeyword, 'n'],
  [ts.SyntaxKind.NullKeyword, 'n']
])

const isFunction = (node: ts.Node | undefined): boolean =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node))

/** Whether an identifier is what a call calls: `f` of `f(x)` and of `o.f(x)`. */
const isCalled = (node: ts.Identifier): boolean => {
  const { parent } = node
  const callee = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : node
  const call = callee.parent
  return (ts.isCallExpression(call) || ts.isNewExpression(call)) && call.expression === callee
}

const colourOfName = (node: ts.Identifier): Colour | undefined => {
  const { parent, text } = node
  if (text === 'undefined') return 'n'
  if (ts.isTypeReferenceNode(parent)) return text === 'const' ? 'k' : 'f'
  if (
    ts.isTypeAliasDeclaration(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeParameterDeclaration(parent) ||
    ts.isExpressionWithTypeArguments(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    isCalled(node)
  )
    return 'f'
  if (ts.isParameter(parent) && parent.name === node) return 'p'
  if (ts.isVariableDeclaration(parent) && parent.name === node) return isFunction(parent.initializer) ? 'f' : 'n'
  if (ts.isPropertyAssignment(parent) && parent.name === node && isFunction(parent.initializer)) return 'f'
  return undefined
}

/** What stands between names and literals: comments, keywords and signs of operations. */
const BETWEEN = /(\/\/.*|\/\*[^]*?\*\/)|([a-z]+|=>|\.{3}|[<>]=|[=!&|?*+%^~/-]+)/g

/** The words of a file that have a colour, in their order. */
export const coloured = (file: ts.SourceFile): ReadonlyArray<Piece> => {
  const pieces: Piece[] = []
  let end = 0
  const between = (to: number): void => {
    for (const { index, 0: word, 1: comment } of file.text.slice(end, to).matchAll(BETWEEN))
      pieces.push({
        start: end + index,
        end: end + index + word.length,
        colour: comment === undefined ? 'k' : 'c'
      })
  }
  const visit = (node: ts.Node): void => {
    const literal = LITERALS.get(node.kind)
    if (literal === undefined && !ts.isIdentifier(node)) {
      ts.forEachChild(node, visit)
      return
    }
    const start = node.getStart(file)
    between(start)
    end = node.end
    pieces.push({ start, end, colour: literal ?? (ts.isIdentifier(node) ? colourOfName(node) : undefined) })
  }
  visit(file)
  between(file.text.length)
  return pieces
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)

const elementOf = (text: string, { colour, address }: Piece): string => {
  const style = colour === undefined ? '' : ` class="${colour}"`
  if (address !== undefined) return `<a href="${address}"${style}>${escaped(text)}</a>`
  return colour === undefined ? escaped(text) : `<span${style}>${escaped(text)}</span>`
}

/** A text with its pieces, in lines of HTML; a piece of more than one line is one on each. */
export const linesWith = (text: string, pieces: ReadonlyArray<Piece>): ReadonlyArray<string> => {
  const parts: string[] = []
  let end = 0
  for (const piece of pieces) {
    parts.push(escaped(text.slice(end, piece.start)))
    const words = text.slice(piece.start, piece.end).split('\n')
    parts.push(words.map((word) => (word === '' ? '' : elementOf(word, piece))).join('\n'))
    ;({ end } = piece)
  }
  parts.push(escaped(text.slice(end)))
  return parts.join('').split('\n')
}

/** Code as the theme shows it: with numbers of lines, and a button that copies it. */
export const codeBlock = (language: string, lines: ReadonlyArray<string>): string =>
  [
    `<div class="language-${language} line-numbers-mode source-code">`,
    `<button title="Copy Code" class="copy"></button><span class="lang">${language}</span>`,
    `<pre tabindex="0"><code>${lines.map((line, i) => `<span class="line" id="L${String(i + 1)}">${line}</span>`).join('\n')}</code></pre>`,
    `<div class="line-numbers-wrapper" aria-hidden="true">${lines.map((_, i) => `${String(i + 1)}<br>`).join('')}</div>`,
    '</div>'
  ].join('')
