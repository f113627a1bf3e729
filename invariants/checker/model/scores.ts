/**
 * Scores of states: toward what a guided search goes.
 */
import { RefusedSearch } from './refusal.js'
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'

/** A name under which states have scores. */
export interface ScoreName {
  readonly name: string
  /** What the states have with higher scores. */
  readonly says: string
}

/** A score of a network's states: the sum of a number for each node. */
export interface LocalScore<State, Message> extends ScoreName {
  /**
   * The part of one node: an integer of at most 32 bits.
   * @param arriving the messages in flight to the node, each as often as it is, in any order.
   */
  readonly of: (st: State, arriving: ReadonlyArray<Message>) => number
}

/** The score with a name. Left: that there is none, and what there is. */
export const scoreCalled = <Score extends ScoreName>(
  scores: ReadonlyArray<Score>,
  name: string
): Either<string, Score> => {
  const found = scores.find((score) => score.name === name)
  if (found !== undefined) return E.right(found)
  const there = scores.map((score) => `  ${score.name.padEnd(24)}  ${score.says}`)
  return E.left(
    there.length === 0
      ? `no score is called '${name}': the model has none`
      : [`no score is called '${name}'. What a search can go toward:`, ...there].join('\n')
  )
}

/**
 * The part of a node in the score with a name.
 * @throws RangeError where no score has the name; when it is asked, where its part is no integer of 32 bits.
 */
export const integerScore = <State, Message>(
  scores: ReadonlyArray<LocalScore<State, Message>>,
  name: string
): LocalScore<State, Message>['of'] => {
  const score = scoreCalled(scores, name)
  if (E.isLeft(score)) throw new RefusedSearch(score.left)
  return (st, arriving) => {
    const part = score.right.of(st, arriving)
    if (part !== (part | 0))
      throw new RefusedSearch(`the score ${name} is ${String(part)}, expected an integer of 32 bits`)
    return part
  }
}
