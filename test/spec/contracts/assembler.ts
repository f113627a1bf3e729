/**
 * Contracts of the language as code of the Ethereum Virtual Machine, for the comparison with one.
 *
 * A field has a slot of its own, an entry of a mapping a slot by its key; a local variable has a word of memory. There is a
 * function `f` with one argument, and the fallback function, which runs where there is no data.
 */
import type { Contract, Definition, Node, Operator, Statement } from '../../../spec/contracts/language.js'

/** The places of fields in the store, and the numbers of accounts. */
export interface Layout {
  readonly fields: ReadonlyArray<string>
  readonly address: (account: string) => bigint
}

/** A piece of code that may be followed by a jump to a label, or begin with one. */
type Piece = ReadonlyArray<number | { readonly jump: string } | { readonly label: string }>

const OP = {
  STOP: 0x00,
  ADD: 0x01,
  MUL: 0x02,
  SUB: 0x03,
  DIV: 0x04,
  MOD: 0x06,
  LT: 0x10,
  GT: 0x11,
  EQ: 0x14,
  ISZERO: 0x15,
  AND: 0x16,
  OR: 0x17,
  ADDRESS: 0x30,
  BALANCE: 0x31,
  CALLER: 0x33,
  CALLVALUE: 0x34,
  CALLDATALOAD: 0x35,
  CALLDATASIZE: 0x36,
  POP: 0x50,
  MLOAD: 0x51,
  MSTORE: 0x52,
  SLOAD: 0x54,
  SSTORE: 0x55,
  JUMP: 0x56,
  JUMPI: 0x57,
  GAS: 0x5a,
  JUMPDEST: 0x5b,
  PUSH32: 0x7f,
  CALL: 0xf1,
  RETURN: 0xf3,
  REVERT: 0xfd
} as const

const bytes = (n: bigint): ReadonlyArray<number> =>
  Array.from({ length: 32 }, (_, i) => Number((n >> BigInt(8 * (31 - i))) & 0xffn))

const push = (n: bigint): Piece => [OP.PUSH32, ...bytes(n)]

/** Where a field stands, or the entries of a mapping begin. */
const slotOf = ({ fields }: Layout, name: string): bigint => BigInt(fields.indexOf(name) + 1) << 200n

/** The slot of `n` or of `n[key]`. */
export const slot = (layout: Layout, name: string, key = 0n): bigint => slotOf(layout, name) + key

/** What is left of operands `left right`, of which the right one is on top. */
const OPERATORS: Readonly<Record<Operator, Piece>> = {
  '+': [OP.ADD],
  '*': [OP.MUL],
  // These take the first operand from the top: the left one is pushed last.
  '-': [OP.SUB],
  '/': [OP.DIV],
  '%': [OP.MOD],
  '<': [OP.LT],
  '>': [OP.GT],
  '<=': [OP.GT, OP.ISZERO],
  '>=': [OP.LT, OP.ISZERO],
  '==': [OP.EQ],
  '!=': [OP.EQ, OP.ISZERO],
  '&&': [OP.AND],
  '||': [OP.OR]
}

/** The words of memory of local variables, in the order in which they are met. */
class Memory {
  readonly #words = new Map<string, bigint>()
  of(name: string): bigint {
    const known = this.#words.get(name) ?? BigInt(32 * (this.#words.size + 1))
    this.#words.set(name, known)
    return known
  }
}

const constant = ({ address }: Layout, value: bigint | boolean | string): bigint =>
  typeof value === 'bigint' ? value : typeof value === 'boolean' ? (value ? 1n : 0n) : address(value)

const placeOf = (layout: Layout, memory: Memory, name: string, key: Node | null): Piece =>
  key === null
    ? push(slotOf(layout, name))
    : [...expression(layout, memory, key), ...push(slotOf(layout, name)), OP.ADD]

const expression = (layout: Layout, memory: Memory, node: Node): Piece => {
  const of = (one: Node): Piece => expression(layout, memory, one)
  switch (node._tag) {
    case 'Literal':
      return push(constant(layout, node.value))
    case 'Sender':
      return [OP.CALLER]
    case 'Value':
      return [OP.CALLVALUE]
    case 'This':
      return [OP.ADDRESS]
    case 'Local':
      return [...push(memory.of(node.name)), OP.MLOAD]
    case 'Field':
      return [...placeOf(layout, memory, node.name, node.key), OP.SLOAD]
    case 'Balance':
      return [...of(node.of), OP.BALANCE]
    case 'Not':
      return [...of(node.of), OP.ISZERO]
    case 'Binary':
      return [...of(node.right), ...of(node.left), ...OPERATORS[node.operator]]
    case 'Block':
    case 'Initialized':
      throw new RangeError(`the comparison has no ${node._tag}`)
  }
}

/** Code with labels that are its own. */
class Assembler {
  readonly #memory = new Memory()
  #labels = 0

  constructor(private readonly layout: Layout) {}

  #of(node: Node): Piece {
    return expression(this.layout, this.#memory, node)
  }

  #store(name: string): Piece {
    return [...push(this.#memory.of(name)), OP.MSTORE]
  }

  #label(): string {
    return `l${String(this.#labels++)}`
  }

  statement(s: Statement): Piece {
    switch (s._tag) {
      case 'Remark':
        return []
      case 'Together':
        return s.of.flatMap((one) => this.statement(one))
      case 'Assign': {
        const place = placeOf(this.layout, this.#memory, s.to.name, s.to.key)
        const value = this.#of(s.value)
        const by: Piece = s.by === '=' ? value : [...value, ...this.#of(s.to.node), s.by === '+=' ? OP.ADD : OP.SUB]
        return [...by, ...place, OP.SSTORE]
      }
      case 'Delete':
        return [...push(0n), ...placeOf(this.layout, this.#memory, s.at.name, s.at.key), OP.SSTORE]
      case 'Let':
        return [...this.#of(s.value), ...this.#store(s.name)]
      case 'If': {
        const [otherwise, end] = [this.#label(), this.#label()]
        return [
          ...this.#of(s.condition),
          OP.ISZERO,
          { jump: otherwise },
          OP.JUMPI,
          ...s.then.flatMap((one) => this.statement(one)),
          { jump: end },
          OP.JUMP,
          { label: otherwise },
          ...s.otherwise.flatMap((one) => this.statement(one)),
          { label: end }
        ]
      }
      case 'Throw':
        return [...push(0n), ...push(0n), OP.REVERT]
      case 'Return':
        return s.value === null
          ? [OP.STOP]
          : [...this.#of(s.value), ...push(0n), OP.MSTORE, ...push(32n), ...push(0n), OP.RETURN]
      case 'Give': {
        const amount = this.#of(s.amount)
        // A stipend comes with money; without money it is given as gas, as Solidity does.
        const gas: Piece = s.way === 'call' ? [OP.GAS] : [...amount, OP.ISZERO, ...push(2300n), OP.MUL]
        const called: Piece = [...[0n, 0n, 0n, 0n].flatMap(push), ...amount, ...this.#of(s.to), ...gas, OP.CALL]
        if (s.way === 'transfer') {
          const fine = this.#label()
          return [...called, { jump: fine }, OP.JUMPI, ...push(0n), ...push(0n), OP.REVERT, { label: fine }]
        }
        return [...called, ...(s.ok === null ? [OP.POP] : this.#store(s.ok))]
      }
      case 'Inline':
        return [
          ...s.of.parameters.flatMap(({ name }, i) => {
            const arg = s.args[i]
            return arg === undefined ? [] : [...this.#of(arg), ...this.#store(name)]
          }),
          ...s.of.body.flatMap((one) => this.statement(one))
        ]
    }
  }

  body({ parameters, body }: Definition): Piece {
    return [
      ...parameters.flatMap(({ name }, i) => [...push(BigInt(32 * i)), OP.CALLDATALOAD, ...this.#store(name)]),
      ...body.flatMap((one) => this.statement(one)),
      OP.STOP
    ]
  }
}

/** A jump is a push of four bytes. */
const PUSH4 = 0x63

const linked = (pieces: Piece): Uint8Array => {
  const places = new Map<string, number>()
  let at = 0
  for (const piece of pieces) {
    if (typeof piece === 'object' && 'label' in piece) places.set(piece.label, at)
    at += typeof piece === 'number' || 'label' in piece ? 1 : 5
  }
  return Uint8Array.from(
    pieces.flatMap((piece) => {
      if (typeof piece === 'number') return [piece]
      if ('label' in piece) return [OP.JUMPDEST]
      const to = places.get(piece.jump) ?? 0
      return [PUSH4, (to >> 24) & 255, (to >> 16) & 255, (to >> 8) & 255, to & 255]
    })
  )
}

/** The code of a contract that has a function `f`, and maybe a fallback function. */
export const assembled = ({ functions: [f], fallback }: Contract, layout: Layout): Uint8Array => {
  if (f === undefined) throw new RangeError('expected a function')
  const assembler = new Assembler(layout)
  return linked([
    OP.CALLDATASIZE,
    { jump: 'f' },
    OP.JUMPI,
    ...(fallback === undefined ? [...push(0n), ...push(0n), OP.REVERT] : assembler.body(fallback)),
    { label: 'f' },
    ...assembler.body(f)
  ])
}
