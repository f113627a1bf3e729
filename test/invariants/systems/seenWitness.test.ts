/**
 * Witnesses of a network see what tells states apart, as its invariants do: not the packets that were consumed.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { freely, untimed } from '../../../invariants/checker/index.js'
import { count, defineNetwork } from '../../../invariants/systems/index.js'
import type { Address } from '../../../spec/system/address.js'
import { address } from '../../support/toychains.js'

interface Node {
  readonly id: Address
  readonly said: boolean
}

test('a witness that reads what was consumed, types or no types, is shown nothing', async () => {
  const seen = new Set<string>()
  const system = defineNetwork({
    name: 'word',
    says: 'One word is sent.',
    form: { nodes: count({ says: 'nodes', initial: 2, least: 2, most: 2 }) },
    network: ({ nodes }) => ({
      name: 'word',
      nodes,
      protocol: untimed<Node, string, string>({
        Init: (id) => ({ id, said: false }),
        procMsg: (st) => [st, []],
        procInt: (st) => [{ ...st, said: true }, [{ src: st.id, dst: address(1), msg: 'word' }]]
      }),
      environment: freely<Node, string, string>((n, { said }) => (n === 0 && !said ? ['say'] : [])),
      invariants: []
    }),
    presets: [{ name: 'two', of: { nodes: 2 }, tier: 'fast' }],
    witnesses: () => [
      {
        name: 'heard',
        says: 'it was heard',
        of: ({ world }) => {
          for (const field of Object.keys(world)) seen.add(field)
          return Object.values(world.localState).length < 0
        }
      }
    ]
  })
  await system.open(({ subject, presets }) =>
    subject(presets[0]!.of)(async ({ witnesses }) => {
      const found = await witnesses!.seek('heard', {})
      expect(E.isRight(found) && found.right.witness.among).toBe(3)
    })
  )
  expect([...seen].sort()).toEqual(['inFlightMsgs', 'localState'])
})
