/**
 * Contracts as Solidity would write them: the source that people know, made from the source that runs.
 */
import type { Contract, Declaration, Definition, Node, Statement } from './language.js'

/** A line of source: its number where it has one, its text, and the statement whose first line it is. */
export interface SourceLine {
  readonly number: number | null
  readonly text: string
  readonly of: Statement | null
}

/** How tightly an operator binds. */
const BINDS = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6
}

const TERMS = { Sender: 'msg.sender', Value: 'msg.value', This: 'this', Block: 'block.number' } as const

/** An expression; in parentheses where what is around it binds more tightly. */
export const nodeText = (node: Node, around = 0): string => {
  switch (node._tag) {
    case 'Literal':
      return typeof node.value === 'string' ? node.value : String(node.value)
    case 'Sender':
    case 'Value':
    case 'This':
    case 'Block':
      return TERMS[node._tag]
    case 'Local':
      return node.name
    case 'Field':
      return node.key === null ? node.name : `${node.name}[${nodeText(node.key)}]`
    case 'Initialized':
      return `${node.name}[${nodeText(node.key)}].initialized()`
    case 'Balance':
      return `${nodeText(node.of, 9)}.balance`
    case 'Not':
      return `!${nodeText(node.of, 9)}`
    case 'Binary': {
      const binds = BINDS[node.operator]
      const text = `${nodeText(node.left, binds)} ${node.operator} ${nodeText(node.right, binds + 1)}`
      return binds < around ? `(${text})` : text
    }
  }
}

const giveText = (s: Extract<Statement, { _tag: 'Give' }>): string => {
  const [to, amount] = [nodeText(s.to, 9), nodeText(s.amount)]
  const text = s.way === 'call' ? `${to}.call.value(${amount})()` : `${to}.${s.way}(${amount})`
  return s.ok === null ? `${text};` : `bool ${s.ok} = ${text};`
}

type Unnumbered = Omit<SourceLine, 'number'>

const indented = (lines: ReadonlyArray<Unnumbered>): ReadonlyArray<Unnumbered> =>
  lines.map((line) => ({ ...line, text: `    ${line.text}` }))

const linesOf = (s: Statement): ReadonlyArray<Unnumbered> => {
  const one = (text: string): ReadonlyArray<Unnumbered> => [{ text, of: s }]
  switch (s._tag) {
    case 'Assign':
      return one(`${nodeText(s.to.node)} ${s.by} ${nodeText(s.value)};`)
    case 'Delete':
      return one(`delete ${nodeText(s.at.node)};`)
    case 'Let':
      return one(`${s.type} ${s.name} = ${nodeText(s.value)};`)
    case 'Throw':
      return one('throw;')
    case 'Return':
      return one(
        s.says !== null ? `return "${s.says}";` : s.value === null ? 'return;' : `return ${nodeText(s.value)};`
      )
    case 'Give':
      return one(giveText(s))
    case 'Inline':
      return one(`${s.of.name}(${s.args.map((arg) => nodeText(arg)).join(', ')});${s.remark && ` // ${s.remark}`}`)
    case 'Remark':
      return one(s.text)
    case 'Together':
      return s.of.flatMap(linesOf)
    case 'If': {
      const [only, ...more] = s.then
      const head = `if (${nodeText(s.condition)})`
      if (only?._tag === 'Throw' && more.length === 0 && s.otherwise.length === 0) return one(`${head} throw;`)
      return [
        ...one(`${head} {`),
        ...indented(s.then.flatMap(linesOf)),
        ...(s.otherwise.length === 0
          ? []
          : [{ text: '} else {', of: null }, ...indented(s.otherwise.flatMap(linesOf))]),
        { text: '}', of: null }
      ]
    }
  }
}

/** A function, line by line. */
export const functionLines = (f: Definition): ReadonlyArray<SourceLine> => {
  const { name, parameters, body, returns, isInternal, firstLine } = f
  const args = parameters.map((parameter) => `${parameter.type} ${parameter.name}`).join(', ')
  const kind = `${isInternal === true ? ' internal' : ''}${returns === undefined ? '' : ` returns (${returns})`}`
  const lines: ReadonlyArray<Unnumbered> = [
    { text: `function ${name}(${args})${kind} {`, of: null },
    ...indented(body.flatMap(linesOf)),
    { text: '}', of: null }
  ]
  return lines.map((line, i) => ({ ...line, number: firstLine === undefined ? null : firstLine + i }))
}

const declarationText = ({ name, type, from }: Declaration): string =>
  from === undefined ? `${type} ${name};` : `mapping (${from} => ${type}) ${name};`

/** A line with its number, if lines have numbers. */
export const numbered = ({ number, text }: SourceLine): string =>
  number === null ? text : `${String(number).padStart(4)} ${text}`

/** A contract as Solidity would write it. */
export const solidity = ({ name, fields, functions, fallback }: Contract): string =>
  [
    `contract ${name} {`,
    ...fields.map((declaration) => `    ${declarationText(declaration)}`),
    ...[...functions, ...(fallback === undefined ? [] : [fallback])].flatMap((f) => [
      '',
      ...functionLines(f).map((line) => `    ${numbered(line)}`)
    ]),
    '}'
  ].join('\n')

/** The line of a contract's source that a statement begins; none where it begins none. */
export const lineOf = ({ functions, fallback }: Contract, s: Statement): SourceLine | undefined =>
  [...functions, ...(fallback === undefined ? [] : [fallback])].flatMap(functionLines).find(({ of }) => of === s)
