/**
 * The language in which contracts are written: a small part of the Solidity of 2016, as typed values. `semantics.ts` says what
 * they do, `solidity.ts` prints them.
 *
 * Numbers are unsigned, of 256 bits, and wrap. Who builds an expression is held to its type by the compiler; once built it is
 * plain data.
 */

/** The types of values. */
export type Type = 'uint' | 'address' | 'bool'
/** Who has money, and maybe code: by name. */
export type Account = string
export type Value = bigint | Account | boolean

/** What an expression of a type has for its value. */
export interface Meaning {
  readonly uint: bigint
  readonly address: Account
  readonly bool: boolean
}

/** How two values make one. */
export type Operator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||'

/** An expression without its type. */
export type Node =
  | { readonly _tag: 'Literal'; readonly value: Value }
  | { readonly _tag: 'Sender' | 'Value' | 'This' | 'Block' }
  | { readonly _tag: 'Local'; readonly name: string }
  | { readonly _tag: 'Field'; readonly type: Type; readonly name: string; readonly key: Node | null }
  /** An entry of a mapping was written. */
  | { readonly _tag: 'Initialized'; readonly name: string; readonly key: Node }
  | { readonly _tag: 'Balance'; readonly of: Node }
  | { readonly _tag: 'Not'; readonly of: Node }
  | { readonly _tag: 'Binary'; readonly operator: Operator; readonly left: Node; readonly right: Node }

/** An expression of a type. */
export interface Expr<T extends Type = Type> {
  readonly type: T
  readonly node: Node
}

/** Where a value is kept: a field, or an entry of a mapping. */
export interface Place<T extends Type = Type> extends Expr<T> {
  readonly name: string
  readonly key: Node | null
  /** It remembers that it was written, if with zero. */
  readonly isTracked: boolean
}

/**
 * How money and control are handed over. `call` hands over all gas, and tells whether all went well; `send` hands over 2300
 * gas, which is enough for neither a call nor a write, and tells; `transfer` does the same, and throws where `send` tells that
 * it failed.
 */
export type Way = 'call' | 'send' | 'transfer'

export type Statement =
  | {
      readonly _tag: 'Assign'
      readonly to: Place
      readonly by: '=' | '+=' | '-='
      readonly value: Node
    }
  | { readonly _tag: 'Delete'; readonly at: Place }
  | { readonly _tag: 'Let'; readonly type: Type; readonly name: string; readonly value: Node }
  | {
      readonly _tag: 'If'
      readonly condition: Node
      readonly then: ReadonlyArray<Statement>
      readonly otherwise: ReadonlyArray<Statement>
    }
  | { readonly _tag: 'Throw' }
  | { readonly _tag: 'Return'; readonly value: Node | null; readonly says: string | null }
  /** Hands over; the local variable that is told whether all went well, if any is. */
  | {
      readonly _tag: 'Give'
      readonly way: Way
      readonly to: Node
      readonly amount: Node
      readonly ok: string | null
    }
  /** Another function of the same contract, in its place: its parameters are local variables. It does not return early. */
  | { readonly _tag: 'Inline'; readonly of: Definition; readonly args: ReadonlyArray<Node>; readonly remark: string }
  /** What has no effect: a comment, an event. */
  | { readonly _tag: 'Remark'; readonly text: string }
  /** Statements that are one to whoever looks: no step ends between them. */
  | { readonly _tag: 'Together'; readonly of: ReadonlyArray<Statement> }

/** A parameter of a function. */
export interface Parameter {
  readonly name: string
  readonly type: Type
}

/** A function: whoever likes may call it, unless it is internal. */
export interface Definition {
  readonly name: string
  readonly parameters: ReadonlyArray<Parameter>
  readonly body: ReadonlyArray<Statement>
  /** What it returns. Default: nothing. */
  readonly returns?: string
  /** Nobody calls it but other functions of the contract. Default: anybody may. */
  readonly isInternal?: boolean
  /** The number of its first line, where its source has numbers. */
  readonly firstLine?: number
}

/** A field, or a mapping from keys to values. */
export interface Declaration {
  readonly name: string
  readonly type: Type
  /** Of a mapping: the type of its keys. */
  readonly from?: Type
}

/** A contract. Money that is sent without naming a function runs `fallback`; where there is none, it is refused. */
export interface Contract {
  readonly name: string
  readonly fields: ReadonlyArray<Declaration>
  readonly functions: ReadonlyArray<Definition>
  readonly fallback?: Definition
}

const expr = <T extends Type>(type: T, node: Node): Expr<T> => ({ type, node })

/** The number of values that a `uint` can have. */
export const MODULUS = 2n ** 256n

export const uint = (value: bigint): Expr<'uint'> => expr('uint', { _tag: 'Literal', value })
export const address = (value: Account): Expr<'address'> => expr('address', { _tag: 'Literal', value })
export const bool = (value: boolean): Expr<'bool'> => expr('bool', { _tag: 'Literal', value })

/** Who has called. */
export const sender: Expr<'address'> = expr('address', { _tag: 'Sender' })
/** How much came with the call; it is on the contract's account already. */
export const value: Expr<'uint'> = expr('uint', { _tag: 'Value' })
/** The contract itself. */
export const self: Expr<'address'> = expr('address', { _tag: 'This' })
/** The number of the block that the transaction is in. */
export const blockNumber: Expr<'uint'> = expr('uint', { _tag: 'Block' })
/** How much an account has. */
export const balance = (of: Expr<'address'>): Expr<'uint'> => expr('uint', { _tag: 'Balance', of: of.node })
/** A parameter, or another local variable. */
export const local = <T extends Type>(name: string, type: T): Expr<T> => expr(type, { _tag: 'Local', name })

const place = <T extends Type>(type: T, name: string, key: Node | null, isTracked: boolean): Place<T> => ({
  ...expr(type, { _tag: 'Field', type, name, key }),
  name,
  key,
  isTracked
})

/** A field. */
export const field = <T extends Type>(name: string, type: T): Place<T> => place(type, name, null, false)

/**
 * A mapping: its entries by their keys. A zero in it is as if it had never been written, unless it is tracked.
 * @param _from the type of its keys.
 */
export const mapping =
  <K extends Type, T extends Type>(name: string, _from: K, type: T, isTracked = false) =>
  (key: Expr<K>): Place<T> =>
    place(type, name, key.node, isTracked)

/** An entry of a mapping was written, and not deleted since. */
export const initialized = ({ name, key, node }: Place): Expr<'bool'> =>
  expr('bool', { _tag: 'Initialized', name, key: key ?? node })

const binary =
  <T extends Type>(type: T, operator: Operator) =>
  <A extends Type>(left: Expr<A>, right: Expr<NoInfer<A>>): Expr<T> =>
    expr(type, { _tag: 'Binary', operator, left: left.node, right: right.node })

const arithmetic = (operator: Operator) => binary('uint', operator)<'uint'>
const comparison = (operator: Operator) => binary('bool', operator)<'uint'>

export const plus = arithmetic('+')
/** The difference; below zero it wraps. */
export const minus = arithmetic('-')
export const times = arithmetic('*')
/** The quotient, rounded down; by zero it is zero, as the machine has it. */
export const over = arithmetic('/')
export const modulo = arithmetic('%')
export const below = comparison('<')
export const atMost = comparison('<=')
export const above = comparison('>')
export const atLeast = comparison('>=')
export const equal = binary('bool', '==')
export const differs = binary('bool', '!=')
export const and = binary('bool', '&&')<'bool'>
export const or = binary('bool', '||')<'bool'>
export const not = (of: Expr<'bool'>): Expr<'bool'> => expr('bool', { _tag: 'Not', of: of.node })

/** Writes. */
export const set = <T extends Type>(to: Place<T>, by: Expr<NoInfer<T>>): Statement => ({
  _tag: 'Assign',
  to,
  by: '=',
  value: by.node
})
export const increase = (to: Place<'uint'>, by: Expr<'uint'>): Statement => ({
  _tag: 'Assign',
  to,
  by: '+=',
  value: by.node
})
/** Takes away; below zero it wraps. */
export const decrease = (to: Place<'uint'>, by: Expr<'uint'>): Statement => ({
  _tag: 'Assign',
  to,
  by: '-=',
  value: by.node
})
export const remove = (at: Place): Statement => ({ _tag: 'Delete', at })
/** Names a value. */
export const define = (name: string, { type, node }: Expr): Statement => ({ _tag: 'Let', type, name, value: node })
export const when = (
  { node }: Expr<'bool'>,
  then: ReadonlyArray<Statement>,
  otherwise: ReadonlyArray<Statement> = []
): Statement => ({ _tag: 'If', condition: node, then, otherwise })
/** Undoes all that was done since the contract was called. */
export const raise: Statement = { _tag: 'Throw' }
/** Throws unless something holds. */
export const demand = (condition: Expr<'bool'>): Statement => when(not(condition), [raise])
/** Ends the function: with nothing, with a value, or with a text that nobody looks at. */
export const done = (result: Expr | string | null = null): Statement => ({
  _tag: 'Return',
  value: result === null || typeof result === 'string' ? null : result.node,
  says: typeof result === 'string' ? result : null
})
/** Hands over money, and control as far as the way says. */
export const give = (way: Way, to: Expr<'address'>, amount: Expr<'uint'>, ok: string | null = null): Statement => ({
  _tag: 'Give',
  way,
  to: to.node,
  amount: amount.node,
  ok
})
export const inline = (of: Definition, args: ReadonlyArray<Expr>, remark = ''): Statement => ({
  _tag: 'Inline',
  of,
  args: args.map(({ node }) => node),
  remark
})
export const remark = (text: string): Statement => ({ _tag: 'Remark', text })
export const together = (...of: ReadonlyArray<Statement>): Statement => ({ _tag: 'Together', of })
