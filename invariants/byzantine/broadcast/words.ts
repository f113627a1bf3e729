/**
 * Reliable broadcast in words.
 */
import type { BroadcastMessage, BroadcastState, CountedMsg, Slot } from '../../../spec/byzantine/broadcast.js'
import type { BroadcastEvent } from '../../../spec/byzantine/broadcast.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { actionInWords } from '../../checker/model/words.js'
import type { Untimed } from '../../checker/network/protocolModel.js'
import { line } from '../../systems/document.js'
import type { NetworkWords } from '../../systems/networkShow.js'

/** A broadcast: `0.1` is that of node 0 in round 1. */
const slotInWords = ([orig, round]: Slot): string => `${String(orig)}.${String(round)}`

const countedInWords = ({ _tag, orig, round, value }: CountedMsg): string =>
  `${_tag} ${String(value)} of ${slotInWords([orig, round])}`

const inWords = (m: BroadcastMessage): string =>
  m._tag === 'Initial' ? `Initial ${String(m.value)} in round ${String(m.round)}` : countedInWords(m)

/** A map in words; nothing where it has no entries. */
const part = <K, V>(name: string, all: ReadonlyArray<readonly [K, V]>, words: (k: K, v: V) => string) =>
  all.length === 0 ? [] : [`${name} ${all.map(([k, v]) => words(k, v)).join(', ')}`]

const valueOf = (slot: Slot, value: number): string => `${String(value)} of ${slotInWords(slot)}`

/** How states and steps are shown. */
export const broadcastWords: NetworkWords<BroadcastState, BroadcastMessage, BroadcastEvent, Untimed> = {
  message: inWords,
  action: (a) =>
    a._tag === 'Intern'
      ? `node ${String(a.node)} broadcasts its value of round ${String(a.transition)}`
      : actionInWords(inWords)(a),
  node: ({ sent, echoed, voted, msgcnt, output }) => {
    const parts = [
      ...part('sent in', entries(sent), (round) => `round ${String(round)}`),
      ...part('echoed', entries(echoed), valueOf),
      ...part('heard', entries(msgcnt), (m, senders) => `${countedInWords(m)} from ${senders.join(' ')}`),
      ...part('voted', entries(voted), valueOf),
      ...part('output', entries(output), (slot, values) => values.map((value) => valueOf(slot, value)).join(', '))
    ]
    return [line(parts.length === 0 ? 'nothing yet' : parts.join('; '))]
  }
}
