import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { CheckpointError, readCheckpoint, writeCheckpoint } from '../../../../invariants/checker/search/checkpoint.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { RecordQueue } from '../../../../invariants/checker/data/growing.js'
import { differences, identityOf } from '../../../../invariants/checker/model/identity.js'
import type { ExhaustiveOptions, Model, SystemModelOptions } from '../../../../invariants/checker/index.js'
import { freely, protocolModel, systemModel, untimed } from '../../../../invariants/checker/index.js'
import { all, fromView, together, whole as wholeInvariant } from '../../../../invariants/property/invariant.js'
import type { Invariant } from '../../../../invariants/property/invariant.js'
import type { Address } from '../../../../spec/index.js'
import * as O from 'fp-ts/lib/Option.js'
import type { ChunkStore } from '../../../../invariants/checker/data/growing.js'

const model = toychainModel(playNumbered, bounds(3, 3, 0, { blockOnly: true }))

/** All checkpoints of a search that makes one at every opportunity. */
const checkpoints = async (): Promise<ReadonlyArray<Uint8Array>> => {
  const saved: Uint8Array[] = []
  await exhaustive(model, { checkpoint: { isDue: () => true, save: (bytes) => saved.push(bytes) } })
  return saved
}

describe('a checkpoint', () => {
  it('is gone on from with the same counts, whichever it is', async () => {
    const { states, transitions, depth, coverage, complete } = await exhaustive(model)
    const saved = await checkpoints()
    // One at the beginning and one after each 16,384 states; on a slow machine there are more.
    expect(saved.length).toBeGreaterThanOrEqual(2)
    for (const resume of saved) {
      const resumed = await exhaustive(model, { resume })
      expect([resumed.states, resumed.transitions, resumed.depth]).toEqual([states, transitions, depth])
      expect([resumed.complete, resumed.coverage]).toEqual([complete, coverage])
    }
  })

  it('is refused where it is not whole', async () => {
    const [, second] = await checkpoints()
    const broken = second!.slice()
    broken[100] = broken[100]! ^ 1
    await expect(exhaustive(model, { resume: broken })).rejects.toThrow(
      new CheckpointError('the checkpoint is not whole, or is none: its digest does not match')
    )
    await expect(exhaustive(model, { resume: second!.subarray(0, 5000) })).rejects.toThrow(CheckpointError)
    await expect(exhaustive(model, { resume: new Uint8Array(0) })).rejects.toThrow(CheckpointError)
  })

  it('is refused by another model', async () => {
    const [first] = await checkpoints()
    const other = toychainModel(playNumbered, bounds(2, 2, 0))
    await expect(exhaustive(other, { resume: first! })).rejects.toThrow('the checkpoint is of B330, not of F220')
  })
})

describe('a checkpoint of another search', () => {
  const counter = (bad: number, more: Partial<SystemModelOptions<number, number>> = {}) =>
    systemModel<number, number>({
      name: 'counter',
      system: { initial: [0], actions: () => [1, 3], next: (n, by) => O.some((n + by) % 100) },
      invariants: [below(bad)],
      kindOf: String,
      ...more
    })
  const below = (bad: number): Invariant<number> =>
    bad === 10
      ? wholeInvariant('below', 'it is below', (n) => (n < 10 ? [] : [{ witness: 'it is not' }]))
      : wholeInvariant('below', 'it is below', (n) => (n < 1000 ? [] : [{ witness: 'it is not' }]))
  const first = async (options: ExhaustiveOptions = {}): Promise<Uint8Array> => {
    const saved: Uint8Array[] = []
    await exhaustive(counter(1000), {
      ...options,
      checkpoint: { isDue: () => saved.length === 0, save: (bytes) => saved.push(bytes) }
    })
    return saved[0]!
  }

  it.each<readonly [string, Model<number, number>, ExhaustiveOptions]>([
    ['the invariants', counter(10), {}],
    ['the invariants', counter(1000, { invariants: [] }), {}],
    ['the invariants', counter(1000, { invariants: [all('both', '', [below(1000)])] }), {}],
    ['the initial states', counter(1000, { system: { ...counter(1000).system, initial: [1] } }), {}],
    ['the rules', counter(1000, { system: { ...counter(1000).system, next: (n) => O.some(n) } }), {}],
    ['the bounds', counter(1000), { depth: 3 }],
    ['the bounds', counter(1000), { maxStates: 3 }],
    ['the origin', counter(1000), { origin: { mutant: 'other' } }]
  ])('is refused, and what differs is named: %s', async (aspect, model_, options) => {
    await expect(exhaustive(model_, { ...options, resume: await first() })).rejects.toThrow(
      new RegExp(`^the checkpoint is of another search of counter: ${aspect} differs?; `)
    )
  })

  it('is none where all is the same, made anew', async () => {
    const origin = { system: 'counter' }
    const { states } = await exhaustive(counter(1000), { origin, resume: await first({ origin }) })
    expect(states).toBe(100)
  })

  it('is known by the functions of a protocol, and by what views and summaries of invariants are made of', () => {
    const one = toychainModel(playNumbered, bounds(2, 1, 0))
    expect(differences(identityOf(one, {}), identityOf(toychainModel(playNumbered, bounds(2, 1, 0)), {}))).toEqual([])
    const network = (most: (a: number, b: number) => number, procInt = (st: Node): [Node, []] => [st, []]) =>
      protocolModel<null, Node, number, number, 0>({
        name: 'n',
        nodes: 1,
        protocol: untimed({ Init: (id) => ({ id }), procMsg: (st) => [st, []], procInt }),
        environment: freely(() => []),
        invariants: [
          ...fromView<Node, number, number>({ start: () => 0, matters: () => true, arrive: most }, [
            together('t', '', { summary: (_n, _st, x) => x, decide: () => [] })
          ])
        ]
      })
    const base = identityOf(network(Math.max), {})
    expect(
      differences(
        base,
        identityOf(
          network((a, b) => a + b),
          {}
        )
      )
    ).toEqual(['the invariants'])
    expect(
      differences(
        base,
        identityOf(
          network(Math.max, ({ id }) => [{ id }, []]),
          {}
        )
      )
    ).toEqual(['the rules'])
  })
})

interface Node {
  readonly id: Address
}

describe('the bytes of a checkpoint', () => {
  const search = {
    dump: {
      envs: [1],
      locals: ['a', 'b'],
      packets: [],
      cells: [[0, 1]],
      coverage: { kinds: { k: 2 }, states: {}, steps: {}, goals: {} }
    },
    visited: Int32Array.of(1, -2, 3),
    parent: Int32Array.of(4),
    place: new Int32Array(0),
    queue: [Uint8Array.of(5, 6), Uint8Array.of(7)],
    at: { transitions: 8, depth: 9, levelEnd: 10, complete: false, expanded: 11 }
  }

  it('are read as what was written, wherever they begin in memory', () => {
    const bytes = writeCheckpoint('a model', { rules: 'r' }, search)
    expect(readCheckpoint(bytes, 'a model', { rules: 'r' })).toEqual(search)
    const later = new Uint8Array(bytes.length + 3)
    later.set(bytes, 3)
    expect(readCheckpoint(later.subarray(3), 'a model', { rules: 'r' })).toEqual(search)
  })

  /** A checkpoint of a model with this dump: a line of JSON, and its digest. */
  const withDump = (dump: unknown): Uint8Array =>
    whole({
      blockforest: 'checkpoint',
      model: 'a model',
      of: {},
      at: search.at,
      dump,
      visited: 0,
      parent: 0,
      place: 0,
      queue: []
    })
  const whole = (head: unknown): Uint8Array => digested(JSON.stringify(head))
  const digested = (text: string): Uint8Array => {
    const line = Buffer.from(`${text}\n`)
    return Buffer.concat([line, createHash('sha256').update(line).digest()])
  }

  it('are refused where the first line is not that of a checkpoint', () => {
    expect(() => readCheckpoint(whole({ blockforest: 'checkpoint', model: 'a model' }), 'a model', {})).toThrow(
      new CheckpointError('the checkpoint was written by another version')
    )
  })

  it('are refused where the first line is no JSON', () => {
    expect(() => readCheckpoint(digested('{'), 'a model', {})).toThrow(
      new CheckpointError('the checkpoint was written by another version')
    )
  })

  it('are refused where the first line lacks a number', () => {
    const { expanded: _, ...rest } = search.at
    const head = {
      blockforest: 'checkpoint',
      model: 'a model',
      of: {},
      dump: search.dump,
      visited: 0,
      parent: 0,
      place: 0,
      queue: []
    }
    expect(() => readCheckpoint(whole({ ...head, at: rest }), 'a model', {})).toThrow(
      new CheckpointError('the checkpoint was written by another version')
    )
  })

  it('are refused where what was interned is no data', () => {
    expect(() => readCheckpoint(withDump({ '#unknown': 1 }), 'a model', {})).toThrow(
      new CheckpointError('the checkpoint cannot be read: $: #unknown is not known')
    )
  })

  it.each(['envs', 'locals', 'packets', 'cells', 'coverage'])('are refused where it has no %s', (field) => {
    const rest = Object.fromEntries(Object.entries(search.dump).filter(([name]) => name !== field))
    expect(() => readCheckpoint(withDump(rest), 'a model', {})).toThrow(
      new CheckpointError('the checkpoint was written by another version')
    )
  })

  it('are refused where it is no record, and read where it is one', () => {
    expect(() => readCheckpoint(withDump('a text'), 'a model', {})).toThrow(
      new CheckpointError('the checkpoint was written by another version')
    )
    expect(readCheckpoint(withDump(search.dump), 'a model', {}).dump).toEqual(search.dump)
  })
})

/** A store of chunks in memory that counts. */
const countingStore = (): ChunkStore & { readonly kept: Map<number, Uint8Array>; readonly written: () => number } => {
  const kept = new Map<number, Uint8Array>()
  let written = 0
  return {
    kept,
    written: () => written,
    write: (chunk) => {
      kept.set(written, chunk.slice())
      return written++
    },
    read: (id) => kept.get(id)!,
    take: (id) => {
      const chunk = kept.get(id)!
      kept.delete(id)
      return chunk
    }
  }
}

describe('a frontier that spills', () => {
  /** Records of different lengths that name their number. */
  const recordOf = (n: number): Uint8Array => {
    const record = new Uint8Array(4 + (n % 97))
    new DataView(record.buffer).setUint32(0, n)
    return record
  }

  it('gives back all records in order, and the chunks it had to store', () => {
    const store = countingStore()
    const queue = new RecordQueue(store, 2)
    const buffer = new Uint8Array(200)
    let next = 0
    let lost = 0
    const take = (): void => {
      const length = queue.shift(buffer)
      const expected = recordOf(next++)
      if (Buffer.compare(buffer.subarray(0, length), expected) !== 0) lost++
    }
    for (let n = 0; n < 200_000; n++) {
      const record = recordOf(n)
      queue.push(record, record.length)
      if (n % 3 === 0) take()
    }
    expect(queue.peakBytes).toBeLessThanOrEqual(4 * 2 ** 20)
    while (!queue.isEmpty) take()
    expect([lost, next]).toEqual([0, 200_000])
    expect(store.written()).toBeGreaterThan(3)
    expect(store.kept.size).toBe(0)
  })

  it('is written to a checkpoint with what is stored elsewhere', () => {
    const queue = new RecordQueue(countingStore(), 1)
    for (let n = 0; n < 100_000; n++) queue.push(recordOf(n), recordOf(n).length)
    const restored = new RecordQueue()
    for (const chunk of queue.chunks()) restored.restore(chunk)
    const buffer = new Uint8Array(200)
    let same = 0
    for (let n = 0; n < 100_000; n++)
      if (Buffer.compare(buffer.subarray(0, restored.shift(buffer)), recordOf(n)) === 0) same++
    expect([same, restored.isEmpty]).toEqual([100_000, true])
  })
})
