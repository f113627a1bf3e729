/** Allocators of resources: one that gives what there is, and one that keeps a schedule (Merz 2004). */
import { infinitelyOften, leadsTo, strongly, weakly } from '../../invariants/property/property.js'
import type { Fairness, Property } from '../../invariants/property/property.js'
import { refines } from '../../invariants/property/refinement.js'
import { always, at, classic, stepsFrom, sublists } from './classic.js'
import type { Classic, Step } from './classic.js'

type Resources = ReadonlyArray<number>
interface Allocation {
  readonly unsat: ReadonlyArray<Resources>
  readonly alloc: ReadonlyArray<Resources>
}
interface Scheduled extends Allocation {
  readonly sched: ReadonlyArray<number>
}

const clients = [0, 1, 2]
const resources = [0, 1]
const some = sublists(resources).filter((set) => set.length > 0)

const union = (one: Resources, other: Resources): Resources =>
  resources.filter((r) => one.includes(r) || other.includes(r))
const without = (one: Resources, other: Resources): Resources => one.filter((r) => !other.includes(r))
const isIn = (one: Resources, other: Resources): boolean => one.every((r) => other.includes(r))
const available = ({ alloc }: Allocation): Resources => without(resources, alloc.flat())

/** What clients do, whatever the allocator is. */
const clientSteps = <S extends Allocation>(s: S, isPatient: boolean): ReadonlyArray<readonly [Step, S]> =>
  clients.flatMap((c) =>
    some.flatMap(
      (set): ReadonlyArray<readonly [Step, S]> => [
        ...(s.unsat[c]!.length === 0 && (isPatient ? s.alloc[c]!.length === 0 : true)
          ? [[['Request', c, set.join('+')], { ...s, unsat: at(s.unsat, c, set) }] as const]
          : []),
        ...(isIn(set, s.alloc[c]!)
          ? [
              [
                [
                  s.unsat[c]!.length === 0 ? 'Return' : 'ReturnEarly',
                  c,
                  set.join('+'),
                  set.length === s.alloc[c]!.length ? 'all' : 'some'
                ],
                { ...s, alloc: at(s.alloc, c, without(s.alloc[c]!, set)) }
              ] as const
            ]
          : [])
      ]
    )
  )

const given = <S extends Allocation>(s: S, c: number, set: Resources): S => ({
  ...s,
  alloc: at(s.alloc, c, union(s.alloc[c]!, set)),
  unsat: at(s.unsat, c, without(s.unsat[c]!, set))
})

const simpleSteps =
  (change?: string) =>
  (s: Allocation): ReadonlyArray<readonly [Step, Allocation]> => [
    ...clientSteps(s, true),
    ...clients.flatMap((c) =>
      some
        .filter((set) => isIn(set, s.unsat[c]!) && (change === 'twice' || isIn(set, available(s))))
        .map((set): readonly [Step, Allocation] => [['Allocate', c, set.join('+')], given(s, c, set)])
    )
  ]

/** All orders of a list. */
const orders = (list: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> =>
  list.length === 0 ? [[]] : list.flatMap((x) => orders(list.filter((y) => y !== x)).map((rest) => [x, ...rest]))

const schedulingSteps =
  (change?: string) =>
  (s: Scheduled): ReadonlyArray<readonly [Step, Scheduled]> => {
    const waiting = clients.filter((c) => s.unsat[c]!.length > 0 && !s.sched.includes(c))
    return [
      ...clientSteps(s, true),
      ...s.sched.flatMap((c, i) =>
        some
          .filter(
            (set) =>
              isIn(set, s.unsat[c]!) &&
              isIn(set, available(s)) &&
              (change === 'out of order' ||
                s.sched.slice(0, i).every((before) => without(set, s.unsat[before]!).length === set.length))
          )
          .map((set): readonly [Step, Scheduled] => [
            ['Allocate', c, set.join('+')],
            {
              ...given(s, c, set),
              sched: set.length === s.unsat[c]!.length ? s.sched.filter((other) => other !== c) : s.sched
            }
          ])
      ),
      ...(waiting.length > 0
        ? orders(waiting).map((order): readonly [Step, Scheduled] => [
            ['Schedule', ...order],
            { ...s, sched: [...s.sched, ...order] }
          ])
        : [])
    ]
  }

const isMutex = ({ alloc }: Allocation): boolean => new Set(alloc.flat()).size === alloc.flat().length

const live = (fairness: ReadonlyArray<Fairness<Step>>): ReadonlyArray<Property<Allocation, Step>> => [
  ...clients.map((c) =>
    leadsTo(
      `ClientsWillReturn ${c}`,
      'who has all that was asked for returns it at last',
      ({ unsat }: Allocation) => unsat[c]!.length === 0,
      ({ alloc }: Allocation) => alloc[c]!.length === 0,
      fairness
    )
  ),
  ...clients.flatMap((c) =>
    resources.map((r) =>
      leadsTo(
        `ClientsWillObtain ${c} ${r}`,
        'who asks for a resource has it at last',
        ({ unsat }: Allocation) => unsat[c]!.includes(r),
        ({ alloc }: Allocation) => alloc[c]!.includes(r),
        fairness
      )
    )
  ),
  ...clients.map((c) =>
    infinitelyOften(
      `InfOftenSatisfied ${c}`,
      'nobody waits for ever',
      ({ unsat }: Allocation) => unsat[c]!.length === 0,
      fairness
    )
  )
]

const by =
  (c: number, ...names: ReadonlyArray<string>) =>
  ([name, who, , all]: Step): boolean =>
    who === c && names.includes(name) && all !== 'some'

const nothing: Allocation = { unsat: clients.map(() => []), alloc: clients.map(() => []) }

export const simpleAllocator: Classic<Allocation> = {
  name: 'SimpleAllocator',
  after: 'allocator/SimpleAllocator.tla, three clients, two resources',
  states: 400,
  model: (change) => {
    const gives = change === 'weak' ? weakly : strongly
    const returns = change === 'late' ? ['Return'] : change === 'keeps' ? [] : ['Return', 'ReturnEarly']
    return classic(
      'simple allocator',
      [nothing],
      simpleSteps(change),
      [always('ResourceMutex', 'no resource is given to two', isMutex)],
      live([
        ...clients.map((c) => weakly(`client ${c} returns all`, by(c, ...returns))),
        ...clients.map((c) => gives(`client ${c} is given some`, by(c, 'Allocate')))
      ])
    )
  },
  changes: [
    { change: 'twice', breaks: 'ResourceMutex', steps: 4 },
    { change: 'weak', breaks: 'ClientsWillObtain 0 0', steps: 4, loop: 1 },
    { change: 'late', breaks: 'ClientsWillObtain 0 0', steps: 4, loop: 4 },
    { change: 'late', breaks: 'InfOftenSatisfied 0', steps: 4, loop: 4 },
    { change: 'keeps', breaks: 'ClientsWillReturn 0', steps: 2, loop: 2 }
  ]
}

export const schedulingAllocator: Classic<Scheduled> = {
  name: 'SchedulingAllocator',
  after: 'allocator/SchedulingAllocator.tla, three clients, two resources',
  states: 1690,
  model: (change) => {
    const fairness = [
      ...clients.map((c) => weakly(`client ${c} returns all`, by(c, ...(change === 'keeps' ? [] : ['Return'])))),
      ...clients.map((c) => weakly(`client ${c} is given some`, by(c, 'Allocate'))),
      ...(change === 'no schedule' ? [] : [weakly('Schedule', ([name]: Step) => name === 'Schedule')])
    ]
    return classic(
      'scheduling allocator',
      [{ ...nothing, sched: [] }],
      schedulingSteps(change),
      [
        always('ResourceMutex', 'no resource is given to two', isMutex),
        always(
          'AllocatorInvariant',
          'who is in the schedule waits for something, and holds nothing that an earlier one waits for',
          ({ unsat, alloc, sched }) =>
            sched.every(
              (c, i) =>
                unsat[c]!.length > 0 &&
                sched.slice(0, i).every((before) => without(alloc[c]!, unsat[before]!).length === alloc[c]!.length)
            )
        )
      ],
      [
        ...live(fairness),
        refines({
          name: 'SimpleAllocator',
          says: 'it is a simple allocator, and a fair one',
          of: {
            name: 'SimpleAllocator',
            system: stepsFrom([nothing], simpleSteps()),
            key: (t) => JSON.stringify(t),
            fairness: [
              ...clients.map((c) => weakly(`client ${c} returns all that it waited for`, by(c, 'Return'))),
              ...clients.map((c) => strongly(`client ${c} is given some`, by(c, 'Allocate')))
            ]
          },
          state: ({ unsat, alloc }: Scheduled): Allocation => ({ unsat, alloc }),
          fairness
        })
      ]
    )
  },
  changes: [
    { change: 'out of order', breaks: 'AllocatorInvariant', steps: 4 },
    { change: 'no schedule', breaks: 'ClientsWillObtain 0 0', steps: 1, loop: 1 },
    { change: 'no schedule', breaks: 'InfOftenSatisfied 0', steps: 1, loop: 1 },
    { change: 'no schedule', breaks: 'SimpleAllocator', steps: 1, loop: 1 },
    { change: 'keeps', breaks: 'ClientsWillReturn 0', steps: 3, loop: 3 }
  ]
}
