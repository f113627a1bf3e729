/**
 * Forests without what is in their blocks, where that says nothing to anybody.
 */
import type { ForestBlock, ForestPicture } from '../../invariants/systems/picture.js'

const bareBlock = (block: ForestBlock): ForestBlock => ({
  ...block,
  says: '',
  children: block.children.map(bareBlock)
})

/** The same forest, its blocks by their names alone. */
export const bare = (picture: ForestPicture): ForestPicture => ({
  ...picture,
  trees: picture.trees.map((tree) => ({ ...tree, root: bareBlock(tree.root) }))
})
