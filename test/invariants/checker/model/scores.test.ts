import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { scoreCalled } from '../../../../invariants/checker/model/scores.js'

const scores = [
  { name: 'blocks', says: 'more blocks are known', of: 1 },
  { name: 'quiescence', says: 'less is in flight', of: 2 }
]

test('a score is found by its name', () => {
  expect(scoreCalled(scores, 'blocks')).toEqual(E.right(scores[0]))
  expect(scoreCalled(scores, 'quiescence')).toEqual(E.right(scores[1]))
})

test('where there is none of a name, it is said what there is', () => {
  expect(scoreCalled(scores, 'block')).toEqual(
    E.left(
      [
        "no score is called 'block'. What a search can go toward:",
        '  blocks                    more blocks are known',
        '  quiescence                less is in flight'
      ].join('\n')
    )
  )
  expect(scoreCalled([], 'blocks')).toEqual(E.left("no score is called 'blocks': the model has none"))
})
