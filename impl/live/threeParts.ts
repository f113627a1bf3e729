/**
 * The lecture's picture of Toychain's invariant, "local state + in flight = global", while somebody steps: for each node what it
 * has, what is on its way to it, and what both make together, which must be the same for all.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { bounds, toychainModel } from '../../invariants/blockchain/model.js'
import { forestPicture, globalPicture, Words } from '../../invariants/blockchain/pictures.js'
import { playNumbered } from '../../invariants/blockchain/playable.js'
import { mainSubject } from '../../invariants/blockchain/subjects.js'
import { noFaults } from '../../spec/system/adversary.js'
import { showFailure } from '../../invariants/property/invariant.js'
import type { ForestPicture } from '../../invariants/systems/picture.js'
import { drawForest } from '../draw/index.js'
import { bare } from './bare.js'
import { along, stepsFrom } from '../explorer/index.js'

/** What is stepped through: how many nodes there are, how many blocks are minted, how many packets may be lost. */
export interface PartsChoice {
  readonly nodes: number
  readonly mints: number
  readonly losses: number
}

/** A node: three pictures, side by side. */
export interface PartsRow {
  readonly node: string
  readonly local: string
  readonly inFlight: string
  readonly together: string
}

/** What a page shows of a walk. */
export interface PartsShown {
  readonly says: string
  readonly rows: ReadonlyArray<PartsRow>
  /** All nodes add up to one forest. */
  readonly isOne: boolean
  /** What does not hold. */
  readonly objections: ReadonlyArray<string>
  /** The steps that can be taken, in words. */
  readonly steps: ReadonlyArray<string>
}

/** As wide as a third of a telephone, in pixels. */
const NARROW = 104

/** The model, and the words of it; made once for each choice. */
const modelOf = ({ nodes, mints, losses }: PartsChoice) => {
  const limits = bounds(nodes, mints, 0, { blockOnly: true, faults: { ...noFaults, losses } })
  const { model, show } = mainSubject(playNumbered, limits)
  return { model, show, toychain: toychainModel(playNumbered, limits).toychain }
}

/** Walks through a choice, each by the places of its steps. */
export const threeParts = (choice: PartsChoice): ((places: ReadonlyArray<number>) => PartsShown) => {
  const { model, show, toychain } = modelOf(choice)
  const draw = (picture: ForestPicture, id: string, before?: ForestPicture): string =>
    drawForest(bare(picture), { inPage: id, width: NARROW, key: false }, before && bare(before))
  return (places) => {
    const walk = along(model, { start: 0, places })
    if (E.isLeft(walk)) throw new RangeError(walk.left)
    const { steps } = walk.right
    const [last, before] = [steps.at(-1) ?? steps[0], steps.at(-2)]
    const picture = globalPicture(toychain, last.state.world)
    const was = before && globalPicture(toychain, before.state.world)
    const rows = picture.nodes.map(({ node, tree, arriving, canonical }, i): PartsRow => {
      const old = was?.nodes[i]
      const flying = (blocks: typeof arriving): ForestPicture => ({
        _tag: 'Forest',
        title: '',
        trees: blocks.map((block) => ({
          root: { name: Words(toychain).block(block), says: '', kind: 'arriving', children: [] }
        })),
        ...(blocks.length === 0 ? { note: 'nothing' } : {})
      })
      const id = `parts-${String(node)}`
      return {
        node: `node ${String(node)}`,
        local: draw(forestPicture(toychain, '', tree), `${id}-l`, old && forestPicture(toychain, '', old.tree)),
        inFlight: draw(flying(arriving), `${id}-f`, old && flying(old.arriving)),
        together: draw(
          forestPicture(toychain, '', canonical),
          `${id}-g`,
          old && forestPicture(toychain, '', old.canonical)
        )
      }
    })
    return {
      says:
        last.action === undefined || before === undefined
          ? 'initially every node has genesis, and nothing is in flight'
          : show.action(last.action, before.state, last.state),
      rows,
      isOne: O.isSome(picture.canonical),
      objections: last.failures.map(showFailure),
      steps: stepsFrom(model, last.state).map(([action, after]) => show.action(action, last.state, after))
    }
  }
}
