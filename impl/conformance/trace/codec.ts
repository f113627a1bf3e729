/**
 * The case file of the family `trace` (`VECTORS.md` section 6.3): an execution of a network, with what is known of the
 * world after each step. A packet is written as its index in the case's table `packets`.
 */
import * as t from 'io-ts'
import { Address } from '../../../spec/system/codec.js'
import type { CaseHead } from '../codec.js'
import {
  chainCodec,
  distinct,
  hashes,
  indexBelow,
  MintT,
  Natural,
  nullable,
  oracles,
  packetCodec,
  stateCodec,
  suchThat,
  TxT
} from '../codec.js'

const packetId = (size: number) => indexBelow(size, `a packet id below ${size}`)

const Nodes = suchThat(Natural, 'a positive number of nodes', (n) => n > 0)

/** What the rest of a case points into: its nodes, which are the addresses from 0 on, and its packets. */
export const tables = ({ blocks }: CaseHead) => {
  const packets = suchThat(
    t.array(packetCodec(blocks.length)),
    'a list of distinct packets',
    distinct((p) => JSON.stringify(p))
  )
  return t.type({ nodes: Nodes, packets }, 'a trace case')
}
export type Tables = t.TypeOf<ReturnType<typeof tables>>

const actCodec = (packets: number) =>
  t.union(
    [
      t.type({ k: t.literal('Idle') }, 'Idle'),
      t.type({ k: t.literal('Deliver'), p: packetId(packets), ts: Natural }, 'Deliver'),
      t.type({ ...TxT.props, node: Address, ts: Natural }, 'TxT'),
      t.type({ ...MintT.props, node: Address, ts: Natural }, 'MintT')
    ],
    'an action'
  )
export type WrittenAct = t.TypeOf<ReturnType<typeof actCodec>>

/** The notions that are derived from a world. */
const derived = (size: number) => {
  const chain = chainCodec(size)
  const clause = nullable(t.boolean)
  return {
    largest: chain,
    agree: t.boolean,
    blocksFor: t.array(chain, 'a list of lists of block ids'),
    canon: nullable(t.union([hashes, t.array(nullable(hashes))], 'a list of hashes, or one for each node')),
    canonChain: nullable(chain),
    clauses: t.tuple([clause, clause, clause, t.boolean, t.boolean], 'the five clauses'),
    inv: t.boolean
  }
}

/** The rest of a case with a given head and tables. */
export const traceCase = ({ blocks: { length: size } }: CaseHead, { nodes, packets }: Tables) => {
  const chain = chainCodec(size)
  const chains = t.array(chain, 'a list of chains')
  const state = stateCodec(size)
  const pids = t.array(packetId(packets.length), 'a list of packet ids')
  const states = suchThat(t.array(state), `${nodes} states, one for each node`, (list) => list.length === nodes)
  const step = t.type(
    {
      act: actCodec(packets.length),
      node: nullable(Address),
      st: nullable(state),
      chain: nullable(chain),
      out: pids,
      inFlight: pids,
      consumed: Natural,
      ...derived(size)
    },
    'a step'
  )
  return t.type(
    {
      ...oracles,
      start: t.keyof({ init: null, clique: null, arbitrary: null }, '"init", "clique" or "arbitrary"'),
      init: t.type({ states, inFlight: pids, consumed: pids }, 'the initial world'),
      init_derived: t.type(derived(size), 'derived notions'),
      steps: t.array(step, 'a list of steps'),
      final: t.type({ states, inFlight: pids, consumed: pids, chains }, 'the final world')
    },
    'a trace case'
  )
}
export type TraceCase = CaseHead & Tables & t.TypeOf<ReturnType<typeof traceCase>>
