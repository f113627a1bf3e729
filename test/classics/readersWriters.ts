/** Readers and writers who wait in one queue, as a system of components. */
import { componentModel } from '../../invariants/checker/components/componentModel.js'
import { components } from '../../invariants/checker/components/system.js'
import type { ComponentStep } from '../../invariants/checker/components/system.js'
import { infinitelyOften, weakly } from '../../invariants/property/property.js'
import type { Classic } from './classic.js'

interface Access {
  readonly to: 'read' | 'write'
  readonly who: number
}
export interface Library {
  readonly readers: ReadonlyArray<number>
  readonly writers: ReadonlyArray<number>
  /** Who waits, the first in the queue first. */
  readonly waiting: ReadonlyArray<Access>
}

const actors = [1, 2, 3]
const { action, invariant } = components<Library>()

const asks = (to: Access['to'], who: number) =>
  action({
    name: to === 'read' ? 'TryRead' : 'TryWrite',
    at: who,
    reads: ['waiting'],
    writes: ['waiting'],
    steps: ({ waiting }) =>
      waiting.some((one) => one.to === to && one.who === who) ? [] : [{ then: { waiting: [...waiting, { to, who }] } }]
  })

/** Without `change`, the first in the queue has its turn when nobody writes, and writes when nobody reads. */
const serves = (change?: string) =>
  action({
    name: 'ReadOrWrite',
    reads: ['waiting', 'writers', 'readers'],
    writes: ['waiting', 'writers', 'readers'],
    steps: (seen) => {
      const [first, ...waiting] = seen.waiting
      if (first === undefined || seen.writers.length > 0) return []
      const { to, who } = first
      if (to === 'read') return [{ then: { waiting, readers: including(seen.readers, who) } }]
      return seen.readers.length > 0 && change !== 'rude'
        ? []
        : [{ then: { waiting, writers: including(seen.writers, who) } }]
    }
  })

const including = (all: ReadonlyArray<number>, who: number): ReadonlyArray<number> =>
  [...new Set([...all, who])].sort((a, b) => a - b)

const stops = action({
  name: 'Stop',
  reads: ['readers', 'writers'],
  writes: ['readers', 'writers'],
  steps: ({ readers, writers }) =>
    [...new Set([...readers, ...writers])].map((who) => ({
      choice: who,
      then: readers.includes(who)
        ? { readers: readers.filter((one) => one !== who) }
        : { writers: writers.filter((one) => one !== who) }
    }))
})

const isIn = (which: 'readers' | 'writers', who: number, wanted: boolean) =>
  invariant(`${who} in ${which}`, 'who is among them, or is not', [which], (seen) =>
    seen[which].includes(who) === wanted ? [] : [{ witness: 'it is otherwise' }]
  )

/** Each who asks is fairly served, each who can ask does, and who is in goes. */
const fairness = (change?: string) => [
  ...actors.flatMap((who) =>
    ['TryRead', 'TryWrite'].map((tag) =>
      weakly(`${tag} ${who}`, ({ _tag, at }: ComponentStep) => _tag === tag && at === who)
    )
  ),
  ...['ReadOrWrite', 'Stop']
    .filter((tag) => tag !== 'Stop' || change !== 'stays')
    .map((tag) => weakly(tag, ({ _tag }: ComponentStep) => _tag === tag))
]

export const readersWriters: Classic<Library, ComponentStep> = {
  name: 'ReadersWriters',
  after: 'ReadersWriters/MC.tla, NumActors = 3',
  states: 21_527,
  model: (change) => {
    const fair = fairness(change)
    return componentModel<Library>({
      name: 'readers and writers',
      initial: [{ readers: [], writers: [], waiting: [] }],
      actions: [...actors.flatMap((who) => [asks('read', who), asks('write', who)]), serves(change), stops],
      invariants: [
        invariant(
          'Safety',
          'nobody reads while somebody writes, and one writes at most',
          ['readers', 'writers'],
          (seen) =>
            seen.writers.length > 1 || (seen.writers.length > 0 && seen.readers.length > 0)
              ? [{ witness: 'they do' }]
              : []
        )
      ],
      properties: (['readers', 'writers'] as const).flatMap((which) =>
        actors.flatMap((who) =>
          [true, false].map((wanted) =>
            infinitelyOften(
              `${who} ${wanted ? 'among' : 'not among'} ${which}`,
              'it is so again and again',
              isIn(which, who, wanted),
              fair
            )
          )
        )
      )
    })
  },
  changes: [
    { change: 'rude', breaks: 'Safety', steps: 4 },
    { change: 'stays', breaks: '2 among writers', steps: 8, loop: 8 }
  ]
}
