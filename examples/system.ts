/** A puzzle, which is no network: the shortest way to move a tower of Hanoi is a counterexample to «it cannot be moved». */
import * as O from 'fp-ts/lib/Option.js'
import { exhaustive, systemModel } from '../invariants/checker/index.js'
import { whole } from '../invariants/index.js'

/** The peg of each disk, the smallest first. */
type Pegs = ReadonlyArray<number>
interface Move {
  readonly from: number
  readonly to: number
}

const pegs = [0, 1, 2]
const moves: ReadonlyArray<Move> = pegs.flatMap((from) => pegs.flatMap((to) => (from === to ? [] : [{ from, to }])))

/** The uppermost disk of a peg moves, unless the other peg has a smaller one. */
const move = (state: Pegs, { from, to }: Move): O.Option<Pegs> => {
  const disk = state.indexOf(from)
  const onto = state.indexOf(to)
  return disk < 0 || (onto >= 0 && onto < disk) ? O.none : O.some(state.with(disk, to))
}

const hanoi = (disks: number) =>
  systemModel<Pegs, Move>({
    name: `Hanoi, ${disks} disks`,
    system: {
      initial: [Array.from({ length: disks }, () => 0)],
      actions: (state) => moves.filter((m) => O.isSome(move(state, m))),
      next: move
    },
    invariants: [],
    kindOf: () => 'move'
  })

const { model, states, transitions, depth } = await exhaustive(hanoi(9))
console.log(`${model}: ${states} states, ${transitions} transitions, ${depth} moves to the farthest state`)

const stays = whole<Pegs, never>('stays', 'the tower is not on the last peg', (state) =>
  state.every((peg) => peg === 2) ? [{ witness: 'it is' }] : []
)
const { counterexample } = await exhaustive({ ...hanoi(3), invariants: [stays] })
console.log(counterexample?.actions.map(({ from, to }) => `${from}→${to}`).join(' '))
