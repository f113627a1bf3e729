/** The alternating bit protocol over channels that lose messages. */
import { leadsTo, strongly, weakly } from '../../invariants/property/property.js'
import type { Fairness } from '../../invariants/property/property.js'
import { refines } from '../../invariants/property/refinement.js'
import { always, classic, stepsFrom } from './classic.js'
import type { Classic, Step } from './classic.js'

type Bit = 0 | 1
const DATA = ['d1', 'd2'] as const
type Datum = (typeof DATA)[number]

/** What sender and receiver know. */
interface Ends {
  readonly sBit: Bit
  readonly sAck: Bit
  readonly rBit: Bit
  readonly sent: Datum
  readonly rcvd: Datum
}
interface Channels extends Ends {
  readonly messages: ReadonlyArray<readonly [Bit, Datum]>
  readonly acks: ReadonlyArray<Bit>
}

const MOST = 2
const other = (bit: Bit): Bit => (bit === 0 ? 1 : 0)
const without = <X>(list: ReadonlyArray<X>, i: number): ReadonlyArray<X> => [...list.slice(0, i), ...list.slice(i + 1)]

const steps =
  (change?: string) =>
  (s: Channels): ReadonlyArray<readonly [Step, Channels]> => {
    const [message] = s.messages
    const [ack] = s.acks
    const all: ReadonlyArray<readonly [Step, Channels]> = [
      ...(s.sAck === s.sBit
        ? DATA.map((d): readonly [Step, Channels] => {
            const sBit = change === 'one bit' ? s.sBit : other(s.sBit)
            return [['SndNewValue', d], { ...s, sent: d, sBit, messages: [...s.messages, [sBit, d]] }]
          })
        : [[['ReSndMsg'], { ...s, messages: [...s.messages, [s.sBit, s.sent]] }] as const]),
      ...(message === undefined
        ? []
        : [[['RcvMsg'], { ...s, messages: s.messages.slice(1), rBit: message[0], rcvd: message[1] }] as const]),
      [['SndAck'], { ...s, acks: [...s.acks, s.rBit] }],
      ...(ack === undefined ? [] : [[['RcvAck'], { ...s, acks: s.acks.slice(1), sAck: ack }] as const]),
      ...s.messages.map((_, i) => [['LoseMsg', i], { ...s, messages: without(s.messages, i) }] as const),
      ...s.acks.map((_, i) => [['LoseAck', i], { ...s, acks: without(s.acks, i) }] as const)
    ]
    return all.filter(([, { messages, acks }]) => messages.length <= MOST && acks.length <= MOST)
  }

const begin: ReadonlyArray<Ends> = ([0, 1] as const).flatMap((bit) =>
  DATA.flatMap((sent) => DATA.map((rcvd) => ({ sBit: bit, sAck: bit, rBit: bit, sent, rcvd })))
)

/** What it is to do: a value is sent, received, and acknowledged. */
const abstract = stepsFrom<Ends>(begin, (s) => [
  ...(s.sAck === s.sBit
    ? DATA.map((d): readonly [Step, Ends] => [['CSndNewValue', d], { ...s, sent: d, sBit: other(s.sBit) }])
    : []),
  ...(s.rBit === s.sBit ? [] : [[['CRcvMsg'], { ...s, rBit: s.sBit, rcvd: s.sent }] as const]),
  ...(s.rBit === s.sAck ? [] : [[['CRcvAck'], { ...s, sAck: s.rBit }] as const])
])

const called =
  (...names: ReadonlyArray<string>) =>
  ([name]: Step): boolean =>
    names.includes(name)

const fairnessFor = (change?: string): ReadonlyArray<Fairness<Step>> => {
  const receives = change === 'weak' ? weakly : strongly
  return [
    weakly('ReSndMsg', called('ReSndMsg')),
    weakly('SndAck', called('SndAck')),
    receives('RcvMsg', called('RcvMsg')),
    receives('RcvAck', called('RcvAck'))
  ]
}

export const alternatingBit: Classic<Channels> = {
  name: 'MCAlternatingBit',
  after: 'SpecifyingSystems/TLC/MCAlternatingBit.tla, two values, queues of at most two',
  states: 240,
  model: (change) =>
    classic(
      'alternating bit',
      begin.map((ends) => ({ ...ends, messages: [], acks: [] })),
      steps(change),
      [
        always(
          'bits',
          'the receiver has the bit of the sender, or the one that was acknowledged',
          ({ sBit, sAck, rBit }) => rBit === sBit || rBit === sAck
        )
      ],
      [
        refines({
          name: 'ABCSpec',
          says: 'a value is sent, received and acknowledged, in turn',
          of: {
            name: 'ABCorrectness',
            system: abstract,
            key: ({ sBit, sAck, rBit, sent, rcvd }) => [sBit, sAck, rBit, sent, rcvd].join(' '),
            fairness: [weakly('CRcvMsg', called('CRcvMsg')), weakly('CRcvAck', called('CRcvAck'))]
          },
          state: ({ sBit, sAck, rBit, sent, rcvd }) => ({ sBit, sAck, rBit, sent, rcvd }),
          fairness: fairnessFor(change)
        }),
        ...DATA.map((d) =>
          leadsTo(
            `SentLeadsToRcvd ${d}`,
            'what was sent and not acknowledged is at last received',
            ({ sent, sBit, sAck }: Channels) => sent === d && sBit !== sAck,
            ({ rcvd }: Channels) => rcvd === d,
            fairnessFor(change)
          )
        )
      ]
    ),
  changes: [
    { change: 'one bit', breaks: 'ABCSpec', steps: 1 },
    { change: 'weak', breaks: 'ABCSpec', steps: 7, loop: 1 },
    { change: 'weak', breaks: 'SentLeadsToRcvd d1', steps: 7, loop: 1 },
    { change: 'weak', breaks: 'SentLeadsToRcvd d2', steps: 7, loop: 1 }
  ]
}
