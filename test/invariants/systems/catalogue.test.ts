/**
 * The catalogue keeps its word: every preset is as large as it says, every mutant is what it says, every goal is reached.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { exhaustive, randomized, replay, traceOf } from '../../../invariants/checker/index.js'
import {
  catalogue,
  count,
  entriesOf,
  executionText,
  faultsOf,
  nameOf,
  sourceOf,
  systemCalled,
  verdictOf
} from '../../../invariants/systems/index.js'
import type { System } from '../../../invariants/systems/index.js'
import { modelOf } from '../../../invariants/systems/source.js'
import { deep } from '../../support/deep.js'
import { isSearched } from '../../support/presets.js'

test('names are those of the command line, each of one system', () => {
  const names = catalogue.map(nameOf)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) {
    expect(name).toMatch(/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/)
    expect(systemCalled(name)).toBe(catalogue[names.indexOf(name)])
  }
  expect(systemCalled('nothing')).toBeUndefined()
})

for (const { open } of catalogue)
  open(({ name, says, form, mirrors, presets, mutants, subject }) => {
    describe(name, () => {
      test('says what it is and what it mirrors, in sentences', () => {
        for (const sentence of [says, ...mutants.map((m) => m.says)]) expect(sentence).toMatch(/^\p{Lu}.*[.]$/u)
        expect(mirrors.length).toBeGreaterThan(0)
        for (const { says: clause } of entriesOf(form)) expect(clause).toMatch(/^\p{Ll}.*[^.]$/u)
      })

      test('has no fault in its description', () => {
        open((system) => {
          expect(faultsOf(system)).toEqual([])
        })
      })

      test.each(presets.filter(isSearched))(
        '$name is as large as it says',
        async ({ of, expect: expected }) => {
          const found = await subject(of)(async ({ model }) => verdictOf(await exhaustive(model)))
          expect(found).toEqual(expected)
        },
        20 * 60_000
      )

      test.each(presets.flatMap((p) => (p.random === undefined ? [] : [{ ...p, random: p.random }])))(
        '$name has random executions',
        async ({ of, random }) => {
          const runs = Math.min(random.runs, 3)
          const { counterexample, states } = await subject(of)(({ model }) =>
            randomized(model, { seed: 1, runs, steps: random.steps })
          )
          expect([counterexample, states > runs]).toEqual([undefined, true])
        }
      )

      test.each(mutants.filter(({ tier = 'fast' }) => deep || tier === 'fast'))(
        'the mutant $name is what it says, and explains itself',
        async ({ name: mutant, where, expect: expected }) => {
          await subject(
            where,
            mutant
          )(async ({ model, show }) => {
            const result = await exhaustive(model)
            expect(verdictOf(result)).toEqual(expected)
            const found = result.counterexample
            if (found === undefined) return
            const { steps, departure } = replay(model, traceOf(where, found.states, found.actions))
            expect(departure).toBeUndefined()
            const lines = executionText(show, steps).split('\n')
            expect(lines.filter((line) => /^[ \d]{3}\d {2}/.test(line))).toHaveLength(found.actions.length + 1)
            // A state violates an invariant; of what never happens no state is to blame.
            const isOfExecutions = result.answers.some(({ verdict }) => verdict === 'violated')
            expect(lines.some((line) => line.startsWith('      ✗ '))).toBe(!isOfExecutions)
          })
        },
        20 * 60_000
      )

      test('has no other mutants', () => {
        const [preset] = presets
        if (preset === undefined) throw new Error('no preset')
        expect(() => subject(preset.of, 'nothing')).toThrow(new RangeError(`${name} has no mutant nothing`))
      })

      test('reaches each of its goals in some preset', async () => {
        const reached = new Set<string>()
        const goals = new Set<string>()
        for (const { of, tier, random } of presets)
          if (tier === 'fast' && random === undefined)
            await subject(of)(async ({ witnesses }) => {
              for (const { name: goal, isGoal } of witnesses?.names ?? [])
                if (isGoal === true) {
                  goals.add(goal)
                  if (reached.has(goal)) continue
                  const found = await witnesses?.seek(goal, { maxStates: 2_000 })
                  if (found !== undefined && E.isRight(found) && found.right.witness.shortest) reached.add(goal)
                }
            })
        expect([...reached].sort()).toEqual([...goals].sort())
      }, 120_000)

      test('is found again by another thread', async () => {
        const [preset] = presets
        const [mutant] = mutants
        if (preset === undefined || mutant === undefined) throw new Error('no preset')
        const { name: made, argument, module } = sourceOf({ system: name, configuration: preset.of })
        expect([made, argument]).toEqual(['modelOf', { system: name, configuration: preset.of }])
        expect(await import(/* @vite-ignore */ module)).toHaveProperty('modelOf', modelOf)
        const model = subject(preset.of)(({ model: one }) => one.name)
        expect(await modelOf(argument)).toMatchObject({ name: model })
        expect(await modelOf({ system: name, configuration: mutant.where, mutant: mutant.name })).toMatchObject({
          name: subject(mutant.where, mutant.name)(({ model: one }) => one.name)
        })
      })
    })
  })

describe('what another thread asks for', () => {
  test.each([
    [null, 'expected the name of a system and a configuration'],
    [{ system: 1, configuration: {} }, 'expected the name of a system and a configuration'],
    [{ system: 'toychain' }, 'expected the name of a system and a configuration'],
    [
      { system: 'toychain', configuration: { nodes: 0 } },
      'toychain: nodes: expected a whole number from 1 to 64, found 0'
    ]
  ])('%j is refused where it is nothing', async (argument, why) => {
    await expect(modelOf(argument)).rejects.toThrow(new TypeError(why))
  })
})

describe('a fault in the description of a system', () => {
  const sound: System<{ readonly n: number }> = {
    name: 'one',
    says: 'One.',
    mirrors: [],
    form: { n: count({ says: 'how many', initial: 1, least: 1 }) },
    refuses: ({ n }) => (n > 5 ? 'n is large' : undefined),
    presets: [{ name: 'two', of: { n: 2 }, tier: 'fast' }],
    mutants: [{ name: 'no', says: 'No.', where: { n: 2 }, expect: { verdict: 'violated', steps: 1 } }],
    subject: () => {
      throw new Error('nobody asks')
    }
  }
  const [preset] = sound.presets
  const [mutant] = sound.mutants

  test.each<[Partial<System<{ readonly n: number }>>, ReadonlyArray<string>]>([
    [{}, []],
    [{ name: 'One' }, ["the name 'One': expected small letters, digits and dashes"]],
    [
      { form: { n: count({ says: 'how many', initial: 0, least: 1 }) } },
      ['the initial parameters: n: expected a whole number from 1 to 1000000, found 0']
    ],
    [
      { sizes: { n: count({ says: 'how many', initial: -1 }) } },
      [
        'the initial sizes: n: expected a whole number from 0 to 1000000, found -1',
        'two parameters have the option --n: give one another flag'
      ]
    ],
    [
      { form: { n: count({ says: 'how many', initial: 1, flag: '-n' }) } },
      ['the option ---n: expected small letters, digits and dashes']
    ],
    [
      { form: { n: count({ says: 'how many', initial: 1, flag: 'no-n' }) } },
      ['the option --no-n: what begins with no- takes another option back']
    ],
    [
      { form: { n: count({ says: 'how many', initial: 2, only: { field: 'm', is: 'b' } }) } },
      ['the option --n: it means something only where m is b, and no choice m has that word']
    ],
    [{ presets: [preset!, preset!] }, ["two presets are called 'two'"]],
    [{ mutants: [mutant!, mutant!] }, ["two mutants are called 'no'"]],
    [
      {
        form: { n: count({ says: 'how many', initial: 1, least: 1 }) },
        presets: [
          { ...preset!, of: { n: 0 } },
          { ...preset!, name: 'six', of: { n: 6 } }
        ]
      },
      ['the preset two: n: expected a whole number from 1 to 1000000, found 0', 'the preset six: n is large']
    ],
    [{ mutants: [{ ...mutant!, refuses: () => 'never' }] }, ['the mutant no: never']]
  ])('%j is found', (change, faults) => {
    expect(faultsOf({ ...sound, ...change })).toEqual(faults)
  })
})
