/**
 * The family `trace`: an execution of the spec's network, with what is derived from the world after each step.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { InternalTransition, Message } from '../../../spec/blockchain/protocol.js'
import { Toychain } from '../../../spec/blockchain/toychain.js'
import { range, unionMap } from '../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../spec/system/address.js'
import type { NetworkAction } from '../../../spec/system/network.js'
import type { Packet, ToSend } from '../../../spec/system/protocol.js'
import type { Comparison } from '../comparison.js'
import { compare } from '../comparison.js'
import { caseInstance } from '../instance.js'
import { lookup } from '../table.js'
import type { Unlisted } from '../written.js'
import { Writing } from '../written.js'
import type { TraceCase, WrittenAct } from './codec.js'
import { derive } from './derived.js'

type M = Message<TypesImpl>
type W = World<TypesImpl>
type Action = NetworkAction<M, InternalTransition<TypesImpl>, number>
type StepResult = Omit<TraceCase['steps'][number], 'act'>

/** The action of a step as a case writes it; none if its packet is not in the table of the case. */
const readerOfActs =
  (written: Writing, packets: ReadonlyArray<Packet<M>>) =>
  (act: WrittenAct): Option<Action> => {
    switch (act.k) {
      case 'Idle':
        return O.some({ _tag: 'Idle' })
      case 'Deliver':
        return pipe(
          RA.lookup(act.p, packets),
          O.map((packet) => ({ _tag: 'Deliver', packet, ts: act.ts }))
        )
      case 'TxT':
      case 'MintT':
        return O.some({ _tag: 'Intern', node: act.node, transition: written.readTransition(act), ts: act.ts })
    }
  }

/** The packets that the acting node sends. */
const senderIn =
  ({ local, network }: Toychain<TypesImpl>) =>
  (w: W, a: Action): ToSend<M> => {
    const sentBy = O.match(
      (): ToSend<M> => [],
      ([, out]: readonly [unknown, ToSend<M>]) => out
    )
    switch (a._tag) {
      case 'Idle':
        return []
      case 'Deliver':
        return pipe(
          network.find(a.packet.dst, w.localState),
          O.map((st) => local.procMsg(st, a.packet.src, a.packet.msg, a.ts)),
          sentBy
        )
      case 'Intern':
        return pipe(
          network.find(a.node, w.localState),
          O.map((st) => local.procInt(st, a.transition, a.ts)),
          sentBy
        )
    }
  }

/**
 * All comparisons of a case, in the order of the file. They end early if the spec does not allow a step of the case; that
 * is a comparison of the field `act`.
 */
export function* runTrace(c: TraceCase): Generator<Comparison> {
  const written = Writing(c)
  const addresses = netAddr(c.nodes)
  const toychain = Toychain(caseInstance(c, c, written).instance, addresses)
  const { forest, network } = toychain

  const packets = c.packets.map(written.readPacket)
  const key = (p: Packet<M>): string => JSON.stringify(written.packet(p))
  const pid = lookup<Packet<M>, number | Unlisted>(
    key,
    packets.map((p, i) => [key(p), i]),
    (p) => ({ unlisted: written.packet(p) })
  )
  const readPids = (pids: ReadonlyArray<number>) => pids.flatMap((i) => packets.slice(i, i + 1))

  const readAct = readerOfActs(written, packets)
  const sent = senderIn(toychain)

  /** What the file says of the node that acts: none for an idle step. */
  const acting = (a: Action, after: W) => {
    const node = O.toNullable(network.qualifier(a))?.allowed ?? null
    const st = node === null ? null : O.toNullable(network.find(node, after.localState))
    return {
      node,
      st: st === null ? null : written.state(st),
      chain: st === null ? null : written.chain(forest.btChain(st.blockTree))
    }
  }

  const [first] = addresses.enum
  if (first === undefined) return // The codec admits no network without nodes.

  let w: W = {
    localState: unionMap(addresses.Address).fromEntries(RA.zip(addresses.enum, c.init.states.map(written.readState))),
    inFlightMsgs: readPids(c.init.inFlight),
    consumedMsgs: readPids(c.init.consumed)
  }
  yield* compare('init_derived', c.init_derived, derive(toychain, written, w, first))

  for (const [i, { act, ...expected }] of c.steps.entries()) {
    const step = `step ${i}`
    const action = readAct(act)
    const stepped = pipe(
      action,
      O.chain((a) => network.systemStep(w, a))
    )
    if (O.isNone(action) || O.isNone(stepped)) {
      yield { step, field: 'act', expected: act, actual: 'no such step is possible; the case is not followed further' }
      return
    }
    const out = sent(w, action.value).map(pid)
    w = stepped.value
    yield* compare<StepResult>(step, expected, {
      ...acting(action.value, w),
      out,
      inFlight: w.inFlightMsgs.map(pid),
      consumed: w.consumedMsgs.length,
      ...derive(toychain, written, w, first)
    })
  }

  const states = range(w.localState)
  yield* compare('final', c.final, {
    states: states.map(written.state),
    inFlight: w.inFlightMsgs.map(pid),
    consumed: w.consumedMsgs.map(pid),
    chains: states.map((st) => written.chain(forest.btChain(st.blockTree)))
  })
}
