/**
 * Executions of the edition of 2018 as readable text: what the main edition says of them, and the null packets.
 */
import * as cpp18 from '../../../spec/blockchain/editions/cpp18.js'
import type { Message, Toychain, World } from '../../../spec/blockchain/editions/cpp18.js'
import type { World as MainWorld } from '../../../spec/blockchain/invMisc.js'
import type { Types } from '../../../spec/blockchain/types.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { ReplayedStep } from '../../checker/index.js'
import { Explain } from '../explain.js'
import type { ToychainAction } from '../model.js'
import type { Action18, State18 } from './cpp18.js'

/** The world without its null packets. */
const withoutNull = <T extends Types>(w: World<T>): MainWorld<T> => {
  const of = (packets: ReadonlyArray<Packet<Message<T>>>) =>
    packets.flatMap(({ src, dst, msg }) => (cpp18.isOfMain(msg) ? [{ src, dst, msg }] : []))
  return { ...w, inFlightMsgs: of(w.inFlightMsgs), consumedMsgs: of(w.consumedMsgs) }
}

const nullPackets = <T extends Types>(w: World<T>): number =>
  w.inFlightMsgs.filter(({ msg }) => !cpp18.isOfMain(msg)).length

/** How executions of one network of the edition are put in words. */
export const Explain18 = <T extends Types>(toychain: Pick<Toychain<T>, 'common'>) => {
  const main = Explain(toychain.common)

  /** The action as one of the main edition; none for what befalls a null packet. */
  const inMain = (a: Action18<T>): ToychainAction<T> | undefined => {
    if (a._tag !== 'Deliver' && a._tag !== 'Duplicate' && a._tag !== 'Lose') return a
    const { src, dst, msg } = a.packet
    return cpp18.isOfMain(msg) ? { ...a, packet: { src, dst, msg } } : undefined
  }

  /** An action in one line, given the world it is taken in and the one it leads to. */
  const action = (a: Action18<T>, before: World<T>, after: World<T>): string => {
    const known = inMain(a)
    return known === undefined
      ? `the network has a null packet: ${a._tag}`
      : main.action(known, withoutNull(before), withoutNull(after))
  }

  /** An execution, step by step. */
  const execution = (steps: ReadonlyArray<ReplayedStep<State18<T>, Action18<T>>>): string => {
    // The text has one line for each step that says what is in flight. What it does not know of is added there.
    let step = 0
    return main
      .execution(
        steps.map(({ action: a, state, failures }) => ({
          action: a && inMain(a),
          state: { ...state, world: withoutNull(state.world) },
          failures
        }))
      )
      .split('\n')
      .map((line) => {
        if (!/^\s*in flight: /.test(line)) return line
        const reached = steps[step++]
        const count = reached === undefined ? 0 : nullPackets(reached.state.world)
        const nulls = `${count > 1 ? `${String(count)} × ` : ''}0→0 Null`
        return count === 0 ? line : line.endsWith(': nothing') ? line.replace('nothing', nulls) : `${line}, ${nulls}`
      })
      .join('\n')
  }

  return { action, execution }
}
