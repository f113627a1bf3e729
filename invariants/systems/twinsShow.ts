/**
 * How executions with twins are shown: who has a twin, how the network is divided in each round, and what each copy has come
 * to.
 */
import { Twins } from '../../spec/system/twins.js'
import type { Copy, Division, TwinsOptions, TwinsState, TwinsStep } from '../../spec/system/twins.js'
import { canonical } from '../checker/data/canonical.js'
import { plural } from '../words.js'
import { labelled, line } from './document.js'
import type { Document } from './document.js'
import type { NetworkWords } from './networkShow.js'
import { nodeDocument } from './plainText.js'
import type { Show } from './show.js'

/** `0` for a node, `0'` for its twin. */
const copyText = ({ node, copy }: Copy): string => `${String(node)}${copy === 0 ? '' : "'"}`

/** `{0, 1, 2} | {0', 3}`. */
export const divisionText = (division: Division): string =>
  division.length < 2 ? 'all together' : division.map((group) => `{${group.map(copyText).join(', ')}}`).join(' | ')

/** How the executions of a protocol with twins are shown. */
export const twinsShow = <State, Message, Internal, Timestamp>(
  options: TwinsOptions<State, Message, Internal, Timestamp>,
  { node = nodeDocument }: Pick<NetworkWords<State, Message, unknown, unknown>, 'node'> = {}
): Show<TwinsState<State, Message>, TwinsStep> => {
  const { nodes, twins } = options
  const { play } = Twins(options)
  const copies = (all: TwinsState<State, Message>['copies']): Document =>
    all.map(([of, st]) => labelled(`node ${copyText(of)}`.padEnd(7), node(st, of.node)))
  return {
    action: ({ name, division }, before) => {
      const played = play(before, division)
      const [arrived, lost] = [played?.arrived.length ?? 0, played?.lost.length ?? 0]
      const fate = lost === 0 ? '' : `; of ${plural(arrived + lost, 'message')} ${String(lost)} are lost`
      return `${name}: ${divisionText(division)}${fate}`
    },
    state: (s) => copies(s.copies),
    change: (before, after) =>
      copies(after.copies.filter(([, st], i) => canonical(st) !== canonical(before.copies[i]?.[1]))),
    beginning: () => `${plural(nodes.length, 'node')}, and ${plural(twins.length, 'twin')}`,
    closing: () => twins.map((n) => line(`${String(n)}' is the twin of node ${String(n)}: another copy, with its key`))
  }
}
