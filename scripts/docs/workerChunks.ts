/**
 * The parts in which the worker of pages is loaded. What is always loaded together is one file: many small ones compress worse,
 * and each costs a request.
 */
import { join } from 'node:path'

const at = (...files: ReadonlyArray<string>): string[] => files.map((file) => join(import.meta.dirname, '../..', file))

/**
 * Files by the modules that are in them, with all that these import and that is in no file before. `walk` is what every page
 * needs, `data` what networks and searches have in common, `network` what every network needs; what only searches need is
 * in none of them.
 */
export const workerChunks: Record<string, string[]> = {
  walk: [
    '\0vite/preload-helper.js',
    ...at(
      'impl/explorer/host.ts',
      'invariants/checker/data/firsts.ts',
      'invariants/checker/model/model.ts',
      'invariants/checker/network/packets.ts',
      'invariants/checker/trace/lanes.ts',
      'invariants/systems/document.ts',
      'invariants/systems/plainText.ts',
      'invariants/systems/show.ts',
      'spec/prelude/order.ts',
      'spec/prelude/seq.ts'
    )
  ],
  data: at(
    'invariants/checker/data/bits.ts',
    'invariants/checker/data/fingerprints.ts',
    'invariants/checker/data/names.ts'
  ),
  network: at(
    'invariants/checker/network/networkModel.ts',
    'invariants/checker/network/properties.ts',
    'invariants/checker/trace/causality.ts',
    'invariants/systems/networkShow.ts',
    'spec/system/adversary.ts'
  )
}
