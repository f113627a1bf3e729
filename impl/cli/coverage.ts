/**
 * `blockforest check --coverage`: what a run has reached of the protocol, and whether its conjuncts had anything to check.
 */
import type { PremiseMet } from '../../invariants/systems/index.js'
import type { Outcome, Result } from '../../invariants/checker/index.js'
import { grouped, table } from './io.js'

/** What a run has reached. */
export interface Reached {
  /** What the nodes did. */
  readonly outcomes: ReadonlyArray<Outcome>
  /** The premises of conditional conjuncts; none where an invariant is violated. */
  readonly premises: ReadonlyArray<PremiseMet>
}

/** What a run has reached, as text. */
export const coverageText = (
  name: string,
  { coverage: { kinds }, complete }: Pick<Result<unknown, unknown>, 'coverage' | 'complete'>,
  { outcomes, premises }: Reached
): string =>
  [
    `coverage of ${name}`,
    '',
    table([['action', 'transitions'], ...Object.entries(kinds).map(([kind, times]) => [kind, grouped(times)])]),
    ...(outcomes.length === 0
      ? []
      : [
          '',
          table([
            ['on', 'the state', 'sends', 'different local steps'],
            ...outcomes.map(({ on, changes, sends, steps }) => [
              on,
              changes ? 'changes' : 'stays',
              sends.length === 0 ? 'nothing' : sends.join(', '),
              grouped(steps)
            ])
          ])
        ]),
    ...(premises.length === 0
      ? []
      : [
          '',
          table([
            ['conjunct', 'if', 'states', 'of'],
            ...premises.map(({ of, says, met, among }) => [of.join(', '), says, grouped(met), grouped(among)])
          ])
        ]),
    ...premises
      .filter(({ met }) => met === 0)
      .map(
        ({ of }) =>
          `${complete ? 'never put to the test' : 'not put to the test so far'}: ${of.join(', ')}, whose premise held in no state${complete ? '' : ' of the part that was searched'}`
      )
  ].join('\n')
