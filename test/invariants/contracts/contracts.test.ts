/**
 * What the catalogue's tables do not say of contracts: which invariant fails, how often an attacker is paid, what is refused.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { exhaustive } from '../../../invariants/checker/index.js'
import { edited, without } from '../../../invariants/contracts/edits.js'
import { daoContract, daoScenario } from '../../../invariants/contracts/dao.js'
import type { DaoConfiguration } from '../../../invariants/contracts/dao.js'
import { contractModel } from '../../../invariants/contracts/model.js'
import { decodeForm, executionText, nameOf, stepsOf, systemCalled } from '../../../invariants/systems/index.js'
import type { AnySubject } from '../../../invariants/systems/index.js'
import { Accounting } from '../../../spec/contracts/accounting.js'
import { genesis } from '../../../spec/contracts/machine.js'
import { Token } from '../../../spec/contracts/token.js'

/** A system with some of its parameters chosen. */
const subjectOf = (name: string, parameters: object): AnySubject =>
  systemCalled(name)!.open(({ form, subject }) => {
    const c = decodeForm(form, parameters)
    if (E.isLeft(c)) throw new RangeError(c.left)
    return subject(c.right)
  })

const search = (name: string, parameters: object) =>
  subjectOf(
    name,
    parameters
  )(async ({ model }) => {
    const { counterexample, states, coverage } = await exhaustive(model)
    return {
      states,
      goals: coverage.goals,
      steps: counterexample?.actions.length,
      failed: counterexample?.failures.map(({ path }) => path.at(-1)) ?? []
    }
  })

/** How many steps the shortest execution has that comes to something. */
const steps = (name: string, parameters: object, sought: string) =>
  subjectOf(
    name,
    parameters
  )(async ({ witnesses }) => {
    const found = await witnesses!.seek(sought, {})
    return E.isLeft(found) ? found.left : found.right.witness.shortest?.actions.length
  })

describe('the DAO', () => {
  const DAO = 'contracts/dao'

  test.each([
    [2, 16],
    [3, 24]
  ])('pays an attacker that calls splitDAO again %i times, in %i steps', async (times, length) => {
    expect(await steps(DAO, {}, `paid-${String(times)}-times`)).toBe(length)
  })

  test('is not called back so deep if it may not be', async () => {
    expect(await steps(DAO, { depth: 2 }, 'paid-3-times')).toBeUndefined()
  })

  test('owes more than it has at the yield, and the attacker has its share', async () => {
    expect(await search(DAO, { checkAt: 'yield' })).toMatchObject({ steps: 4, failed: ['solvent'] })
  })

  test('is not effectively callback-free, and its repairs are', async () => {
    const { failed } = await search(DAO, { ecf: true })
    expect(failed).toContain('effectively callback-free')
    for (const repair of ['effects-first', 'mutex', 'stipend'])
      expect(await search(DAO, { ecf: true, repair })).toMatchObject({ failed: [] })
  })

  test.each([2, 3, 4])('whose tokens are burnt first has the same 35 states at depth %i', async (depth) => {
    expect(await search(DAO, { repair: 'effects-first', checkAt: 'yield', depth })).toMatchObject({
      states: 35,
      failed: []
    })
  })

  test('with nothing asked has 149 states', async () => {
    const states = await subjectOf(
      DAO,
      {}
    )(async ({ model }) => (await exhaustive({ ...model, invariants: [] })).states)
    expect(states).toBe(149)
  })

  test.each<[DaoConfiguration['repair'], number]>([
    [undefined, 152],
    ['effects-first', 36],
    ['mutex', 36],
    ['mutex-on-split', 57],
    ['stipend', 34]
  ])('with %s has so many states if the accomplice has code that only returns: %i', async (repair, states) => {
    const c: DaoConfiguration = {
      ...{ attackerTokens: 1, holderTokens: 3, depth: 3, transactions: 2, checkAt: 'transaction', ecf: false },
      ...(repair === undefined ? {} : { repair })
    }
    const scenario = daoScenario(c, daoContract(c))
    const { complete, ...found } = await exhaustive(
      contractModel(
        {
          ...scenario,
          attackers: [...scenario.attackers, 'accomplice'],
          offers: (account) => (account === 'accomplice' ? [] : scenario.offers(account))
        },
        { name: 'DAO', invariants: [] }
      )
    )
    expect([complete, found.states]).toEqual([true, states])
  })

  test('is told with all lines that a step runs, and goes on with its line when who was called returns', async () => {
    const told = await subjectOf(
      DAO,
      {}
    )(async ({ model, show }) => executionText(show, stepsOf((await exhaustive(model)).counterexample!)))
    const lines = told.split('\n').map((text) => text.trim())
    const starts = [3, 9].map((n) => lines.findIndex((text) => text.startsWith(`${String(n)}  `)))
    expect(lines.slice(starts[0], starts[0]! + 7).map((text) => /10\d\d/.exec(text)?.[0])).toEqual(
      ['1002', '1003', '1004', '1005', '1007', '1008', '1009'] // 1006 closes the bracket.
    )
    expect(lines[starts[1]! + 1]).toBe('1016 return true;')
    expect(lines[lines.indexOf('6      attacker returns') + 1]).toMatch(/^dao: 1012 withdrawRewardFor/)
  })

  test('is entered with its books in order', async () => {
    expect(await search(DAO, { repair: 'effects-first', checkAt: 'entry' })).toMatchObject({ failed: [] })
  })
})

describe('Accounting', () => {
  test('pays nothing out', async () => {
    expect(await search('contracts/accounting', { withdrawable: true })).toMatchObject({ goals: { withdrawn: false } })
  })
})

describe('histories', () => {
  test('are asked of a contract that is repaired in its own way', () => {
    systemCalled('contracts/histories')!.open(({ form, refuses }) => {
      const c = decodeForm(form, { object: 'counter', repair: 'records' })
      expect(E.isRight(c) ? refuses?.(c.right) : c.left).toBe(
        'the counter is not repaired so: choose --repair test-and-set, permissions'
      )
    })
  })

  test('have their name', () => {
    expect(nameOf(systemCalled('contracts/histories')!)).toBe('contracts/histories')
  })
})

test('an account is an attacker or has a contract', () => {
  const of = { contracts: { a: Accounting }, attackers: ['a'], offers: () => [], calls: 0, depth: 1 } as const
  const scenario = {
    ...of,
    grain: 'line',
    initial: genesis({ balances: {}, stores: {} }),
    transactions: [],
    most: 0
  } as const
  expect(() => contractModel(scenario, { name: 'it', invariants: [] })).toThrow(
    new RangeError('it: a is an attacker and has a contract; expected one of the two')
  )
})

describe('a mutant', () => {
  test.each(['accounting', 'dao', 'blockking', 'counter', 'token', 'crowdfunding', 'histories'])(
    'of %s is searched where it is asked for, or refused there',
    async (name) => {
      const refused: string[] = []
      const searches = systemCalled(`contracts/${name}`)!.open(({ presets, mutants, subject }) =>
        mutants.flatMap((mutant) =>
          presets.map((preset) => async () => {
            const why = mutant.refuses?.(preset.of)
            if (why === undefined) await subject(preset.of, mutant.name)(({ model }) => exhaustive(model))
            else refused.push(why)
          })
        )
      )
      expect(searches.length).toBeGreaterThan(0)
      for (const search of searches) await search()
      expect(refused.filter((why) => !/--(repair|pays|object)/.test(why))).toEqual([])
    },
    60_000
  )

  test('is made of what is repaired as was asked for', async () => {
    const told = await systemCalled('contracts/dao')!.open(({ form, subject }) => {
      const c = decodeForm(form, { repair: 'mutex' })
      if (E.isLeft(c)) throw new RangeError(c.left)
      return subject(
        c.right,
        'unburnt'
      )(async ({ model, show }) => executionText(show, stepsOf((await exhaustive(model)).counterexample!)))
    })
    expect(told).toContain('if (isLocked) throw;')
  })
})

describe('an edit', () => {
  const CHECK = 'if (assets[msg.sender].initialized()) throw;'

  test('changes one line', () => {
    expect(without(Accounting, 'invest', CHECK).functions[0]?.body).toHaveLength(2)
  })

  test('is refused where there is no such line, or there are two', () => {
    expect(() => without(Accounting, 'invest', 'throw;')).toThrow(
      new RangeError('Accounting.invest has 0 lines «throw;», expected one')
    )
    const [statement] = Accounting.functions[0]!.body
    const twice = edited(Accounting, 'invest', CHECK, () => [statement!, { ...statement! }])
    expect(() => without(twice, 'invest', CHECK)).toThrow('has 2 lines')
  })

  test('reaches into branches', () => {
    const token = Token('decrease')
    const changed = without(token, 'decreaseApproval', 'allowed[_spender] = 0;')
    expect(changed).not.toEqual(token)
  })
})
