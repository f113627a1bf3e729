/**
 * A network of nodes that note what they hear, word by word, and pass a word on to everybody else the first time they hear
 * it. A word is signed by the node that it is of.
 */
import { addressed, freely } from '../../invariants/checker/network/protocolModel.js'
import type { Untimed } from '../../invariants/checker/network/protocolModel.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import type { Adversary } from '../../spec/system/adversary.js'
import type { Environment } from '../../spec/system/executions.js'
import { Network } from '../../spec/system/network.js'
import { toEach } from '../../spec/system/protocol.js'
import { address } from './toychains.js'

/** A word, and the node that has signed it. */
export interface Word {
  readonly of: Address
  readonly word: string
}

export interface Hearer {
  readonly id: Address
  /** Whether it has said its own word. */
  readonly hasSpoken: boolean
  /** What it has heard, in order: whose word from whom. */
  readonly heard: ReadonlyArray<string>
}

/** The network of so many nodes, each of which says its word once, to all others. */
export const hearsay = (nodes: number) => {
  const addresses = netAddr(nodes)
  const others = (id: Address) => addresses.enum.filter((n) => n !== id)
  const protocol = addressed<Hearer, Word, 'speak'>({
    Init: (id) => ({ id, hasSpoken: false, heard: [] }),
    procMsg: (st, from, { of, word }) => {
      const note = `${word} of ${of} from ${from}`
      return st.heard.includes(note)
        ? [st, []]
        : [
            { ...st, heard: [...st.heard, note] },
            st.heard.length === 0 && of !== st.id ? toEach(others(st.id), { of, word }) : []
          ]
    },
    procInt: (st) => [{ ...st, hasSpoken: true }, toEach(others(st.id), { of: st.id, word: 'a' })],
    restart: (st) => ({ ...st, heard: st.heard.slice(0, 1) })
  })
  const network = Network(addresses, protocol)
  return { network, environment: speaking([...addresses.enum]) }
}

/** These nodes speak. */
export const speaking = (who: ReadonlyArray<Address>): Environment<null, Hearer, Word, 'speak', Untimed> =>
  freely((n, { hasSpoken }) => (who.includes(n) && !hasSpoken ? ['speak'] : []))

/** The last node is not honest: it tells node 0 a word of its own, and passes on what it has seen signed. */
export const gossip = (corrupt: Address): Adversary<Word, ReadonlyArray<number>> => ({
  name: 'gossip',
  corrupt: [corrupt],
  start: [],
  learn: (known, { msg }) => [...new Set([...known, msg.of])].sort((a, b) => a - b),
  forges: (known) =>
    [corrupt, ...known].map((of) => ({ src: corrupt, dst: address(0), msg: { of: address(of), word: 'a' } })),
  signatures: ({ of, word }) => [{ by: of, on: word }],
  Known: { equals: (a, b) => a.join() === b.join() }
})
