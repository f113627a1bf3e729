/** A block forest in a program: blocks in any order, the best chain, and what a reorganisation undoes. */
import { createForest, longestChain } from '../impl/forest/index.js'

const forest = createForest({
  genesis: { id: 'g', parent: '' },
  hash: ({ id }) => id,
  parent: ({ parent }) => parent,
  equals: (a, b) => a.parent === b.parent,
  forkChoice: longestChain()
})
forest.onHeadChange(({ _tag, from, to, undone, applied }) => {
  console.log(`${_tag}: ${from} → ${to}, ${undone.length} undone, ${applied.length} applied`)
})

for (const [id, parent] of Object.entries({ a: 'g', c: 'b', b: 'g' })) {
  const inserted = forest.insert({ id, parent })
  console.log(id, inserted._tag === 'Right' ? inserted.right._tag : inserted.left._tag)
}
console.log(forest.bestChain().map((b) => b.id))
