/**
 * What the language means: the values of expressions, what writing does, and functions as lists of instructions.
 */
import { MODULUS } from './language.js'
import type { Account, Definition, Node, Operator, Place, Statement, Type, Value } from './language.js'

/** The fields of a contract: `owner`, `balances[alice]`. What is not there is zero. */
export type Store = Readonly<Record<string, Value>>
/** Local variables by their names. */
export type Locals = Readonly<Record<string, Value>>

/** What the value of an expression depends on. */
export interface Environment {
  readonly self: Account
  readonly sender: Account
  readonly value: bigint
  readonly block: bigint
  readonly store: Store
  readonly locals: Locals
  readonly balance: (of: Account) => bigint
}

/** The account that is nobody's: what an address is that was never written. */
export const NOBODY: Account = 'nobody'

/** What a record has of its own under a name. */
export const own = <X>(record: Readonly<Record<string, X>>, name: string): X | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

/** What a place holds that was never written. */
const zeroOf = (type: Type): Value => (type === 'uint' ? 0n : type === 'bool' ? false : NOBODY)

// The compiler has seen to it that values have their types; what cannot be is zero.
const uintOf = (v: Value): bigint => (typeof v === 'bigint' ? v : 0n)
const accountOf = (v: Value): Account => (typeof v === 'string' ? v : NOBODY)

/** A whole number as 256 bits have it. */
export const wrapped = (n: bigint): bigint => ((n % MODULUS) + MODULUS) % MODULUS

const combine = (operator: Operator, left: Value, right: Value): Value => {
  const [a, b] = [uintOf(left), uintOf(right)]
  switch (operator) {
    case '+':
      return wrapped(a + b)
    case '-':
      return wrapped(a - b)
    case '*':
      return wrapped(a * b)
    case '/':
      return b === 0n ? 0n : a / b
    case '%':
      return b === 0n ? 0n : a % b
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '&&':
      return left === true && right === true
    case '||':
      return left === true || right === true
  }
}

/** Where an entry of a mapping, or a field, stands in the store. */
const keyOf = (env: Environment, name: string, key: Node | null): string =>
  key === null ? name : `${name}[${String(evaluate(env, key))}]`

/** The value of an expression. Expressions change nothing, and always have one. */
export const evaluate = (env: Environment, node: Node): Value => {
  switch (node._tag) {
    case 'Literal':
      return node.value
    case 'Sender':
      return env.sender
    case 'Value':
      return env.value
    case 'This':
      return env.self
    case 'Block':
      return env.block
    case 'Local':
      return own(env.locals, node.name) ?? 0n
    case 'Field':
      return own(env.store, keyOf(env, node.name, node.key)) ?? zeroOf(node.type)
    case 'Initialized':
      return Object.hasOwn(env.store, keyOf(env, node.name, node.key))
    case 'Balance':
      return env.balance(evaluateAccount(env, node.of))
    case 'Not':
      return evaluate(env, node.of) !== true
    case 'Binary':
      return combine(node.operator, evaluate(env, node.left), evaluate(env, node.right))
  }
}

/** The value of an expression that is a number. */
export const evaluateUint = (env: Environment, node: Node): bigint => uintOf(evaluate(env, node))
/** The value of an expression that is an account. */
export const evaluateAccount = (env: Environment, node: Node): Account => accountOf(evaluate(env, node))

/** The store without an entry. */
const without = (store: Store, key: string): Store =>
  Object.fromEntries(Object.entries(store).filter(([name]) => name !== key))

/** The store after a value was written. */
const written = (store: Store, { isTracked, type }: Place, key: string, value: Value): Store =>
  !isTracked && value === zeroOf(type) ? without(store, key) : { ...store, [key]: value }

/** What an instruction does; a statement without others in it, or a jump forward. */
export type Instruction = {
  /** Instructions of one line have one number: a step takes all of them, unless one hands over. */
  readonly line: number
  /** The statement that it was made of, as the source has it. */
  readonly source: Statement
} & (
  | {
      readonly _tag: 'Does'
      readonly does: Exclude<Statement, { readonly _tag: 'If' | 'Inline' | 'Remark' | 'Together' }>
    }
  /** Goes on after so many instructions more, unless a condition holds. */
  | { readonly _tag: 'Unless'; readonly condition: Node; readonly skip: number }
  | { readonly _tag: 'Skip'; readonly skip: number }
)

const instructionsOf = (s: Statement, line: number, source: Statement): ReadonlyArray<Instruction> => {
  const all = (of: ReadonlyArray<Statement>): ReadonlyArray<Instruction> =>
    of.flatMap((one) => instructionsOf(one, line, s._tag === 'Inline' ? source : one))
  switch (s._tag) {
    case 'Remark':
      return []
    case 'Together':
      return all(s.of)
    case 'If': {
      const [then, otherwise] = [all(s.then), all(s.otherwise)]
      const over: ReadonlyArray<Instruction> =
        otherwise.length === 0 ? [] : [{ _tag: 'Skip', skip: otherwise.length, line, source }]
      return [
        { _tag: 'Unless', condition: s.condition, skip: then.length + over.length, line, source },
        ...then,
        ...over,
        ...otherwise
      ]
    }
    case 'Inline':
      return [
        ...s.of.parameters.flatMap(({ name, type }, i): ReadonlyArray<Instruction> => {
          const value = s.args[i]
          return value === undefined ? [] : [{ _tag: 'Does', does: { _tag: 'Let', type, name, value }, line, source }]
        }),
        ...all(s.of.body)
      ]
    case 'Assign':
    case 'Delete':
    case 'Let':
    case 'Throw':
    case 'Return':
    case 'Give':
      return [{ _tag: 'Does', does: s, line, source }]
  }
}

/** A function as instructions; at its end it returns. */
export const codeOf = ({ body }: Definition): ReadonlyArray<Instruction> => {
  const code = body.flatMap((s, line) => instructionsOf(s, line, s))
  const end: Statement = { _tag: 'Return', value: null, says: null }
  // A return within a branch is not the function's end.
  return body.at(-1)?._tag === 'Return' ? code : [...code, { _tag: 'Does', does: end, line: body.length, source: end }]
}

/** An instruction ends its function in good order. */
export const isReturn = (instruction: Instruction | undefined): boolean =>
  instruction?._tag === 'Does' && instruction.does._tag === 'Return'

/** An instruction may hand over to others. */
export const handsOver = (instruction: Instruction): boolean =>
  instruction._tag === 'Does' && instruction.does._tag === 'Give'

/** The store and the local variables after an instruction that changes no more than these; undefined: it does more. */
export const effectOf = (
  env: Environment,
  does: Extract<Instruction, { _tag: 'Does' }>['does']
): Pick<Environment, 'store' | 'locals'> | undefined => {
  const { store, locals } = env
  switch (does._tag) {
    case 'Assign': {
      const { to, by } = does
      const operand = evaluate(env, does.value)
      const value = by === '=' ? operand : combine(by === '+=' ? '+' : '-', evaluate(env, to.node), operand)
      return { store: written(store, to, keyOf(env, to.name, to.key), value), locals }
    }
    case 'Delete':
      return { store: without(store, keyOf(env, does.at.name, does.at.key)), locals }
    case 'Let':
      return { store, locals: { ...locals, [does.name]: evaluate(env, does.value) } }
    case 'Throw':
    case 'Return':
    case 'Give':
      return undefined
  }
}
