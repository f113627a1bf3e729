/**
 * What the pages say of the systems of the catalogue: their parameters, presets and mutants, from the systems themselves.
 */
import { grouped } from '../../impl/cli/io.js'
import { verdictText } from '../../impl/cli/systems.js'
import { catalogue, changesOf, entriesOf, systemCalled } from '../../invariants/systems/index.js'
import type { Entry, Form, System } from '../../invariants/systems/index.js'

/** Rows as a Markdown table whose columns are as wide as they need to be; those marked are set to the right. */
export const markdown = (
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  right: string
): string => {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const width = head.map((_, i) => Math.max(3, ...cells.map((row) => (row[i] ?? '').length)))
  const line = (row: ReadonlyArray<string>): string =>
    `| ${row.map((cell, i) => (right[i] === 'r' ? cell.padStart(width[i] ?? 0) : cell.padEnd(width[i] ?? 0))).join(' | ')} |`
  const rule = `| ${width.map((n, i) => (right[i] === 'r' ? `${'-'.repeat(n - 1)}:` : '-'.repeat(n))).join(' | ')} |`
  return [line(cells[0] ?? []), rule, ...cells.slice(1).map(line)].join('\n')
}

/** What a field accepts, in words. */
const valuesText = ({ control }: Entry): string => {
  switch (control._tag) {
    case 'Count':
      return `${String(control.least)} to ${grouped(control.most)}`
    case 'Switch':
      return 'on or off'
    case 'Choice':
      return control.among.map((word) => `\`${word}\``).join(', ')
    case 'Text':
      return 'a text'
  }
}

const parameterRows = <C>(form: Form<C>): ReadonlyArray<ReadonlyArray<string>> =>
  entriesOf(form).map((entry) => [`\`--${entry.flag}\``, entry.says, valuesText(entry), entry.otherwise])

/** The parameters of a system. */
const parameters = <C>({ form, sizes }: System<C>): string =>
  markdown(
    ['option', 'meaning', 'values', 'default'],
    [
      ...parameterRows(form),
      ...(sizes
        ? parameterRows(sizes).map(([option = '', says = '', ...rest]) => [
            option,
            `with \`--inductive\`: ${says}`,
            ...rest
          ])
        : [])
    ],
    'llll'
  )

/** The presets of a system, with what a search of each comes to. */
const presets = <C>(system: System<C>): string =>
  markdown(
    ['preset', 'states', 'transitions', 'depth', 'verdict', 'options'],
    system.presets.map((preset) => [preset.name, ...verdictText(preset), code(changesOf(system.form, preset.of))]),
    'lrrrll'
  )

/** The mutants of a system. */
const mutants = <C>(system: System<C>): string =>
  markdown(
    ['mutant', 'what is wrong', 'where it is searched', 'verdict'],
    system.mutants.map(({ name, says, where, expect }) => [
      `\`${name}\``,
      says,
      code(changesOf(system.form, where)),
      verdictText({ expect })[3]
    ]),
    'llll'
  )

const code = (options: ReadonlyArray<string>): string => (options.length === 0 ? '' : `\`${options.join(' ')}\``)

/** All systems. */
const systems = (): string =>
  markdown(
    ['system', 'what it is', 'presets', 'mutants'],
    catalogue.map(({ open }) =>
      open(({ name, says, presets: all, mutants: wrong }) => [
        `\`${name}\``,
        says,
        String(all.length),
        String(wrong.length)
      ])
    ),
    'llrr'
  )

const TABLES = { parameters, presets, mutants } as const

/**
 * A page with the tables between comments such as `<!-- presets: toychain -->` and `<!-- end -->`, and that of all systems
 * between `<!-- systems -->` and `<!-- end -->`.
 */
export const withSystems = (page: string): { readonly page: string; readonly problems: ReadonlyArray<string> } => {
  const problems: string[] = []
  const made = page
    .replace(/^<!-- systems -->$[\s\S]*?^<!-- end -->$/m, () =>
      ['<!-- systems -->', '', systems(), '', '<!-- end -->'].join('\n')
    )
    .replace(
      /^<!-- (parameters|presets|mutants): (\S+) -->$[\s\S]*?^<!-- end -->$/gm,
      (block, what: keyof typeof TABLES, name: string) => {
        const system = systemCalled(name)
        if (system === undefined) {
          problems.push(`<!-- ${what}: ${name} -->: no system is called '${name}'`)
          return block
        }
        const table = system.open((one) => TABLES[what](one))
        return [`<!-- ${what}: ${name} -->`, '', table, '', '<!-- end -->'].join('\n')
      }
    )
  return { page: made, problems }
}

/** The page of a system, for VitePress: its address, and its text. */
export const systemPage = <C>(
  system: System<C>
): { readonly params: { readonly name: string }; readonly content: string } => {
  const { name, says, mirrors } = system
  const named = (title: string, table: string, isThere: boolean): ReadonlyArray<string> =>
    isThere ? [`## ${title}`, table] : []
  return {
    params: { name },
    content: [
      `# ${name}`,
      says,
      `<Explorer system="${name}" />`,
      ...(mirrors.length === 0
        ? []
        : ['It mirrors:', mirrors.map(({ work, where }) => `- ${work}: ${where}`).join('\n')]),
      ...named('Parameters', parameters(system), entriesOf(system.form).length > 0),
      ...named('Presets', presets(system), system.presets.length > 0),
      ...named('Mutants', mutants(system), system.mutants.length > 0),
      `\`blockforest systems ${name}\` shows the same, \`blockforest check ${name}\` searches it. [The explorer](/explorer) has all systems, and says how it is used.`,
      ''
    ].join('\n\n')
  }
}
