/**
 * The smallest inputs on which a lemma refutes a definition or a parameter that is wrong on purpose: they show that the lemma
 * says something, and what.
 */
import type { Lemma } from '../../proof/lemma.js'
import { runOnAll } from '../../proof/run.js'
import { lemmasIn, once, settingWithin, sizes } from './grounds.js'
import { showInputs, showTiny } from './show.js'
import { tiny } from './tiny.js'
import { wrongDefinitions } from '../mutants.js'
import type { WrongDefinition } from '../mutants.js'

/** The smallest inputs on which a lemma refutes a mutant. */
export interface RefutedMutant {
  readonly mutant: string
  /** The inputs as text. */
  readonly inputs: string
}

/** The sizes up to which mutants are sought. */
const SOUGHT = sizes.slice(0, 4)

/** The most inputs that are decided. */
const INPUTS = 1_000

/** For a mutant, all lemmas over the universe of each size. */
const mutated = ({ instance, forest }: WrongDefinition): ReadonlyArray<ReadonlyArray<Lemma>> => {
  const changed = instance(tiny('work'))
  return SOUGHT.map((size) => lemmasIn(settingWithin(changed, size, (F) => forest(F, changed))))
}

const everyMutant = once(() => wrongDefinitions.map((mutant) => ({ mutant, sized: mutated(mutant) })))

/**
 * The mutants that a lemma refutes, by its place among all: sought among all inputs up to the largest size that has few
 * enough of them, the simple ones first.
 */
export const refutedBy = (at: number): ReadonlyArray<RefutedMutant> =>
  everyMutant().flatMap(({ mutant, sized }): ReadonlyArray<RefutedMutant> => {
    const own = sized.flatMap((lemmas) => lemmas[at] ?? []).findLast(({ terms }) => terms.size <= INPUTS)
    const refuted = own && runOnAll(own).refuted
    return own === undefined || refuted === undefined
      ? []
      : [{ mutant: mutant.name, inputs: showInputs(showTiny, own, refuted.terms) }]
  })
