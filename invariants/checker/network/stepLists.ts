/**
 * Step lists: what can happen in a cell in an environment, listed once.
 */
import { IntColumn } from '../data/growing.js'
import { NONE } from './parts.js'
import type { Cells } from './cells.js'
import type { LocalSteps } from './localSteps.js'

/**
 * Integers at the head of a list: how many steps there are, how often all of them were taken, how many change anything, and
 * of how many it is known before they are taken what they do to the fingerprint. Those are the first, and those that
 * change nothing the last.
 */
export const HEAD = 4

/**
 * Integers of a step in a list: the local step, by how much it changes both lanes, and the cell that
 * it leads to, once known.
 */
export const STEP = 4

/** The step lists of a network, one after another. */
export class StepLists<Env, State, Message, Internal, Timestamp> {
  /** List after list. The first is at 1. */
  readonly steps = new IntColumn()
  /** For each environment state and cell, where its list is; 0: not known yet. */
  readonly #at: IntColumn[] = []

  constructor(
    private readonly localSteps: LocalSteps<Env, State, Message, Internal, Timestamp>,
    private readonly cells: Cells<Env, State, Message>
  ) {
    this.steps.push(0)
  }

  /** Where in `steps` the list of a cell is. */
  at(env: number, cell: number): number {
    const column = this.#at[env] ?? this.#prepare(env)
    while (column.length <= cell) column.push(0)
    const known = column.data[cell] ?? 0
    return known === 0 ? this.#make(env, cell, column) : known
  }

  /** Where in `steps` the list of a cell is; 0: it has not been made. */
  known(env: number, cell: number): number {
    return this.#at[env]?.data[cell] ?? 0
  }

  /** Where in a list the first step is that breaks a step invariant; NONE: none does. */
  firstBroken(list: number): number {
    const { broken } = this.localSteps
    if (broken.size === 0) return NONE
    const end = list + HEAD + STEP * (this.steps.data[list] ?? 0)
    for (let at = list + HEAD; at < end; at += STEP) if (broken.has(this.steps.data[at] ?? 0)) return at
    return NONE
  }

  /** The cell that the step at a place of `steps` leads to from the one that has it. */
  cellAfter(at: number, cell: number): number {
    const known = this.steps.data[at + 3] ?? NONE
    if (known !== NONE) return known
    const { local, takes, self } = this.localSteps
    const step = this.steps.data[at] ?? 0
    const after = this.cells.after(cell, local.data[step] ?? NONE, takes.data[step] ?? NONE, self.data[step] ?? NONE)
    this.steps.data[at + 3] = after
    return after
  }

  /** Adds to the local steps how often they were taken as members of lists. */
  settle(): void {
    const { steps } = this
    for (let list = 1; list < steps.length; list += HEAD + STEP * (steps.data[list] ?? 0)) {
      const times = steps.data[list + 1] ?? 0
      steps.data[list + 1] = 0
      for (let k = 0; times > 0 && k < (steps.data[list] ?? 0); k++)
        this.localSteps.count(steps.data[list + HEAD + STEP * k] ?? 0, times)
    }
  }

  /** The local states that each is seen to go to. */
  followers(): ReadonlyMap<number, ReadonlySet<number>> {
    const { steps } = this
    const next = new Map<number, Set<number>>()
    for (const { data, length } of this.#at)
      for (let cell = 0; cell < length; cell++) {
        const list = data[cell] ?? 0
        const local = this.cells.local.data[cell] ?? NONE
        for (let k = 0; k < (steps.data[list] ?? 0); k++) {
          const after = this.localSteps.local.data[steps.data[list + HEAD + STEP * k] ?? 0] ?? NONE
          if (after === local) continue
          const known = next.get(local)
          if (known === undefined) next.set(local, new Set([after]))
          else known.add(after)
        }
      }
    return next
  }

  /** Forgets all lists, as cells are forgotten. */
  forget(): void {
    this.steps.clear()
    for (const column of this.#at) column.clear()
    this.steps.push(0)
  }

  #prepare(env: number): IntColumn {
    this.localSteps.prepare(env)
    while (this.#at.length < env) this.#at.push(new IntColumn())
    const column = new IntColumn()
    this.#at.push(column)
    return column
  }

  #make(env: number, cell: number, column: IntColumn): number {
    const { localSteps, cells, steps } = this
    const local = cells.local.data[cell] ?? NONE
    const listed = cells.isQueued ? this.#ofQueues(env, cell, local) : this.#ofBag(env, cell, local)
    listed.push(...localSteps.ofNode(env, local))
    const at = steps.push(listed.length)
    steps.push(0)
    const head = steps.push(0)
    steps.push(0)
    const idle: number[] = []
    const late: number[] = []
    for (const step of listed)
      if (localSteps.isIdle(step, env, local)) idle.push(step)
      else if (localSteps.isAdditive(step)) this.#add(step)
      else late.push(step)
    steps.data[head] = listed.length - idle.length
    steps.data[head + 1] = listed.length - idle.length - late.length
    for (const step of late) this.#add(step)
    for (const step of idle) this.#add(step)
    column.data[cell] = at
    return at
  }

  /** Adds a step to the list that is made. */
  #add(step: number): void {
    const { steps, localSteps } = this
    steps.push(step)
    steps.push(localSteps.high.data[step] ?? 0)
    steps.push(localSteps.low.data[step] ?? 0)
    steps.push(NONE)
  }

  /** The steps with the packets of a cell, each of which may be the next. */
  #ofBag(env: number, cell: number, local: number): number[] {
    const packets = this.cells.packets(cell)
    const listed: number[] = []
    packets.forEach((p, i) => {
      if (p !== packets[i - 1]) listed.push(...this.localSteps.ofPacket(env, p, local))
    })
    return listed
  }

  /** The same where only the oldest packet from each node may be received. */
  #ofQueues(env: number, cell: number, local: number): number[] {
    const { localSteps, cells } = this
    const packets = Array.from(cells.packets(cell))
    return packets.flatMap((p, i) => {
      // Of equal packets it is the oldest to which something happens.
      if (packets.indexOf(p) < i) return []
      const ofPacket = localSteps.ofPacket(env, p, local)
      const isOldest = i === 0 || !cells.sameChannel(packets[i - 1] ?? 0, p)
      return isOldest ? ofPacket : ofPacket.filter((step) => localSteps.actionOf(step)._tag !== 'Deliver')
    })
  }
}
