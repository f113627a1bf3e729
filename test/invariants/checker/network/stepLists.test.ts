import { describe, expect, test } from 'vitest'
import { NONE } from '../../../../invariants/checker/network/parts.js'
import { HEAD, STEP } from '../../../../invariants/checker/network/stepLists.js'
import { fair, LEFT, lossy, NOWHERE, packet, pieces, RIGHT } from '../../../support/counters.js'

const ready = (env = fair) => {
  const made = pieces()
  const { parts, cells, lists, localSteps } = made
  const e = parts.env(env)
  const cellOf = (node: number, st: number, ...messages: ReadonlyArray<number>) =>
    cells.of(
      parts.local(node, st),
      messages.map((msg) => parts.packet(packet(node === 0 ? LEFT : RIGHT, msg))).sort(parts.byPrint)
    )
  /** Where the steps of a list are. */
  const placesOf = (list: number) =>
    Array.from({ length: lists.steps.data[list] ?? 0 }, (_, k) => list + HEAD + STEP * k)
  const actionsAt = (list: number) =>
    placesOf(list).map((at) => {
      const action = localSteps.actionOf(lists.steps.data[at] ?? 0)
      return 'packet' in action ? `${action._tag} ${action.packet.msg}` : action._tag
    })
  return { ...made, e, cellOf, placesOf, actionsAt }
}

describe('a step list', () => {
  test('has each packet once, however often it is in flight, and what the node does by itself last', () => {
    const { lists, e, cellOf, actionsAt } = ready()
    const actions = actionsAt(lists.at(e, cellOf(0, 0, 2, 1, 1, 2, 2)))
    expect([...actions].sort()).toEqual(['Deliver 1', 'Deliver 2', 'Intern'])
    expect(actions.at(-1)).toBe('Intern')
    expect(actionsAt(lists.at(e, cellOf(0, 1)))).toEqual([])
  })

  test('has all that may befall a packet', () => {
    const { lists, e, cellOf, actionsAt } = ready(lossy)
    expect(actionsAt(lists.at(e, cellOf(0, 1, 3)))).toEqual(['Deliver 3', 'Lose 3'])
  })

  test('has what the network does in the cell of nobody', () => {
    const { lists, parts, cells, actionsAt } = ready()
    const nobody = cells.of(NONE, [parts.packet(packet(NOWHERE, 1))])
    expect(actionsAt(lists.at(parts.env({ ...lossy, isCut: true }), nobody))).toEqual(['Lose 1', 'Heal'])
    expect(actionsAt(lists.at(parts.env(fair), nobody))).toEqual([])
  })

  test('is made once for an environment and a cell', () => {
    const { lists, e, cellOf, asked } = ready()
    const [cell, other] = [cellOf(0, 0, 1), cellOf(0, 1, 1)]
    const [one, two] = [lists.at(e, cell), lists.at(e, other)]
    expect([lists.at(e, other), lists.at(e, cell)]).toEqual([two, one])
    expect(one).not.toBe(two)
    expect(asked).toEqual({ procMsg: 2, procInt: 1 })
  })

  test('says by how much each step changes the fingerprint', () => {
    const { lists, e, cellOf, localSteps, placesOf } = ready()
    const list = lists.at(e, cellOf(0, 0, 1, 2))
    expect(placesOf(list).map((at) => [...lists.steps.data.subarray(at, at + 3)])).toEqual(
      placesOf(list).map((at) => {
        const step = lists.steps.data[at] ?? 0
        return [step, localSteps.high.data[step], localSteps.low.data[step]]
      })
    )
  })

  test('finds where a step leads when it is asked, and keeps it', () => {
    const { lists, e, parts, cells, cellOf, placesOf, actionsAt } = ready()
    const cell = cellOf(0, 0, 2, 1, 1)
    const list = lists.at(e, cell)
    const places = placesOf(list)
    const actions = actionsAt(list)
    const inOrder = (...packets: ReadonlyArray<number>) => [...packets].sort(parts.byPrint)
    const [one, answer] = [parts.packet(packet(LEFT, 1)), parts.packet(packet(LEFT, 1, RIGHT))]
    const after: Readonly<Record<string, number>> = {
      Intern: cellOf(0, 1, 2, 1, 1, 1),
      'Deliver 1': cellOf(0, 1, 2, 1),
      'Deliver 2': cells.of(parts.local(0, 2), inOrder(one, one, answer))
    }
    const expected = actions.map((action) => after[action])
    expect(places.map((at) => lists.cellAfter(at, cell))).toEqual(expected)
    expect(places.map((at) => lists.steps.data[at + 3])).toEqual(expected)
    expect(places.map((at) => lists.cellAfter(at, cell))).toEqual(expected)
  })

  test('settles how often its steps were taken', () => {
    const { lists, e, cellOf, localSteps, placesOf } = ready()
    const cells = [cellOf(0, 3), cellOf(0, 0, 1), cellOf(0, 1, 2), cellOf(0, 4, 1, 2, 3), cellOf(0, 5), cellOf(0, 6, 3)]
    const all = cells.map((cell) => lists.at(e, cell))
    for (const [i, list] of all.entries()) lists.steps.data[list + 1] = i
    const times = () => {
      lists.settle()
      return all.map((list) => placesOf(list).map((at) => localSteps.times.data[lists.steps.data[at] ?? 0]))
    }
    expect(times()).toEqual([[], [1, 1], [2], [3, 3, 3], [], [5]])
    expect(times()).toEqual([[], [1, 1], [2], [3, 3, 3], [], [5]])
  })

  test('shows which local states follow which', () => {
    const { lists, parts, cells, cellOf } = ready(lossy)
    for (const cell of [cellOf(0, 1, 0), cellOf(0, 1, 2), cellOf(0, 1, 1, 3), cellOf(0, 2, 2), cellOf(1, 0)])
      lists.at(0, cell)
    lists.at(0, cells.of(NONE, [parts.packet(packet(NOWHERE, 1))]))
    cellOf(0, 5, 1)
    const state = (local: number) => parts.locals.valueOf(local)
    const followers = [...lists.followers()].map(([local, next]) => [
      state(local),
      [...next].map((id) => state(id).st).sort()
    ])
    expect(followers).toEqual([
      [{ node: 0, st: 1 }, [2, 3, 4]],
      [{ node: 0, st: 2 }, [4]],
      [{ node: 1, st: 0 }, [1]]
    ])
  })

  test('is forgotten with its cell', () => {
    const { lists, e, cells, cellOf, actionsAt } = ready()
    lists.at(e, cellOf(0, 0))
    lists.at(e, cellOf(0, 0, 1))
    lists.forget()
    cells.forget()
    expect(lists.steps.length).toBe(1)
    expect(actionsAt(lists.at(e, cellOf(0, 1, 2)))).toEqual(['Deliver 2'])
    expect([...lists.followers().keys()]).toHaveLength(1)
  })
})
