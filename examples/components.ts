/** A lock of two users, as a system of components: whoever does not look whether it is taken breaks it. */
import { componentModel, components, exhaustive } from '../invariants/checker/index.js'

interface State {
  readonly taken: boolean
  readonly alice: 'outside' | 'inside'
  readonly bob: 'outside' | 'inside'
}
type User = 'alice' | 'bob'

const { action, invariant } = components<State>()

const enter = (user: User, looks: boolean) =>
  action({
    name: 'enter',
    at: user,
    reads: looks ? [user, 'taken'] : [user],
    writes: [user, 'taken'],
    steps: (seen) => (seen[user] === 'inside' || seen.taken ? [] : [{ then: { [user]: 'inside', taken: true } }])
  })

const leave = (user: User) =>
  action({
    name: 'leave',
    at: user,
    reads: [user],
    writes: [user, 'taken'],
    steps: (seen) => (seen[user] === 'inside' ? [{ then: { [user]: 'outside', taken: false } }] : [])
  })

const exclusion = invariant('exclusion', 'at most one of them is inside', ['alice', 'bob'], ({ alice, bob }) =>
  alice === 'inside' && bob === 'inside' ? [{ witness: 'both are' }] : []
)

for (const looks of [true, false]) {
  const { states, counterexample } = await exhaustive(
    componentModel<State>({
      name: 'lock',
      initial: [{ taken: false, alice: 'outside', bob: 'outside' }],
      actions: [enter('alice', true), enter('bob', looks), leave('alice'), leave('bob')],
      invariants: [exclusion]
    })
  )
  console.log(`${states} states:`, counterexample?.actions ?? 'it holds')
}
