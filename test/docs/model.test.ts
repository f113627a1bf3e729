/**
 * The table of presets in docs/model.md: the command prints its numbers.
 */
import { describe, expect, test } from 'vitest'
import { toychain } from '../../invariants/blockchain/system.js'
import { read } from '../../scripts/docs/pages.js'
import { blockforest } from '../support/command.js'

const page = read('docs/model.md') ?? ''

/** What takes more than a second is searched by the tests of the catalogue only. */
const QUICK = 20_000

describe('the presets in docs/model.md', () => {
  test('are all of them', () => {
    for (const { name } of toychain.presets)
      expect(page).toMatch(new RegExp(`^\\| ${name.replace(/[()]/g, '\\$&')} +\\|`, 'm'))
  })

  test.each(
    toychain.presets.flatMap(({ name, of, expect: expected }) =>
      expected?.verdict === 'holds' && expected.states < QUICK ? [{ name, of, ...expected }] : []
    )
  )('$name: $states states', async ({ name, of, verdict, states, transitions, depth }) => {
    const { out } = await blockforest('check', '--preset', name, '--json')
    expect(JSON.parse(out)).toMatchObject({
      configuration: { name: toychain.subject(of)(({ model }) => model.name) },
      states,
      transitions,
      depth,
      complete: true,
      verdict,
      neverEnabled: []
    })
  })
})
