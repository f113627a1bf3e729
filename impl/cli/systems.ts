/**
 * `blockforest systems`: the catalogue, or all that is known of one system.
 */
import type { Command } from 'commander'
import { catalogue, changesOf, entriesOf } from '../../invariants/systems/index.js'
import type { Entry, Expected, Preset, Sizes, System } from '../../invariants/systems/index.js'
import type { Invariant } from '../../invariants/property/invariant.js'
import { grouped, plural, print, table } from './io.js'
import { blaming, load } from './load.js'
import { initialParameters } from './parameters.js'

/** An invariant with its conjuncts, each with its sentence. */
interface InvariantTree {
  readonly name: string
  readonly says: string
  readonly parts: ReadonlyArray<InvariantTree>
}

const treeOf = <S, Part>(invariant: Invariant<S, Part>): InvariantTree => ({
  name: invariant.name,
  says: invariant.says,
  parts: invariant._tag === 'All' ? invariant.parts.map(treeOf) : []
})

const expectedJson = (expect: Expected | undefined) => expect ?? null

const entryJson = ({ path, flag, says, otherwise, control, initial, isOptional }: Entry) => ({
  parameter: path.join('.'),
  flag: `--${flag}`,
  says,
  control,
  default: initial ?? null,
  otherwise,
  optional: isOptional
})

/** All that is known of a system, as plain data. */
const describe = <C>(system: System<C>) => {
  const { name, says, mirrors, form, sizes, presets, mutants, subject } = system
  const initial = initialParameters(system)
  return subject(initial)(({ model, witnesses, induction }) => ({
    name,
    says,
    mirrors,
    parameters: entriesOf(form).map(entryJson),
    sizes: sizes === undefined ? [] : entriesOf<Sizes>(sizes).map(entryJson),
    invariants: model.invariants.map(treeOf),
    witnesses: (witnesses?.names ?? []).map(({ usage, says: what, isGoal = false }) => ({
      name: usage,
      says: what,
      isGoal
    })),
    counted: [...model.states, ...model.steps].map((one) => ({ name: one.name, says: one.says })),
    scores: (model.scores ?? []).map((one) => ({ name: one.name, says: one.says })),
    isInterned: model.compact !== undefined,
    hasInductions: induction !== undefined,
    mutants: mutants.map((mutant) => ({
      name: mutant.name,
      says: mutant.says,
      where: mutant.where,
      options: changesOf(form, mutant.where).join(' '),
      expect: expectedJson(mutant.expect)
    })),
    presets: presets.map((preset) => ({
      name: preset.name,
      of: preset.of,
      tier: preset.tier,
      isDefault: preset.isDefault ?? false,
      random: preset.random ?? null,
      options: changesOf(form, preset.of).join(' '),
      expect: expectedJson(preset.expect)
    }))
  }))
}

type Description = ReturnType<typeof describe>

/** What a search is expected to say, as the cells of a row: states, transitions, depth, verdict. */
export const verdictText = ({
  expect,
  random
}: {
  readonly expect?: Expected | null | undefined
  readonly random?: Preset<unknown>['random'] | null
}): readonly [string, string, string, string] =>
  expect?.verdict === 'holds'
    ? [grouped(expect.states), grouped(expect.transitions), String(expect.depth), 'all hold']
    : expect?.verdict === 'violated'
      ? ['', '', '', `violated after ${plural(expect.steps, 'step')}`]
      : ['', '', '', random ? plural(random.runs, 'random run') : '']

/** Lines of names with what they mean. */
const listed = (names: ReadonlyArray<{ readonly name: string; readonly says: string }>): ReadonlyArray<string> => {
  const width = Math.max(0, ...names.map(({ name }) => name.length))
  return names.map(({ name, says }) => `  ${name.padEnd(width)}  ${says}`)
}

const invariantLines = ({ name, says, parts }: InvariantTree, indent: string): ReadonlyArray<string> => [
  `${indent}${name}: ${says}`,
  ...parts.flatMap((part) => invariantLines(part, `${indent}  `))
]

const parameterTable = (entries: Description['parameters']): string =>
  table([
    ['option', 'meaning', 'values', 'default'],
    ...entries.map(({ flag, says, control, otherwise }) => [
      flag,
      says,
      control._tag === 'Count'
        ? `${String(control.least)} to ${grouped(control.most)}`
        : control._tag === 'Choice'
          ? control.among.join(', ')
          : control._tag === 'Switch'
            ? 'on or off'
            : 'a text',
      otherwise
    ])
  ])

/** A heading with what stands below it; nothing where there is nothing. */
const part = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ['', title, '', ...lines]

const describeText = (d: Description): string =>
  [
    `${d.name}: ${d.says}`,
    ...part(
      'mirrors',
      d.mirrors.map(({ work, where }) => `  ${work}: ${where}`)
    ),
    ...part('parameters', d.parameters.length === 0 ? [] : [parameterTable(d.parameters)]),
    ...part('sizes of the states of --inductive', d.sizes.length === 0 ? [] : [parameterTable(d.sizes)]),
    ...part(
      'invariants',
      d.invariants.flatMap((invariant) => invariantLines(invariant, '  '))
    ),
    ...part(
      'goals: what must be reachable, or what holds says little (--witness)',
      listed(d.witnesses.filter((w) => w.isGoal))
    ),
    ...part('what else can be sought (--witness)', listed(d.witnesses.filter((w) => !w.isGoal))),
    ...part('what is counted', listed(d.counted)),
    ...part('toward what a search can go (--order guided --toward)', listed(d.scores)),
    ...part(
      'mutants (--mutant)',
      d.mutants.length === 0
        ? []
        : [
            table([
              ['mutant', 'where it is searched', 'verdict', 'what is wrong'],
              ...d.mutants.map(({ name, says, options, expect }) => [name, options, verdictText({ expect })[3], says])
            ])
          ]
    ),
    ...part(
      'presets (--preset)',
      d.presets.length === 0
        ? []
        : [
            table([
              ['preset', 'states', 'transitions', 'depth', 'verdict', 'options'],
              ...d.presets.map(({ name, expect, random, options }) => [
                name,
                ...verdictText({ expect, random }),
                options
              ])
            ])
          ]
    )
  ].join('\n')

const systems = async (called: string | undefined, { json }: { readonly json?: true }): Promise<void> => {
  if (called === undefined) {
    const all = catalogue.map(({ open }) =>
      open(({ name, says, mirrors, presets, mutants }) => ({
        name,
        says,
        mirrors,
        presets: presets.length,
        mutants: mutants.length
      }))
    )
    print(
      json === true
        ? JSON.stringify(all, undefined, 2)
        : [
            table([
              ['system', 'presets', 'mutants', 'what it is'],
              ...all.map(({ name, says, presets, mutants }) => [name, String(presets), String(mutants), says])
            ]),
            '',
            'blockforest systems NAME shows one; blockforest check NAME explores it.'
          ].join('\n')
    )
    return
  }
  const loaded = await load(called)
  const description = await blaming(loaded, () =>
    Promise.resolve(loaded.system.open((one): Description => describe(one)))
  )
  print(json === true ? JSON.stringify(description, undefined, 2) : describeText(description))
}

/** Adds the command. */
export const systemsCommand = (program: Command): void => {
  program
    .command('systems')
    .description('List the systems of the catalogue, or show one: parameters, invariants, goals, mutants, presets.')
    .argument('[system]', 'a system of the catalogue, or a module of your own: ./my-system.ts')
    .option('--json', 'JSON instead of text')
    .action(systems)
}
