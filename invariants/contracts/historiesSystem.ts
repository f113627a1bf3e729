/**
 * Histories of contracts as an entry of the catalogue: is what clients see what they would see of an object that does each of
 * their operations at one moment?
 */
import type { Contract } from '../../spec/contracts/language.js'
import type { TransitionSystem } from '../../spec/system/transitionSystem.js'
import { linearizableSoFar, serializableSoFar, withHistory } from '../checker/history/system.js'
import type { WithHistory } from '../checker/history/system.js'
import { systemModel } from '../checker/model/systemModel.js'
import type { Invariant } from '../property/invariant.js'
import { choice, optionalChoice } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import type { Show } from '../systems/show.js'
import { anySubject, anySystem, holds, violated } from '../systems/system.js'
import type { AnySubject, AnySystem, Expected, Mutant, Preset, System } from '../systems/system.js'
import { KING_REPAIRS, kingContract, kingSystem } from './blockking.js'
import type { BlockKingConfiguration } from './blockking.js'
import { kingShow } from './blockkingSystem.js'
import { COUNTER_REPAIRS, counterContract, counterShow, counterSystem } from './counter.js'
import { edited } from './edits.js'
import {
  observedAllowance,
  observedCounter,
  observedKing,
  transactedAllowance,
  transactedCounter
} from './histories.js'
import type { Observed, Transacted } from './histories.js'
import { TOKEN_REPAIRS, tokenShow, tokenSystem } from './token.js'

const OBJECTS = ['counter', 'blockking', 'token'] as const
/** What is asked: each operation by itself, in time; or what an operation reads and writes in several transactions, as a whole. */
const LEVELS = ['linearizable', 'serializable'] as const
const REPAIRS = [...COUNTER_REPAIRS, ...KING_REPAIRS, ...TOKEN_REPAIRS] as const

interface HistoriesConfiguration {
  readonly object: (typeof OBJECTS)[number]
  readonly level: (typeof LEVELS)[number]
  readonly repair?: (typeof REPAIRS)[number]
}

const form: Form<HistoriesConfiguration> = {
  object: choice({ says: 'whose clients are asked', among: OBJECTS }),
  level: choice({
    says: 'what is asked: that operations are as if each happened at one moment; or that what they read and write in several transactions is as if nothing came between',
    among: LEVELS
  }),
  repair: optionalChoice({ says: 'what is repaired', otherwise: 'nothing', among: REPAIRS })
}

/** The one of some repairs that is asked for. */
const repairAmong = <R extends string>(among: ReadonlyArray<R>, { repair }: HistoriesConfiguration): R | undefined =>
  among.find((one) => one === repair)

const REPAIRS_OF: Readonly<Record<HistoriesConfiguration['object'], ReadonlyArray<string>>> = {
  counter: COUNTER_REPAIRS,
  blockking: KING_REPAIRS,
  token: TOKEN_REPAIRS
}

/** Clients of a contract with what they have seen, and what is asked of that. */
const observed = <S, A extends { readonly _tag: string }, State, Op, Result>(
  name: string,
  system: TransitionSystem<S, A>,
  { eventsOf }: Pick<Observed<S, A, State, Op, Result>, 'eventsOf'>,
  asked: Invariant<WithHistory<S, Op, Result>>,
  show: Show<S, A>
): AnySubject => {
  const { change = (_: S, after: S) => show.state(after) } = show
  return anySubject<WithHistory<S, Op, Result>, A>({
    model: systemModel({
      name,
      system: withHistory(system, eventsOf),
      invariants: [asked]
    }),
    show: {
      action: (a, before, after) => show.action(a, before.state, after.state),
      state: ({ state }) => show.state(state),
      change: (before, after) => change(before.state, after.state)
    }
  })
}

/** Clients whose operations are as if each happened at one moment. */
const linear = <S, A extends { readonly _tag: string }, State, Op, Result>(
  name: string,
  system: TransitionSystem<S, A>,
  of: Observed<S, A, State, Op, Result>,
  show: Show<S, A>
): AnySubject => observed(name, system, of, linearizableSoFar(of.object, of.words), show)

/** Clients whose transactions are as if they came one after another. */
const serial = <S, A extends { readonly _tag: string }, State, Op, Result>(
  name: string,
  system: TransitionSystem<S, A>,
  of: Transacted<S, A, State, Op, Result>,
  show: Show<S, A>
): AnySubject => observed(name, system, of, serializableSoFar(of.object, of.transactionOf, of.words), show)

/** A repair where there is one. */
const repaired = <R extends string>(repair: R | undefined): { readonly repair?: R } =>
  repair === undefined ? {} : { repair }

const KING: BlockKingConfiguration = { users: 2, enters: 2, digits: 2, pays: false, loses: false }

const subjectOf = (c: HistoriesConfiguration, edit: (contract: Contract) => Contract = (one) => one): AnySubject => {
  const name = `histories of the ${c.object}, ${c.repair ?? 'not repaired'}${c.level === 'serializable' ? ', serializable' : ''}`
  switch (c.object) {
    case 'counter': {
      const of = { users: 2, stops: false, ...repaired(repairAmong(COUNTER_REPAIRS, c)) }
      const system = counterSystem(of, edit(counterContract(of)))
      return c.level === 'serializable'
        ? serial(name, system, transactedCounter, counterShow)
        : linear(name, system, observedCounter, counterShow)
    }
    case 'blockking': {
      const of = { ...KING, ...repaired(repairAmong(KING_REPAIRS, c)) }
      return linear(name, kingSystem(of, edit(kingContract(of))), observedKing(KING.digits), kingShow)
    }
    case 'token': {
      const of = { tokens: 4, allows: 2, then: 1, ...repaired(repairAmong(TOKEN_REPAIRS, c)) }
      return c.level === 'serializable'
        ? serial(name, tokenSystem(of), transactedAllowance(2n, 1n), tokenShow)
        : linear(name, tokenSystem(of), observedAllowance(2n, 1n), tokenShow)
    }
  }
}

const preset = (
  {
    level = 'linearizable',
    ...c
  }: Omit<HistoriesConfiguration, 'level'> & Partial<Pick<HistoriesConfiguration, 'level'>>,
  expect: Expected
): Preset<HistoriesConfiguration> => ({
  name: [c.object, ...(c.repair === undefined ? [] : [c.repair]), ...(level === 'serializable' ? [level] : [])].join(
    ', '
  ),
  of: { ...c, level },
  tier: 'fast',
  isDefault: expect.verdict === 'holds',
  expect
})

const mutants: ReadonlyArray<Mutant<HistoriesConfiguration> & { readonly edit: (contract: Contract) => Contract }> = [
  {
    name: 'never-waiting',
    says: 'BlockKing does not remember that a query is open, and lets others enter.',
    where: { object: 'blockking', level: 'linearizable', repair: 'one-pending' },
    expect: violated(3),
    refuses: ({ object, repair }) =>
      object === 'blockking' && repair === 'one-pending'
        ? undefined
        : 'it is one of BlockKing: --object blockking --repair one-pending',
    edit: (contract) => edited(contract, 'enter', 'isWaiting = true;', () => [])
  },
  {
    name: 'blind-set',
    says: 'What is called test and set on the counter does not test.',
    where: { object: 'counter', level: 'serializable', repair: 'test-and-set' },
    expect: violated(4),
    refuses: ({ object, repair }) =>
      object === 'counter' && repair === 'test-and-set'
        ? undefined
        : 'it is one of the counter: --object counter --repair test-and-set',
    edit: (contract) => edited(contract, 'testAndSet', 'if (count != expected) {', () => [])
  }
]

const definition: System<HistoriesConfiguration> = {
  name: 'contracts/histories',
  says: 'What clients of the counter, of BlockKing and of the token see, held against the object that they mean.',
  mirrors: [
    {
      work: 'I. Sergey, A. Hobor, A Concurrent Perspective on Smart Contracts (WTSC 2017)',
      where: 'atomicity: contracts as concurrent objects'
    },
    { work: 'M. Herlihy, J. Wing, Linearizability (TOPLAS 1990)', where: 'the condition' }
  ],
  form,
  refuses: ({ object, level, repair }) =>
    repair !== undefined && !REPAIRS_OF[object].includes(repair)
      ? `the ${object} is not repaired so: choose --repair ${REPAIRS_OF[object].join(', ')}`
      : object === 'blockking' && level === 'serializable'
        ? 'BlockKing reads and writes for a player in one transaction each: choose --level linearizable, which asks whether what is between them shows'
        : undefined,
  presets: [
    preset({ object: 'counter' }, violated(4)),
    preset({ object: 'counter', repair: 'test-and-set' }, holds(27, 26, 6)),
    preset({ object: 'counter', repair: 'permissions' }, holds(22, 42, 8)),
    preset({ object: 'blockking' }, violated(3)),
    preset({ object: 'blockking', repair: 'records' }, holds(317, 316, 4)),
    preset({ object: 'blockking', repair: 'one-pending' }, holds(121, 132, 4)),
    preset({ object: 'token' }, violated(4)),
    preset({ object: 'token', repair: 'zero-first' }, holds(16, 43, 5)),
    preset({ object: 'token', repair: 'compare' }, holds(11, 27, 4)),
    preset({ object: 'token', repair: 'decrease' }, holds(10, 25, 4)),
    preset({ object: 'counter', level: 'serializable' }, violated(4)),
    preset({ object: 'counter', level: 'serializable', repair: 'test-and-set' }, holds(12, 14, 4)),
    preset({ object: 'counter', level: 'serializable', repair: 'permissions' }, holds(22, 42, 8)),
    preset({ object: 'token', level: 'serializable' }, violated(3)),
    preset({ object: 'token', level: 'serializable', repair: 'zero-first' }, holds(16, 43, 5)),
    preset({ object: 'token', level: 'serializable', repair: 'compare' }, holds(10, 25, 4)),
    preset({ object: 'token', level: 'serializable', repair: 'decrease' }, holds(10, 25, 4))
  ],
  mutants,
  subject: (c, mutant) => {
    if (mutant === undefined) return subjectOf(c)
    const wrong = mutants.find(({ name }) => name === mutant)
    if (wrong === undefined) throw new RangeError(`contracts/histories has no mutant ${mutant}`)
    return subjectOf(c, wrong.edit)
  }
}

/** Histories of contracts. */
export const histories: AnySystem = anySystem(definition)
