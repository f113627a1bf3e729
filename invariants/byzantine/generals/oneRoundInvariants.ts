/**
 * What must hold of one round and a majority: of the loyal generals, whatever the traitors tell them.
 */
import type { GeneralState, Plan } from '../../../spec/byzantine/oneRound.js'
import { ofStates, together } from '../../property/invariant.js'
import type { Seen } from '../../property/invariant.js'
import { nodeStep } from '../../property/property.js'
import { agreement } from '../agreement.js'

/** No two loyal generals decide differently. */
export const loyalAgreement = agreement<GeneralState, Plan>(
  'no two loyal generals have decided differently',
  (n, decided) => `general ${String(n)} ${decided}s`
)

/** Where all loyal generals have one plan, they do that. */
export const unanimity = ofStates<GeneralState, Plan>(
  together<GeneralState, null, Pick<GeneralState, 'plan' | 'decided'>>(
    'unanimity',
    'where all loyal generals have the same plan, they do what they have planned',
    {
      summary: (_n, { plan, decided }) => ({ plan, decided }),
      decide: (seen) =>
        seen.some(({ sees }) => sees.plan !== seen[0]?.sees.plan)
          ? []
          : seen.flatMap(({ node, sees: { plan, decided } }) =>
              decided === null || decided === plan
                ? []
                : [{ node, witness: `${decided}s, and all have planned to ${plan}` }]
            )
    }
  )
)

type Account = Pick<GeneralState, 'plan' | 'heard'>

const misheard = (seen: ReadonlyArray<Seen<Account>>) =>
  seen.flatMap(({ node, sees: { heard } }) =>
    seen.flatMap(({ node: of, sees: { plan } }) => {
      const known = heard[of] ?? null
      return known === null || known === plan
        ? []
        : [{ node, witness: `takes it that general ${String(of)} plans to ${known}, which plans to ${plan}` }]
    })
  )

/** What a general has heard of a loyal one is its plan. */
export const provenance = ofStates<GeneralState, Plan>(
  together<GeneralState, null, Account>(
    'provenance',
    'what a general has heard of a loyal one is the plan of that one',
    {
      summary: (_n, { plan, heard }) => ({ plan, heard }),
      decide: misheard
    }
  )
)

/** Who has decided does not decide otherwise. */
export const irrevocability = nodeStep<GeneralState, Plan>(
  'irrevocability',
  'a general that has decided does not change its mind',
  (node, { decided: before }, { decided: after }) =>
    before === null || before === after
      ? []
      : [{ node, witness: `has decided to ${before}, and now to ${after ?? 'do nothing'}` }]
)
