/**
 * The contract of the slide «Smart Contracts are Like Concurrent Objects»: whoever invests is remembered, and nobody invests
 * twice.
 */
import { done, field, initialized, mapping, raise, sender, set, value, when } from './language.js'
import type { Contract } from './language.js'

/** What has been invested; zeros count. */
export const assets = mapping('assets', 'address', 'uint', true)

/** Who has made it; it does nothing. */
const owner = field('owner', 'address')

/** Accounting. */
export const Accounting: Contract = {
  name: 'Accounting',
  fields: [
    { name: owner.name, type: owner.type },
    { name: 'assets', from: 'address', type: 'uint' }
  ],
  functions: [
    {
      name: 'invest',
      parameters: [],
      returns: 'string',
      body: [
        when(initialized(assets(sender)), [raise]),
        set(assets(sender), value),
        done('You have given us your money')
      ]
    }
  ]
}
