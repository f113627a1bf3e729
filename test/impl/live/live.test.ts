/**
 * What lives on pages, without pages: films, stations, scenes, forks by hand and real ones, quorums, the three parts.
 */
import { describe, expect, test } from 'vitest'
import { filmOfLanes } from '../../../impl/live/film.js'
import { filmOfFork } from '../../../impl/live/bitcoinForks.js'
import { forksAfter, MOST_MINTED } from '../../../impl/live/forkChoice.js'
import { namesOfQuorum, quorumsShown } from '../../../impl/live/quorums.js'
import { drawScene, runScene } from '../../../impl/live/scenes.js'
import type { SceneRequest } from '../../../impl/live/scenes.js'
import { runTrial, trialsOf } from '../../../impl/live/stations.js'
import { threeParts } from '../../../impl/live/threeParts.js'
import { lanesUpTo } from '../../../invariants/checker/index.js'
import { catalogue, nameOf } from '../../../invariants/systems/index.js'
import { forksOfBitcoin } from '../../../scripts/docs/forks.js'
import { outlineOf } from '../../support/drawings.js'
import { everyKind } from '../../support/lanes.js'

const systems = Object.fromEntries(catalogue.map((system) => [nameOf(system), () => Promise.resolve(system)]))

describe('films', () => {
  test('of lanes grow by a step each, and end with all of it and what does not hold', () => {
    const { frames } = filmOfLanes(everyKind, ['it fails'], 'a')
    expect(frames).toHaveLength(1 + everyKind.steps.length)
    expect(frames.map(({ objections }) => objections.length)).toEqual([...everyKind.steps.map(() => 0), 1])
    const dots = frames.map(({ drawings: [drawing = ''] }) => drawing.match(/class="dot"/g)?.length ?? 0)
    expect(dots).toEqual([0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 6])
    expect(lanesUpTo(everyKind, everyKind.steps.length)).toEqual(everyKind)
  })

  test('of lanes have in flight what arrives later, and nothing that is sent later', () => {
    const { arrows, steps } = lanesUpTo(everyKind, 3)
    expect(steps).toHaveLength(3)
    expect(arrows.filter(({ sentIn }) => sentIn > 3)).toEqual([])
    expect(arrows.filter(({ endsIn }) => endsIn !== undefined).map(({ message }) => message)).toEqual(['m02'])
    expect(
      lanesUpTo(
        {
          ...everyKind,
          bands: [
            { says: 'a', from: 1, to: 2 },
            { says: 'b', from: 3, to: 9 }
          ]
        },
        3
      ).bands
    ).toEqual([
      { says: 'a', from: 1, to: 2 },
      { says: 'b', from: 3, to: 3 }
    ])
  })
})

describe('a station', () => {
  test('is run trial by trial, as claimed, with a film where something fails', async () => {
    expect(trialsOf('majority')).toBe(3)
    const first = await runTrial('majority', 0)
    expect(first).toMatchObject({ finding: 'violated after 4 steps', isAsClaimed: true, isSought: false })
    expect(first.film?.frames).toHaveLength(5)
    expect(first.film?.frames.at(-1)?.objections).toEqual(['agreement: general 0 attacks, and general 1 retreats'])
    const ids = first.film?.frames.map(({ drawings: [drawing = ''] }) => outlineOf(drawing).ids[0])
    expect(new Set(ids)).toEqual(new Set(['majority-0-0-title']))
    expect((await runTrial('majority', 1)).film).toBeUndefined()
    const lost = await runTrial('fork-choice', 1)
    expect(lost.film?.frames.length).toBe(3)
    const sought = await runTrial('forks', 0)
    expect([sought.isSought, sought.objections.length, sought.film?.frames.at(-1)?.objections]).toEqual([true, 1, []])
  })

  test('that there is not, or a trial, is refused', async () => {
    expect(() => trialsOf('nothing')).toThrow('the lecture has no station nothing')
    await expect(runTrial('majority', 3)).rejects.toThrow('the station majority has no trial 4')
  })
})

describe('a scene', () => {
  const run = (request: SceneRequest) => runScene(systems, request)

  test('finds the shortest violation, and where the explorer opens it', async () => {
    const shown = await run({ system: 'contracts/blockking', preset: 'as on the slide', wanted: { _tag: 'Violation' } })
    expect(shown).toMatchObject({
      says: 'an invariant is violated after 3 steps, and after no fewer',
      address: 'system=contracts%2Fblockking&--enters=2&path=0.1.0',
      whole: undefined
    })
    expect(shown.film?.frames.at(-1)?.objections).toEqual(shown.objections)
    expect(shown.objections).toHaveLength(1)
    const mutant = await run({ system: 'ladder', mutant: 'any-vote', wanted: { _tag: 'Violation' } })
    expect([mutant.says, mutant.address?.includes('mutant=any-vote')]).toEqual([
      'an invariant is violated after 6 steps, and after no fewer',
      true
    ])
  })

  test('says so where everything holds, and shows nothing', async () => {
    expect(
      await run({ system: 'contracts/dao', preset: 'effects first', wanted: { _tag: 'Violation' } })
    ).toMatchObject({
      says: 'all that is checked holds in all 35 reachable states',
      film: undefined,
      address: undefined
    })
    expect(
      await run({ system: 'contracts/dao', preset: 'mutex', wanted: { _tag: 'Sought', name: 'paid-2-times' } })
    ).toMatchObject({ says: expect.stringContaining(': never, in 35 states') as unknown, film: undefined })
  })

  test('walks by the words of steps, and then what is in flight arrives', async () => {
    const texts = { nodes: '2', mints: '1', 'block-only': 'on' }
    const wanted = { _tag: 'Walk', words: ['node 0 mints'], then: 9 } as const
    const shown = await run({ system: 'toychain', texts, wanted })
    expect(shown.says).toBe('3 steps, after each of which all invariants hold')
    expect(shown.film?.frames.map(({ says }) => says)).toEqual([
      'initially: 2 nodes',
      'node 0 mints block 1@0 on g',
      'node 0 receives Block 1@0 from node 0',
      'node 1 receives Block 1@0 from node 0'
    ])
    expect(outlineOf(await drawScene(systems, { system: 'toychain', texts, wanted }, 'It')).title).toBe('It')
    await expect(run({ system: 'toychain', texts, wanted: { ...wanted, words: ['node 7'] } })).rejects.toThrow(
      'after 0 steps no step begins with «node 7»'
    )
  })

  test.each([
    [{ system: 'none', wanted: { _tag: 'Violation' } }, 'there is no system none'],
    [{ system: 'pbft', preset: 'none', wanted: { _tag: 'Violation' } }, 'pbft has no preset none'],
    [{ system: 'pbft', mutant: 'none', wanted: { _tag: 'Violation' } }, 'pbft has no mutant none'],
    [{ system: 'ladder', texts: { nodes: 'x' }, wanted: { _tag: 'Violation' } }, 'nodes: '],
    [{ system: 'contracts/dao', wanted: { _tag: 'Sought', name: 'none' } }, 'has nothing called none']
  ] as const satisfies ReadonlyArray<readonly [SceneRequest, string]>)('%j is refused', async (request, why) => {
    await expect(run(request)).rejects.toThrow(why)
  })
})

describe('forks by hand', () => {
  test('move the head where a branch becomes longer, and say what is abandoned', () => {
    const { chain, head, moves, blocks } = forksAfter(['g', 'g', 'b', 'a', 'd'])
    expect([chain, head, blocks]).toEqual([['g', 'a', 'd', 'e'], 'e', ['g', 'a', 'b', 'c', 'd', 'e']])
    expect(moves.map(({ after, abandoned }) => [after, abandoned])).toEqual([
      ['a', []],
      ['a', []],
      ['c', ['a']],
      ['d', ['b', 'c']],
      ['e', []]
    ])
  })

  test('begin with genesis, end with so many blocks, and refuse a block that there is not', () => {
    expect(forksAfter([]).chain).toEqual(['g'])
    const all = Array.from({ length: MOST_MINTED }, () => 'g')
    expect(new Set(forksAfter(all).blocks).size).toBe(MOST_MINTED + 1)
    expect(() => forksAfter([...all, 'g'])).toThrow('expected 25 blocks at most')
    expect(() => forksAfter(['x'])).toThrow('there is no block x')
  })
})

test('real forks of Bitcoin end with Bitcoin’s blocks on the best chain, each of the eleven', () => {
  const forks = forksOfBitcoin()
  expect(forks).toHaveLength(11)
  for (const fork of forks) {
    const { frames } = filmOfFork(fork)
    expect(frames).toHaveLength(4)
    expect(frames[0]?.says).toBe(`before the fork: the head is ${fork.height - 1}`)
    expect(frames[1]?.says).toContain(`the head is ${fork.height} S`)
    expect(frames[3]?.says).toContain(`the head is ${fork.height + 1} B`)
    const { drawn, faults } = outlineOf(frames[3]?.drawings[0] ?? '')
    expect(faults).toEqual([])
    expect(drawn.filter((line) => line.startsWith('  rect.box.chosen'))).toHaveLength(4)
    expect(drawn).toEqual(expect.arrayContaining([expect.stringContaining(`: ○ ${fork.height} S`)]))
  }
  expect(() => filmOfFork({ height: 1, common: [], bitcoin: [], stale: [] })).toThrow('a block before the fork')
  expect(() => filmOfFork({ height: 1, common: ['00'], bitcoin: [], stale: [] })).toThrow('no header')
})

describe('quorums', () => {
  test('are judged as the formulas say, and drawn with those that lie where they do most harm', () => {
    const verdicts = (nodes: number, liars: number, quorum: number) =>
      quorumsShown({ nodes, liars, quorum }).verdicts.map(({ isSo }) => isSo)
    expect([verdicts(4, 1, 3), verdicts(7, 2, 4), verdicts(3, 1, 3), verdicts(4, 1, 2)]).toEqual([
      [true, true, true, true],
      [true, false, true, true],
      [true, true, false, false],
      [false, false, true, true]
    ])
    const says = [
      [4, 1, 3],
      [7, 2, 4],
      [3, 1, 3],
      [4, 1, 2]
    ].map(([nodes = 0, liars = 0, quorum = 0]) => quorumsShown({ nodes, liars, quorum }).says.split(/[,:.]/)[0])
    expect(says).toEqual([
      'Agreement can be kept',
      'Two quorums may share nobody but liars',
      'Those that lie need only say nothing',
      'Two quorums may share nobody'
    ])
    expect(outlineOf(quorumsShown({ nodes: 4, liars: 1, quorum: 3 }).drawing).says).toContain(
      'In both: 1, 2. May lie: 1.'
    )
  })

  test('have the names of Paxos and PBFT where they are so large', () => {
    expect([2, 3, 4, 5].map((quorum) => namesOfQuorum({ nodes: 7, liars: 2, quorum }).length)).toEqual([0, 0, 1, 1])
  })
})

describe('local state + in flight = global', () => {
  const walk = threeParts({ nodes: 2, mints: 1, losses: 1 })

  test('is one forest for all nodes in every state, until a packet is lost', () => {
    const begun = walk([])
    expect([begun.isOne, begun.objections, begun.rows.map(({ node }) => node)]).toEqual([
      true,
      [],
      ['node 0', 'node 1']
    ])
    const minted = walk([0])
    expect([minted.says, minted.isOne]).toEqual(['node 0 mints block 1@0 on g', true])
    const [, other] = minted.rows
    expect(outlineOf(other?.inFlight ?? '').says).toContain('1@0: in flight')
    expect(outlineOf(other?.local ?? '').says).not.toContain('1@0')
    expect(outlineOf(other?.together ?? '').says).toContain('1@0, after g: on the best chain')
    const loses = minted.steps.findIndex((step) => step === 'the network loses Block 1@0 from node 0 to node 1')
    const lost = walk([0, loses])
    expect([lost.isOne, lost.objections.length > 0]).toEqual([false, true])
  })

  test('has drawings whose identifiers are all different, and refuses a step that there is not', () => {
    const ids = walk([0]).rows.flatMap(({ local, inFlight, together }) =>
      [local, inFlight, together].flatMap((drawing) => outlineOf(drawing).ids)
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(() => walk([99])).toThrow('step 1 of the path is number 99')
  })
})
