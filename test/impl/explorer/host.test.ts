/**
 * The explorer as a page speaks to it, with every system of the catalogue.
 */
import { describe, expect, test } from 'vitest'
import { explorer } from '../../../impl/explorer/host.js'
import type { Request, Systems } from '../../../impl/explorer/host.js'
import type { Shown } from '../../../impl/explorer/session.js'
import { catalogue, nameOf } from '../../../invariants/systems/index.js'

const systems: Systems = Object.fromEntries(catalogue.map((one) => [nameOf(one), () => Promise.resolve(one)]))

/** An explorer with what is shown in it; what is refused is an error of the test. */
const opened = async (...requests: ReadonlyArray<Request>) => {
  const ask = explorer(systems)
  const shown = async (request: Request): Promise<Shown> => {
    const reply = await ask(request)
    if (reply._tag !== 'Shown') throw new Error(reply._tag === 'Refused' ? reply.says : reply._tag)
    return reply.shown
  }
  let last: Shown | undefined
  for (const request of requests) last = await shown(request)
  if (last === undefined) throw new Error('nothing was asked')
  return { ask, shown, last }
}

const at = (address: string): Request => ({ _tag: 'Open', address, otherwise: 'toychain' })
const named = (system: string): Request => ({ _tag: 'Open', address: '', otherwise: system })

/** What a reader sees of a state, apart from how they came there. */
const seen = ({ state, enabled, lights, failures, address, pictures }: Shown) => ({
  state,
  enabled,
  lights,
  failures,
  address,
  pictures
})

describe.each(catalogue.map(nameOf))('%s', (system) => {
  test('can be walked through, and the address of every state opens that state', async () => {
    const { shown, last } = await opened(named(system))
    expect(last.system.name).toBe(system)
    expect(last.enabled.length).toBeGreaterThan(0)
    expect(last.lights.length).toBeGreaterThan(0)
    const walked = await shown({ _tag: 'Randomly', seed: 7, steps: 12 })
    expect(walked.at).toBeGreaterThan(0)
    expect(walked.taken.slice(1).every(({ words }) => words !== '')).toBe(true)
    const shared = await opened(at(walked.address))
    expect(seen(shared.last)).toEqual(seen(walked))
    expect(shared.last.taken).toEqual(walked.taken)
  })

  test('a walk that is saved can be loaded', async () => {
    const { ask, last } = await opened(named(system), { _tag: 'Randomly', seed: 11, steps: 6 })
    const saved = await ask({ _tag: 'Save' })
    if (saved._tag !== 'Saved') throw new Error('nothing was saved')
    expect(saved.name).toBe(`${system.replace('/', '-')}-${String(last.at)}.itf.json`)
    const loaded = await opened({ _tag: 'Load', name: saved.name, text: saved.text })
    expect(seen(loaded.last)).toEqual(seen(last))
  })

  test('a preset and a mutant of it can be chosen', async () => {
    const { shown, last } = await opened(named(system))
    const [preset] = last.presets
    const [mutant] = last.mutants
    if (preset === undefined || mutant === undefined) throw new Error('there is none')
    const right = await shown({ _tag: 'Choose', system, choice: { preset: preset.name } })
    expect([right.preset, right.mutant]).toEqual([preset.name, undefined])
    const wrong = await shown({ _tag: 'Choose', system, choice: { mutant: mutant.name } })
    expect([wrong.mutant, wrong.command]).toEqual([mutant.name, `blockforest check ${system} --mutant ${mutant.name}`])
    expect(wrong.preset).toBeUndefined()
  })
})

test('the command that is shown searches what is shown, where that is what a system is initially, too', async () => {
  const commands = ['toychain', 'contracts/counter'].map(async (name) => (await opened(named(name))).last.command)
  expect(await Promise.all(commands)).toEqual([
    'blockforest check toychain --preset F220',
    "blockforest check contracts/counter --preset 'get and set'"
  ])
})

describe('a walk', () => {
  test('breaks clause 5 of the clique invariant: it says the conjunct, the node and the witness', async () => {
    const { shown, last } = await opened(at('system=toychain&--mints=1&--losses=1'))
    expect(last.model).toBe('F210 1 lost')
    expect(last.command).toBe('blockforest check toychain --mints 1 --losses 1')
    const take = async (words: string, { enabled }: Shown): Promise<Shown> => {
      const step = enabled.find((one) => one.words === words)
      if (step === undefined) throw new Error(`no such step: ${enabled.map((one) => one.words).join('; ')}`)
      return shown({ _tag: 'Take', place: step.place })
    }
    const minted = await take('node 0 mints block 1@0 on g', last)
    expect(minted.failures).toEqual([])
    expect(minted.lights.every(({ verdict }) => verdict === 'holds')).toBe(true)
    const lost = await take('the network loses Block 1@0 from node 0 to node 1', minted)
    const witness = 'has, with what is in flight, {g}, expected {1@0, g}, missing 1@0'
    expect(lost.failures).toEqual([`clique_inv ▸ GSyncing_clique ▸ 5 ▸ node 1: ${witness}`])
    const [clique] = lost.lights
    expect([clique?.name, clique?.verdict]).toEqual(['clique_inv', 'violated'])
    const syncing = clique?.parts.find(({ name }) => name === 'GSyncing_clique')
    expect(syncing?.parts.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      '1 holds',
      '2 holds',
      '3 holds',
      '4 holds',
      '5 violated'
    ])
    expect(syncing?.parts[4]?.objections).toEqual([{ node: 1, witness }])
    const undone = await shown({ _tag: 'GoTo', at: 1 })
    expect([undone.failures, undone.taken.length, undone.address]).toEqual([[], 3, minted.address])
    expect((await shown({ _tag: 'GoTo', at: 99 })).address).toBe(lost.address)
  })

  test('marks what its last step has changed', async () => {
    const { last } = await opened(named('toychain'), { _tag: 'Take', place: 0 })
    expect(last.taken.map(({ words }) => words)).toEqual(['initially: 2 nodes', 'node 0 mints block 1@0 on g'])
    const genesis = { label: 'g', mark: 'chosen', isNew: false }
    const [node0, node1, inFlight] = last.state
    expect(node0).toEqual({
      _tag: 'Labelled',
      label: 'node 0',
      isNew: false,
      of: [
        {
          _tag: 'Tree',
          root: { ...genesis, children: [{ label: '1@0', mark: 'chosen', isNew: true, children: [] }] }
        }
      ]
    })
    expect(node1).toMatchObject({ isNew: false, of: [{ _tag: 'Tree', root: { ...genesis, children: [] } }] })
    expect(inFlight).toMatchObject({ _tag: 'Line', isNew: true })
  })

  test('at random is the same with the same seed, and another with another', async () => {
    const walk = async (seed: number): Promise<string> =>
      (await opened(named('pbft'), { _tag: 'Randomly', seed, steps: 15 })).last.address
    expect(await walk(1)).toBe(await walk(1))
    expect(await walk(1)).not.toBe(await walk(2))
  })

  test('that runs until it is quiet delivers what is in flight, and does nothing else', async () => {
    const { last } = await opened(named('toychain'), { _tag: 'Take', place: 0 }, { _tag: 'ToRest' })
    expect(last.observed.map(({ name }) => name)).toContain('quiescence')
    expect(last.taken.slice(2).every(({ words }) => words.includes(' receives '))).toBe(true)
  })

  test('that runs until it is quiet ends in a system without a network too', async () => {
    const { last } = await opened(named('contracts/token'), { _tag: 'ToRest' })
    expect(last.at).toBeGreaterThan(0)
    expect(last.at).toBeLessThan(500)
  })

  test('has a place in the picture for its steps', async () => {
    const { last } = await opened(named('toychain'), { _tag: 'Take', place: 0 })
    const spots = last.enabled.flatMap(({ spot }) => spot ?? [])
    expect(spots.length).toBeGreaterThan(0)
    for (const spot of spots) expect(last.pictures[0]).toContain(`data-place="${spot}"`)
    expect(last.lanes).toContain('<svg')
  })
})

describe('it is refused, and what was shown stays:', () => {
  const after = async (request: Request) => {
    const { ask, shown, last } = await opened(named('toychain'), { _tag: 'Take', place: 0 })
    const reply = await ask(request)
    expect((await shown({ _tag: 'GoTo', at: 1 })).address).toBe(last.address)
    return reply
  }

  test('a step that there is not', async () => {
    expect(await after({ _tag: 'Take', place: 99 })).toEqual({
      _tag: 'Refused',
      says: 'step 2 of the path is number 99, and only 4 steps can be taken there',
      fields: {}
    })
  })

  test('an initial state that there is not', async () => {
    expect(await after({ _tag: 'Restart', start: 5 })).toMatchObject({
      says: 'F220 has 1 initial state: there is none with the number 5'
    })
  })

  test('values that are none of their fields, each with what was expected', async () => {
    const texts = { nodes: 'two', mints: '-1', instance: 'gold' }
    expect(await after({ _tag: 'Choose', system: 'toychain', choice: { texts } })).toMatchObject({
      fields: {
        nodes: 'expected a whole number from 1 to 64, found two',
        mints: 'expected a whole number from 0 to 1000000, found -1',
        instance: 'expected one of numbered, longestChain, proofOfWork, payments, found gold'
      }
    })
  })

  test('a parameter, a preset, a mutant, a system that there is not', async () => {
    const choose = (system: string, choice: object): Request => ({ _tag: 'Choose', system, choice })
    expect(await after(choose('toychain', { texts: { colour: 'red' } }))).toMatchObject({
      says: expect.stringMatching(/^toychain has no parameter colour; it has edition, instance, /) as string
    })
    expect(await after(choose('toychain', { preset: 'F999' }))).toMatchObject({ says: "toychain has no preset 'F999'" })
    expect(await after(choose('toychain', { mutant: 'x' }))).toMatchObject({ says: "toychain has no mutant 'x'" })
    expect(await after(choose('constructor', {}))).toMatchObject({
      says: expect.stringMatching(/^there is no system 'constructor'; there are toychain, generals, /) as string
    })
  })

  test('parameters that cannot be together', async () => {
    const texts = { edition: 'cpp18', ask: 'liveness' }
    expect(await after({ _tag: 'Choose', system: 'toychain', choice: { texts } })).toMatchObject({
      _tag: 'Refused',
      says: '--ask liveness is for the main edition',
      fields: {}
    })
  })

  test.each([
    ['{', /^walk[.]json: not JSON: /],
    ['{}', /^walk[.]json: not a trace in ITF: /]
  ])('a file that is no trace: %s', async (text, says) => {
    expect(await after({ _tag: 'Load', name: 'walk.json', text })).toMatchObject({
      says: expect.stringMatching(says) as string
    })
  })

  test('a trace of a system that there is not, or with parameters that are none of it', async () => {
    const { ask } = await opened(named('toychain'))
    const saved = await ask({ _tag: 'Save' })
    if (saved._tag !== 'Saved') throw new Error('nothing was saved')
    const load = (from: string, to: string): Request => {
      expect(saved.text).toContain(from)
      return { _tag: 'Load', name: 'walk.json', text: saved.text.replace(from, to) }
    }
    expect(await after(load('"toychain"', '"toycoin"'))).toMatchObject({
      says: "walk.json: an execution of 'toycoin', which is no system of the catalogue"
    })
    expect(await after(load('"numbered"', '"gold"'))).toMatchObject({
      says: expect.stringMatching(
        /^walk[.]json: #meta[.]blockforest[.]configuration: instance: expected one of /
      ) as string
    })
  })
})

test('a trace that is no execution opens as far as it is one, and says so', async () => {
  const { ask } = await opened(named('toychain'), { _tag: 'Take', place: 0 }, { _tag: 'Take', place: 1 })
  const saved = await ask({ _tag: 'Save' })
  if (saved._tag !== 'Saved') throw new Error('nothing was saved')
  const { states, ...rest } = JSON.parse(saved.text) as { states: ReadonlyArray<object> }
  const text = JSON.stringify({ ...rest, states: [...states.slice(0, 2), { ...states[2], ...{ state: {} } }] })
  const reply = await explorer(systems)({ _tag: 'Load', name: 'walk.json', text })
  expect(reply).toMatchObject({
    _tag: 'Shown',
    notice: expect.stringMatching(/^walk[.]json: not an execution of F220 from step 2 on: /) as string,
    shown: { at: 1 }
  })
})

describe('an address', () => {
  test.each([
    ['system=', 'it names no system'],
    [
      'colour=red',
      'it says colour, which is none of system, mutant, start, path, loop, end and no parameter (--colour)'
    ],
    ['system=toychain&system=pbft', 'system occurs twice'],
    ['system=toychain&path=1.x', 'path: expected the numbers of steps with dots between them, found 1.x'],
    ['system=toychain&path=9', 'step 1 of the path is number 9, and only 2 steps can be taken there'],
    ['system=toychain&start=1', 'F220 has 1 initial state: there is none with the number 1'],
    ['system=toychain&loop=x', 'loop: expected a whole number, found x'],
    [
      'system=toychain&path=0&loop=0',
      'the path does not go round in a circle: its end is not where it was after 0 steps'
    ],
    ['system=toychain&--nodes=1000', 'nodes: expected a whole number from 1 to 64, found 1000'],
    ['system=toychain&mutant=none', "toychain has no mutant 'none'"],
    [
      'system=toychain&path=0&end=abc',
      'the path leads to another state than where the address was made: by another version of the specification'
    ]
  ])('that is wrong says so, and the usual system is opened: %s', async (address, why) => {
    expect(await explorer(systems)({ _tag: 'Open', address, otherwise: 'om' })).toMatchObject({
      _tag: 'Shown',
      notice: `This address cannot be opened: ${why}.`,
      shown: { system: { name: 'om' }, at: 0 }
    })
  })
})

test('nothing can be done before something is open', async () => {
  expect(await explorer(systems)({ _tag: 'Take', place: 0 })).toEqual({
    _tag: 'Refused',
    says: 'nothing is open',
    fields: {}
  })
})

test('an error of its own is said, and not thrown', async () => {
  const ask = explorer({ broken: () => Promise.reject(new Error('no such luck')) })
  expect(await ask({ _tag: 'Choose', system: 'broken', choice: {} })).toMatchObject({
    says: "an error of blockforest's own (please report it with the address): no such luck"
  })
})
