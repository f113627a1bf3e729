/**
 * What `blockforest init` writes: a small system, its test, and what it takes to run both.
 */

const SYSTEM = `/**
 * Processes that share a lock: at most one of them is in its critical section.
 *
 *     npx blockforest check ./my-system.ts
 */
import * as O from 'fp-ts/lib/Option.js'
import { systemModel } from 'blockforest/checker'
import type { Model } from 'blockforest/checker'
import { whole } from 'blockforest/invariants'
import { count, defineSystem } from 'blockforest/systems'

/** What can be chosen: blockforest makes an option of it, \`--processes\`. */
interface Parameters {
  readonly processes: number
}

/** A state: what each process does, and whether the lock is taken. States are plain data. */
interface State {
  readonly processes: ReadonlyArray<'idle' | 'waiting' | 'critical'>
  readonly locked: boolean
}

/** A step: a process begins to wait, enters its critical section, or leaves it. */
interface Step {
  readonly _tag: 'Wait' | 'Enter' | 'Leave'
  readonly process: number
}

/** The state after a step; none where it cannot be taken. */
const next =
  (mayEnter: (s: State) => boolean) =>
  (s: State, { _tag, process }: Step): O.Option<State> => {
    const is = s.processes[process]
    switch (_tag) {
      case 'Wait':
        return is === 'idle' ? O.some({ ...s, processes: s.processes.with(process, 'waiting') }) : O.none
      case 'Enter':
        return is === 'waiting' && mayEnter(s)
          ? O.some({ processes: s.processes.with(process, 'critical'), locked: true })
          : O.none
      case 'Leave':
        return is === 'critical' ? O.some({ processes: s.processes.with(process, 'idle'), locked: false }) : O.none
    }
  }

/** An invariant does not return false: it returns its objections, with a witness in words. */
const exclusion = whole<State, never>('exclusion', 'at most one process is in its critical section', ({ processes }) => {
  const critical = processes.flatMap((is, n) => (is === 'critical' ? [n] : []))
  return critical.length > 1 ? [{ witness: \`the processes \${critical.join(' and ')} are\` }] : []
})

const model = ({ processes }: Parameters, mayEnter: (s: State) => boolean): Model<State, Step> => {
  const step = next(mayEnter)
  const all = Array.from({ length: processes }, (_, process) =>
    (['Wait', 'Enter', 'Leave'] as const).map((_tag) => ({ _tag, process }))
  ).flat()
  return systemModel<State, Step>({
    name: \`lock, \${processes} processes\`,
    system: {
      initial: [{ processes: Array.from({ length: processes }, () => 'idle'), locked: false }],
      actions: (s) => all.filter((a) => O.isSome(step(s, a))),
      next: step
    },
    invariants: [exclusion],
    kinds: ['Wait', 'Enter', 'Leave']
  })
}

export default defineSystem<Parameters, State, Step>({
  name: 'lock',
  says: 'Processes share a lock: at most one of them is in its critical section.',
  form: { processes: count({ says: 'how many processes there are', initial: 3, least: 1, most: 8 }) },
  model: (c) => model(c, ({ locked }) => !locked),
  show: () => ({ action: ({ _tag, process }) => \`process \${process}: \${_tag.toLowerCase()}\` }),
  witnesses: () => [
    {
      name: 'crowd',
      says: 'nobody is idle',
      of: ({ processes }) => processes.every((is) => is !== 'idle'),
      isGoal: true
    }
  ],
  presets: [
    {
      name: 'three',
      of: { processes: 3 },
      tier: 'fast',
      isDefault: true,
      expect: { verdict: 'holds', states: 20, transitions: 48, depth: 4 }
    }
  ],
  mutants: [
    {
      name: 'no-lock',
      says: 'Nobody looks at the lock.',
      where: { processes: 2 },
      expect: { verdict: 'violated', steps: 4 },
      model: (c) => model(c, () => true)
    }
  ]
})
`

const TEST = `import { exhaustive } from 'blockforest/checker'
import { verdictOf } from 'blockforest/systems'
import { describe, expect, test } from 'vitest'
import system from './my-system.js'

system.open(({ name, presets, mutants, subject }) => {
  describe(name, () => {
    test.each(presets)('$name is as large as expected, and all holds', async ({ of, expect: expected }) => {
      expect(verdictOf(await subject(of)(({ model }) => exhaustive(model)))).toEqual(expected)
    })

    test.each(mutants)('$name is refuted', async ({ name: mutant, where, expect: expected }) => {
      expect(verdictOf(await subject(where, mutant)(({ model }) => exhaustive(model)))).toEqual(expected)
    })
  })
})
`

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

/** The files, by their names. */
export const template = (version: string): Readonly<Record<string, string>> => ({
  'my-system.ts': SYSTEM,
  'my-system.test.ts': TEST,
  'package.json': json({
    name: 'my-system',
    version: '0.0.0',
    private: true,
    type: 'module',
    scripts: { check: 'blockforest check ./my-system.ts', test: 'vitest run', typecheck: 'tsc' },
    devDependencies: { blockforest: `^${version}`, 'fp-ts': '^2.16.11', typescript: '>=5.4', vitest: '>=3' }
  }),
  'tsconfig.json': json({
    compilerOptions: {
      target: 'ES2023',
      lib: ['ES2023'],
      module: 'NodeNext',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: []
    },
    include: ['*.ts']
  })
})
