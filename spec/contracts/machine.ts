/**
 * The call-stack machine: accounts with money and storage, and a stack of calls.
 *
 * A transaction begins with a call of a user. Who is called runs until it returns, throws, or calls others, who may call back.
 * A throw undoes all that was done since the call that it ends. Money is moved, and never made.
 *
 * Accounts of attackers run any code: they return, throw, or call whatever the setting offers them.
 */
import { codeOf, effectOf, evaluate, evaluateAccount, evaluateUint, handsOver, isReturn, own } from './semantics.js'
import type { Environment, Instruction, Locals, Store } from './semantics.js'
import type { Account, Contract, Definition, Statement, Value } from './language.js'

/** What accounts have: money, and what their contracts have stored. */
export interface Ledger {
  readonly balances: Readonly<Record<Account, bigint>>
  readonly stores: Readonly<Record<Account, Store>>
}

/** A call that has not ended. */
export interface Frame {
  /** Whose code runs. */
  readonly self: Account
  readonly sender: Account
  readonly value: bigint
  readonly block: bigint
  /** The function; null: an attacker's code, or the fallback function of a contract. */
  readonly fn: string | null
  /** The next instruction; of an attacker: how often it has called, where that is bounded. */
  readonly pc: number
  readonly locals: Locals
  /** `stipend`: too little for calls and for writes. */
  readonly gas: 'all' | 'stipend'
  /** What there was before the call. */
  readonly before: Ledger
}

/** The state of the machine. The last frame is that which runs. */
export interface World extends Ledger {
  readonly block: bigint
  /** How many transactions have begun. */
  readonly transactions: number
  readonly stack: ReadonlyArray<Frame>
}

/** A call: of a function, or with none of the code that takes money. */
export interface Message {
  readonly to: Account
  readonly fn: string | null
  readonly args: ReadonlyArray<Value>
  readonly value: bigint
}

/** A call with which a transaction begins. */
export interface Transaction extends Message {
  readonly from: Account
  /** The number of the block that it is in. Default: the block of the world. */
  readonly block?: bigint
}

/** Who has which code, and how far to look. */
export interface Setting {
  readonly contracts: Readonly<Record<Account, Contract>>
  readonly attackers: ReadonlyArray<Account>
  /** What an attacker may call. */
  readonly offers: (attacker: Account) => ReadonlyArray<Message>
  /** How often it does, at most, each time that it is called; null: as often as it likes. */
  readonly calls: number | null
  /** The most calls of contracts that may be on the stack; one more fails. (1024 on the chain, where all calls count.) */
  readonly depth: number
  /**
   * How far a step goes: to the end of a line, or until an attacker may choose. In either case a function that hands over to
   * nobody is one step with the call: nobody can come between.
   */
  readonly grain: 'line' | 'yield'
}

/** How a call has ended. */
export interface Ended {
  readonly ok: boolean
  /** What the function has returned; null: nothing. */
  readonly result: Value | null
}

/** A statement of a contract that has run. */
export interface Ran {
  readonly self: Account
  readonly of: Statement
}

/** A world, and how the transaction has ended, if it has. */
export interface Reached {
  readonly world: World
  readonly ended: Ended | null
  /** What the step has run, in order; of a function that is inlined, the statement that calls it. */
  readonly ran: ReadonlyArray<Ran>
}

/** A world in which nothing has run since. */
const stopped = (world: World, how: Ended | null = null): Reached => ({ world, ended: how, ran: [] })

/** The balance of an account. */
export const balanceOf = ({ balances }: Pick<Ledger, 'balances'>, of: Account): bigint => own(balances, of) ?? 0n

/** All the money that there is. */
export const totalOf = ({ balances }: Pick<Ledger, 'balances'>): bigint =>
  Object.values(balances).reduce((sum, n) => sum + n, 0n)

/** Money moves from one account, which has it, to another. */
export const moved = <W extends Ledger>(world: W, from: Account, to: Account, amount: bigint): W => {
  if (amount === 0n) return world
  const less = { ...world.balances, [from]: balanceOf(world, from) - amount }
  return { ...world, balances: { ...less, [to]: balanceOf({ balances: less }, to) + amount } }
}

/** The world with some money and contracts' fields, in which nothing has happened. */
export const genesis = (ledger: Ledger, block = 0n): World => ({ ...ledger, block, transactions: 0, stack: [] })

const topOf = ({ stack }: World): Frame | undefined => stack.at(-1)

const withTop = (world: World, frame: Frame): World => ({ ...world, stack: [...world.stack.slice(0, -1), frame] })

const FALLBACK = '()'

/** The machine with its setting. */
export interface Machine {
  /** A transaction begins, and goes as far as a step goes; it needs a sender that has the money. */
  readonly begin: (world: World, transaction: Transaction) => Reached
  /** The contract whose frame is the last goes on. */
  readonly run: (world: World) => Reached
  /** The attacker whose frame is the last calls. */
  readonly call: (world: World, message: Message) => Reached
  /** The last frame ends, in good order or with a throw. */
  readonly leave: (world: World, ok: boolean) => Reached
  /** A frame is an attacker's. */
  readonly isAttacker: (frame: Frame) => boolean
  /** And it may call others. */
  readonly mayCall: (frame: Frame) => boolean
}

/** A setting with its contracts as instructions. */
interface Program extends Setting {
  readonly functionOf: (self: Account, fn: string | null) => Compiled | undefined
}

/** A function as instructions. */
interface Compiled {
  readonly parameters: Definition['parameters']
  readonly code: ReadonlyArray<Instruction>
  /** It is one step with its call. */
  readonly isOneStep: boolean
}

const programOf = (setting: Setting): Program => {
  const functions = new Map(
    Object.entries(setting.contracts).flatMap(([account, { functions: named, fallback }]) =>
      [
        ...named.filter(({ isInternal }) => isInternal !== true),
        ...(fallback === undefined ? [] : [{ ...fallback, name: FALLBACK }])
      ].map((f): readonly [string, Compiled] => {
        const code = codeOf(f)
        const isOneStep = setting.grain === 'yield' || !code.some(handsOver)
        return [`${account}.${f.name}`, { parameters: f.parameters, code, isOneStep }]
      })
    )
  )
  return { ...setting, functionOf: (self, fn) => functions.get(`${self}.${fn ?? FALLBACK}`) }
}

const isAttackers = ({ attackers }: Setting, { self }: Frame): boolean => attackers.includes(self)
const isContract = ({ contracts }: Setting, account: Account): boolean => Object.hasOwn(contracts, account)
const instructionAt = ({ functionOf }: Program, { self, fn, pc }: Frame): Instruction | undefined =>
  functionOf(self, fn)?.code[pc]

const environmentOf = (world: World, { self, sender, value, block, locals }: Frame): Environment => ({
  ...{ self, sender, value, block, locals },
  store: own(world.stores, self) ?? {},
  balance: (of) => balanceOf(world, of)
})

/** The last call has ended; whoever has called goes on to the end of its line. */
const ended = (program: Program, world: World, ok: boolean, result: Value | null): Reached => {
  const caller = topOf(world)
  if (caller === undefined) return stopped(world, { ok, result })
  return isAttackers(program, caller) ? stopped(world) : told(program, world, caller, ok)
}

/** The contract that has handed over is told how that went. */
const told = (program: Program, world: World, caller: Frame, ok: boolean): Reached => {
  const at = instructionAt(program, caller)
  if (at?._tag !== 'Does' || at.does._tag !== 'Give' || (at.does.way === 'transfer' && !ok))
    return leave(program, world, false)
  const locals = at.does.ok === null ? caller.locals : { ...caller.locals, [at.does.ok]: ok }
  return go(program, withTop(world, { ...caller, pc: caller.pc + 1, locals }), at.line)
}

/** The last call ends; a throw undoes what was done since it began. */
const leave = (program: Program, world: World, ok: boolean, result: Value | null = null): Reached => {
  const frame = topOf(world)
  if (frame === undefined) return stopped(world)
  const popped = { ...world, stack: world.stack.slice(0, -1) }
  return ok ? ended(program, popped, true, result) : ended(program, { ...popped, ...frame.before }, false, null)
}

/** Whether a call can be made at all: there is the money, and room on the stack. */
const canCall = (program: Program, world: World, from: Account, { to, value }: Message): boolean =>
  balanceOf(world, from) >= value &&
  !(isContract(program, to) && world.stack.filter((frame) => !isAttackers(program, frame)).length >= program.depth)

/** A call that can be made: the money moves, and the code of the one who is called runs. */
const enter = (
  program: Program,
  world: World,
  { to, fn, args, value }: Message,
  { self: sender, block, gas }: Pick<Frame, 'self' | 'block' | 'gas'>
): Reached => {
  const before: Ledger = { balances: world.balances, stores: world.stores }
  const paid = moved(world, sender, to, value)
  const frame: Frame = { self: to, sender, value, block, fn, pc: 0, locals: {}, gas, before }
  const pushed = (one: Frame): World => ({ ...paid, stack: [...paid.stack, one] })
  if (program.attackers.includes(to)) return stopped(pushed(frame))
  if (!isContract(program, to)) return ended(program, paid, true, null)
  const called = program.functionOf(to, fn)
  if (called === undefined) return ended(program, world, false, null)
  const locals = Object.fromEntries(called.parameters.flatMap(({ name }, i) => [[name, args[i] ?? 0n]]))
  const entered = pushed({ ...frame, locals })
  return called.isOneStep ? go(program, entered, null) : stopped(entered)
}

/** The last frame goes on as far as a step goes. @param line the line that the step is in; null: it has just begun. */
const go = (program: Program, world: World, line: number | null): Reached => {
  const frame = topOf(world)
  const at = frame && instructionAt(program, frame)
  if (frame === undefined || at === undefined) return leave(program, world, false)
  const isOver = line !== null && at.line !== line && !isReturn(at)
  if (isOver && program.functionOf(frame.self, frame.fn)?.isOneStep !== true) return stopped(world)
  const { ran, ...reached } = instructed(program, world, frame, at)
  return { ...reached, ran: [{ self: frame.self, of: at.source }, ...ran] }
}

/** The last frame does an instruction, and goes on. */
const instructed = (program: Program, world: World, frame: Frame, at: Instruction): Reached => {
  const env = environmentOf(world, frame)
  if (at._tag === 'Does') return does(program, world, frame, at, env)
  const skip = at._tag === 'Unless' && evaluate(env, at.condition) === true ? 0 : at.skip
  return go(program, withTop(world, { ...frame, pc: frame.pc + 1 + skip }), at.line)
}

/** An instruction that is no jump. */
const does = (
  program: Program,
  world: World,
  frame: Frame,
  { does: s, line }: Extract<Instruction, { readonly _tag: 'Does' }>,
  env: Environment
): Reached => {
  const after = effectOf(env, s)
  if (after !== undefined) {
    if (frame.gas === 'stipend' && s._tag !== 'Let') return leave(program, world, false)
    const { store, locals } = after
    const stores = store === env.store ? world.stores : { ...world.stores, [frame.self]: store }
    return go(program, withTop({ ...world, stores }, { ...frame, pc: frame.pc + 1, locals }), line)
  }
  if (s._tag === 'Return') return leave(program, world, true, s.value === null ? null : evaluate(env, s.value))
  if (s._tag !== 'Give' || frame.gas === 'stipend') return leave(program, world, false)
  const message = { to: evaluateAccount(env, s.to), fn: null, args: [], value: evaluateUint(env, s.amount) }
  const gas = s.way === 'call' ? 'all' : 'stipend'
  return canCall(program, world, frame.self, message)
    ? enter(program, world, message, { self: frame.self, block: frame.block, gas })
    : told(program, world, frame, false)
}

export const Machine = (setting: Setting): Machine => {
  const program = programOf(setting)
  const { calls } = setting
  const mayCall = (frame: Frame): boolean =>
    isAttackers(setting, frame) && frame.gas === 'all' && (calls === null || frame.pc < calls)
  return {
    isAttacker: (frame) => isAttackers(setting, frame),
    mayCall,
    begin: (world, transaction) => {
      const { from, block = world.block } = transaction
      const begun = { ...world, transactions: world.transactions + 1 }
      return canCall(program, begun, from, transaction)
        ? enter(program, begun, transaction, { self: from, block, gas: 'all' })
        : ended(program, begun, false, null)
    },
    run: (world) => {
      const frame = topOf(world)
      return frame === undefined || isAttackers(setting, frame) ? stopped(world) : go(program, world, null)
    },
    call: (world, message) => {
      const frame = topOf(world)
      if (frame === undefined || !mayCall(frame)) return stopped(world)
      const calling = calls === null ? world : withTop(world, { ...frame, pc: frame.pc + 1 })
      return canCall(program, world, frame.self, message)
        ? enter(program, calling, message, { self: frame.self, block: frame.block, gas: 'all' })
        : stopped(calling)
    },
    leave: (world, ok) => leave(program, world, ok)
  }
}

/** Nobody but the contracts has code: a transaction is one step. */
export const noAttackers = {
  attackers: [],
  offers: () => [],
  calls: 0,
  grain: 'yield'
} as const satisfies Partial<Setting>

/** A machine without attackers. */
export const transact = (contracts: Setting['contracts'], depth = 1024): Machine['begin'] =>
  Machine({ contracts, ...noAttackers, depth }).begin
