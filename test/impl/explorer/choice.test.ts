/**
 * What can be chosen of the systems of the catalogue, as texts.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { configured, fieldsOf, textsOf } from '../../../impl/explorer/choice.js'
import { readAddress, writeAddress } from '../../../impl/explorer/address.js'
import { catalogue, nameOf } from '../../../invariants/systems/index.js'
import { parametersOf } from '../../support/parameters.js'

test.each(catalogue.map((system) => [nameOf(system), system] as const))(
  'all parameters of the presets and mutants of %s can be written in a form and in an address',
  (name, { open }) => {
    const among = open((system) => {
      const all = parametersOf(system)
      for (const configuration of all) {
        const shown = Object.fromEntries(fieldsOf(system, configuration).map(({ flag, value }) => [flag, value]))
        const texts = textsOf(system, configuration)
        for (const given of [shown, texts]) expect(configured(system, given)).toEqual(E.right(configuration))
        const path = { start: 0, places: [3, 0, 12] }
        const address = { system: name, texts, path }
        expect(readAddress(`#${writeAddress(address)}`)).toEqual(E.right(address))
      }
      return all.length
    })
    expect(among).toBeGreaterThan(1)
  }
)
