/**
 * What must hold of BlockKing: that an answer belongs to its query, that nobody but the oracle makes a king, and who is paid.
 */
import type { Contract } from '../../spec/contracts/language.js'
import { balanceOf } from '../../spec/contracts/machine.js'
import { NOBODY } from '../../spec/contracts/semantics.js'
import { systemModel } from '../checker/model/systemModel.js'
import type { Model } from '../checker/model/model.js'
import { all, whole } from '../property/invariant.js'
import type { Invariant } from '../property/invariant.js'
import { alwaysReachable, stepInvariant } from '../property/property.js'
import type { Property } from '../property/property.js'
import { defineSystem } from '../systems/define.js'
import type { SoughtState } from '../systems/define.js'
import { line } from '../systems/document.js'
import { count, optionalChoice, toggle } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import type { Show } from '../systems/show.js'
import { holds, violated } from '../systems/system.js'
import type { AnySystem, Mutant } from '../systems/system.js'
import { plural } from '../words.js'
import { fieldOf, KING_REPAIRS, kingContract, kingSystem, potOf } from './blockking.js'
import type { BlockKingConfiguration, KingState, KingStep } from './blockking.js'
import { edited } from './edits.js'
import { conservation } from './points.js'
import { ledgerChange, ledgerText } from './show.js'

const form: Form<BlockKingConfiguration> = {
  users: count({ says: 'how many players there are', initial: 2, least: 1, most: 4 }),
  enters: count({ says: 'how often somebody enters', initial: 3, most: 6 }),
  digits: count({
    says: 'how many last digits there are of blocks, and random numbers',
    initial: 2,
    least: 1,
    most: 10
  }),
  pays: toggle({ says: 'players pay to enter, and the king and the owner are paid' }),
  repair: optionalChoice({ says: 'what is repaired', otherwise: 'nothing: as on the slide', among: KING_REPAIRS }),
  loses: toggle({ says: 'answers may be lost; ask that players can enter all the same' })
}

const judged = ({ digits }: BlockKingConfiguration): Invariant<KingState> =>
  all('an answer belongs to its query', 'what the oracle answers counts for the one who has asked', [
    whole('who', 'nobody becomes king by the answer to the query of another', ({ asked, last }) => {
      const query = asked.find(({ id }) => id === last?.id)
      const king = last?.king ?? null
      return last === null || king === null || query?.player === king
        ? []
        : [
            {
              witness: `${String(king)} is king by the answer to query ${String(last.id)}, of ${query?.player ?? '?'}`
            }
          ]
    }),
    whole('which block', 'an answer is compared with the block in which its query was asked', ({ asked, last }) => {
      const query = asked.find(({ id }) => id === last?.id)
      if (last === null || query === undefined) return []
      const wins = query.digit % BigInt(digits) === last.random
      return wins === (last.king !== null)
        ? []
        : [
            {
              witness: `query ${String(last.id)} was asked in a block that ends with ${String(query.digit)}, the answer is ${String(last.random)}, and its player has ${last.king === null ? 'lost' : 'won'}`
            }
          ]
    })
  ])

const properties = (c: BlockKingConfiguration): ReadonlyArray<Property<KingState, KingStep>> => [
  conservation(({ world }) => world),
  stepInvariant('only the oracle', 'nobody becomes king but by an answer of the oracle', (before, a, after) =>
    a._tag !== 'Callback' && fieldOf(before, 'king') !== fieldOf(after, 'king')
      ? [{ witness: `${String(fieldOf(after, 'king'))} is king` }]
      : []
  ),
  stepInvariant('refunded', 'who is refused keeps the money', (before, a, after) =>
    a._tag === 'Enter' &&
    before.asked.length === after.asked.length &&
    balanceOf(before.world, a.player) !== balanceOf(after.world, a.player)
      ? [{ witness: `${a.player} was refused, and has paid` }]
      : []
  ),
  stepInvariant(
    'share',
    'a king that has not reigned for 2000 blocks gets 75 of a hundred at most',
    (before, a, after) => {
      const king = fieldOf(after, 'king') ?? NOBODY
      if (a._tag !== 'Callback' || typeof king !== 'string') return []
      const gets = balanceOf(after.world, king) - balanceOf(before.world, king)
      return gets * 100n <= potOf(before) * 75n
        ? []
        : [{ witness: `${king} gets ${String(gets)} of ${String(potOf(before))}` }]
    }
  ),
  ...(c.loses
    ? [
        alwaysReachable<KingState, KingStep>(
          'open',
          'players can enter again',
          (s) => fieldOf(s, 'isWaiting') !== true,
          { name: 'answers', of: (a) => a._tag === 'Callback' }
        )
      ]
    : [])
]

const sought: ReadonlyArray<SoughtState<KingState>> = [
  {
    name: 'crowned',
    says: 'an answer makes a king',
    of: ({ last }) => last !== null && last.king !== null,
    isGoal: true
  },
  { name: 'lost', says: 'a challenger has lost', of: ({ last }) => last?.king === null, isGoal: true },
  { name: 'two-pending', says: 'two queries are open', of: ({ pending }) => pending.length >= 2 }
]

const modelOf = (c: BlockKingConfiguration, contract = kingContract(c)): Model<KingState, KingStep> =>
  systemModel<KingState, KingStep>({
    name: [
      `BlockKing, ${plural(c.users, 'player')}`,
      plural(c.enters, 'enter'),
      plural(c.digits, 'digit'),
      ...(c.pays ? ['with money'] : []),
      c.repair ?? 'as on the slide'
    ].join(', '),
    system: kingSystem(c, contract),
    invariants: [judged(c)],
    properties: properties(c),
    states: sought.map(({ name, says, of }) => ({ name, says, of }))
  })

const queriesText = ({ asked, pending }: KingState): string =>
  `open queries: ${
    asked
      .filter(({ id }) => pending.includes(id))
      .map(({ id, player, digit }) => `${String(id)} of ${player}, block …${String(digit)}`)
      .join('; ') || 'none'
  }`

/** How executions are shown. */
export const kingShow: Show<KingState, KingStep> = {
  action: (a, before, after) => {
    switch (a._tag) {
      case 'Enter':
        return `${a.player} enters in a block that ends with ${String(a.digit)}${a.pays === 0n ? '' : `, and pays ${String(a.pays)}`}${
          before.asked.length === after.asked.length ? ': refused' : `: query ${String(after.asked.at(-1)?.id)}`
        }`
      case 'Callback':
        return `the oracle answers query ${String(a.id)}: ${String(a.random)}`
      case 'Pay':
        return `${a.player} calls process_payment()`
      case 'Lose':
        return `the answer to query ${String(a.id)} is lost`
    }
  },
  state: (s) => [...ledgerText(s.world), line(queriesText(s))],
  change: (before, after) => [
    ...ledgerChange(before.world, after.world),
    ...(queriesText(before) === queriesText(after) ? [] : [line(queriesText(after))])
  ]
}

const configuration = (more: Partial<BlockKingConfiguration> = {}): BlockKingConfiguration => ({
  users: 2,
  enters: 3,
  digits: 2,
  pays: false,
  loses: false,
  ...more
})
const RECORDS = configuration({ repair: 'records' })
const ONE = configuration({ repair: 'one-pending' })

const needsPay = ({ pays }: BlockKingConfiguration): string | undefined =>
  pays ? undefined : 'nobody pays without --pays'

const mutants: ReadonlyArray<
  Mutant<BlockKingConfiguration> & { readonly of: (c: BlockKingConfiguration) => Contract }
> = [
  {
    name: 'public-payment',
    says: 'Whoever likes may call the payment, as in the published source.',
    where: ONE,
    expect: violated(2),
    of: (c) => kingContract(c, { isOrdered: true, isPublic: true })
  },
  {
    name: 'reversed-difference',
    says: 'How long the king has reigned is reckoned backwards and wraps, as in the published source.',
    where: { ...ONE, pays: true },
    expect: violated(2),
    refuses: needsPay,
    of: (c) => kingContract(c, { isOrdered: false })
  },
  {
    name: 'kept-money',
    says: 'Who pays too little is refused, and gets nothing back.',
    where: { ...ONE, pays: true },
    expect: violated(1),
    refuses: needsPay,
    of: (c) =>
      edited(kingContract(c), 'enter', 'if (msg.value < 50) {', (s) =>
        s._tag === 'If' ? [{ ...s, then: s.then.slice(1) }] : [s]
      )
  },
  {
    name: 'never-waiting',
    says: 'It is not remembered that a query is open.',
    where: ONE,
    expect: violated(3),
    refuses: ({ repair }) =>
      repair === 'one-pending' ? undefined : 'others wait for a query only with --repair one-pending',
    of: (c) => edited(kingContract(c), 'enter', 'isWaiting = true;', () => [])
  }
]

/** BlockKing. */
export const blockking: AnySystem = defineSystem<BlockKingConfiguration, KingState, KingStep>({
  name: 'contracts/blockking',
  says: 'BlockKing: a call to an oracle returns in another transaction, and others enter in between.',
  mirrors: [
    {
      work: 'Byzantine Fault Tolerance and Blockchains (lecture)',
      where: 'querying an oracle; call and return in two transactions'
    },
    { work: 'I. Sergey, A. Hobor, A Concurrent Perspective on Smart Contracts (WTSC 2017)', where: 'BlockKing' }
  ],
  form,
  model: (c) => modelOf(c),
  show: () => kingShow,
  witnesses: () => sought,
  presets: [
    { name: 'as on the slide', of: configuration({ enters: 2 }), tier: 'fast', expect: violated(3) },
    { name: 'records', of: RECORDS, tier: 'fast', isDefault: true, expect: holds(2_461, 5_180, 6) },
    { name: 'one pending', of: ONE, tier: 'fast', isDefault: true, expect: holds(693, 1_020, 6) },
    {
      name: 'records, answers are lost',
      of: { ...RECORDS, enters: 2, loses: true },
      tier: 'fast',
      expect: holds(305, 464, 4)
    },
    { name: 'one pending, answers are lost', of: { ...ONE, loses: true }, tier: 'fast', expect: violated(2) },
    { name: 'one pending, with money', of: { ...ONE, enters: 2, pays: true }, tier: 'fast', expect: holds(156, 220, 4) }
  ],
  mutants: mutants.map(({ of, ...mutant }) => ({ ...mutant, model: (c) => modelOf(c, of(c)) }))
})
