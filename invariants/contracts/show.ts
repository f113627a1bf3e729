/**
 * Executions of the machine in words: who calls whom, which line runs, the stack, and the money.
 */
import { balanceOf, Machine } from '../../spec/contracts/machine.js'
import type { Frame, Ledger, Message, Reached, Setting, World } from '../../spec/contracts/machine.js'
import type { MachineStep } from '../../spec/contracts/executions.js'
import type { Account, Value } from '../../spec/contracts/language.js'
import { lineOf, numbered } from '../../spec/contracts/solidity.js'
import { line } from '../systems/document.js'
import type { Document } from '../systems/document.js'
import type { StackFrame, StackPicture } from '../systems/picture.js'
import type { Show } from '../systems/show.js'

/** A call in words: `dao.transfer(accomplice, 1)`, and what comes with it. */
export const messageText = ({ to, fn, args, value }: Message): string =>
  `${to}.${fn ?? ''}(${args.map(String).join(', ')})${value === 0n ? '' : `, and pays ${String(value)}`}`

/** What accounts have: `money: dao 3, childDAO 1`. */
export const moneyText = ({ balances }: Pick<Ledger, 'balances'>): string =>
  `money: ${
    Object.entries(balances)
      .filter(([, n]) => n > 0n)
      .map(([account, n]) => `${account} ${String(n)}`)
      .join(', ') || 'none'
  }`

const fieldsOf = ({ stores }: Ledger, account: Account): ReadonlyArray<readonly [string, Value]> =>
  Object.entries(stores[account] ?? {})

/** The fields of a contract: `totalSupply = 4, balances[holder] = 3`. */
const storeText = (ledger: Ledger, account: Account): string =>
  fieldsOf(ledger, account)
    .map(([name, value]) => `${name} = ${String(value)}`)
    .join(', ') || 'nothing stored'

/** What is other in the fields of a contract than it was. */
const changeText = (before: Ledger, after: Ledger, account: Account): string => {
  const [was, is] = [new Map(fieldsOf(before, account)), new Map(fieldsOf(after, account))]
  return [
    ...[...is].flatMap(([name, value]) => (was.get(name) === value ? [] : [`${name} = ${String(value)}`])),
    ...[...was.keys()].flatMap((name) => (is.has(name) ? [] : [`no ${name}`]))
  ].join(', ')
}

/** What is different after a step, apart from the stack. */
export const ledgerChange = (before: Ledger, after: Ledger): Document => {
  const accounts = new Set([...Object.keys(before.balances), ...Object.keys(after.balances)])
  const hasPaid = [...accounts].some((account) => balanceOf(before, account) !== balanceOf(after, account))
  return [
    ...(hasPaid ? [line(moneyText(after))] : []),
    ...Object.keys(after.stores).flatMap((account) => {
      const text = changeText(before, after, account)
      return text === '' ? [] : [line(`${account}: ${text}`)]
    })
  ]
}

/** What accounts have and contracts have stored. */
export const ledgerText = (ledger: Ledger): Document => [
  line(moneyText(ledger)),
  ...Object.keys(ledger.stores).map((account) => line(`${account}: ${storeText(ledger, account)}`))
]

/** What contracts have stored, in a line, and what accounts have where there is any money. */
export const ledgerLine = (ledger: Ledger): string =>
  [
    ...(Object.values(ledger.balances).some((n) => n > 0n) ? [moneyText(ledger)] : []),
    ...Object.keys(ledger.stores).map((account) => `${account}: ${storeText(ledger, account)}`)
  ].join('; ')

/** What accounts have, and the calls that have not ended, as a picture. */
export const ledgerPicture = (
  title: string,
  { balances, stores }: Ledger,
  { frames = [], notes = [] }: Partial<Pick<StackPicture, 'frames' | 'notes'>> = {}
): StackPicture => ({
  _tag: 'Stack',
  title,
  frames,
  accounts: [...new Set([...Object.keys(stores), ...Object.keys(balances)])].map((name) => ({
    name,
    money: String(balanceOf({ balances }, name)),
    fields: fieldsOf({ balances, stores }, name).map(([field, value]) => [field, String(value)])
  })),
  notes
})

/** A frame of the stack: who runs, and what. */
const frameText = (machine: Machine, frame: Frame): string =>
  machine.isAttacker(frame) ? frame.self : `${frame.self}.${frame.fn ?? ''}(…)`

/** The line that the last frame runs next, or at which it waits for a call. */
const nextText = ({ contracts }: Setting, machine: Machine, world: World): string => {
  const [statement, self] = [machine.next(world), world.stack.at(-1)?.self]
  const contract = self === undefined ? undefined : contracts[self]
  const source = statement && contract && lineOf(contract, statement)
  return source === undefined ? 'returns' : numbered({ ...source, text: source.text.trim() }).trim()
}

/** The calls that have not ended as pictures: each where it is, or where it waits for the one above it. */
const framePictures = (setting: Setting, machine: Machine, world: World): ReadonlyArray<StackFrame> =>
  world.stack.map((frame, depth) => ({
    name: frameText(machine, frame),
    says: machine.isAttacker(frame)
      ? ''
      : nextText(setting, machine, { ...world, stack: world.stack.slice(0, depth + 1) }),
    kind: machine.isAttacker(frame) ? 'attacker' : 'contract',
    pays: frame.value === 0n ? '' : String(frame.value)
  }))

/** How executions of a machine are shown. */
export const machineShow = (setting: Setting): Show<World, MachineStep> => {
  const machine = Machine(setting)
  const stackText = ({ stack }: World): string =>
    stack.length === 0 ? '' : `stack: ${stack.map((frame) => frameText(machine, frame)).join(' ▸ ')}`
  /** The lines that a step runs of contracts, each once in a row. */
  const linesRun = ({ ran }: Reached): ReadonlyArray<{ readonly self: Account; readonly text: string }> =>
    ran
      .filter(({ of }, i) => of !== ran[i - 1]?.of)
      .flatMap(({ self, of }) => {
        const contract = setting.contracts[self]
        const source = contract && lineOf(contract, of)
        return source === undefined ? [] : [{ self, text: numbered({ ...source, text: source.text.trim() }).trim() }]
      })
  const lastOf = ({ stack }: World): string => stack.at(-1)?.self ?? 'nobody'
  const says = (a: MachineStep, before: World): string => {
    switch (a._tag) {
      case 'Begin':
        return `${a.transaction.from} sends a transaction: ${messageText(a.transaction)}`
      case 'Run':
        return `${lastOf(before)}: ${linesRun(machine.run(before))[0]?.text ?? 'returns'}`
      case 'Call':
        return `${lastOf(before)} calls ${messageText(a.message)}`
      case 'Return':
        return `${lastOf(before)} returns`
      case 'Throw':
        return `${lastOf(before)} throws`
      case 'NextBlock':
        return `block ${String(before.block + 1n)}`
      case 'Force':
        return `${String(a.amount)} of ${a.from} arrives at ${a.to} without a call`
    }
  }
  return {
    action: (a, before, after) => {
      const gains = after.stack.length > before.stack.length && a._tag === 'Run'
      return `${'  '.repeat(before.stack.length)}${says(a, before)}${gains ? `  → ${lastOf(after)} has control` : ''}`
    },
    details: (a, before) => {
      const margin = '  '.repeat(before.stack.length)
      switch (a._tag) {
        case 'Run':
          // The first line stands beside the contract's name.
          return linesRun(machine.run(before))
            .slice(1)
            .map(({ text }) => line(`${margin}${' '.repeat(`${lastOf(before)}: `.length)}${text}`))
        case 'Return':
        case 'Throw':
          return linesRun(machine.leave(before, a._tag === 'Return')).map(({ self, text }) =>
            line(`${margin.slice(2)}${self}: ${text}`)
          )
        default:
          return []
      }
    },
    state: (world) => [...ledgerText(world), ...(world.stack.length === 0 ? [] : [line(stackText(world))])],
    change: (before, after) => [
      ...ledgerChange(before, after),
      ...(before.stack.length === after.stack.length || after.stack.length === 0 ? [] : [line(stackText(after))])
    ],
    brief: (world) => [moneyText(world), stackText(world)],
    pictures: (world) => [
      ledgerPicture('Calls and accounts', world, {
        frames: framePictures(setting, machine, world)
      })
    ],
    place: (a, { stack }) =>
      a._tag === 'Begin' || a._tag === 'NextBlock' || a._tag === 'Force' || stack.length === 0
        ? undefined
        : { _tag: 'Frame', at: stack.length - 1 }
  }
}
