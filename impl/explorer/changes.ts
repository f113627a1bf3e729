/**
 * What a step has changed, marked in the document of the state after it.
 */
import type { Document, Piece, TreeNode } from '../../invariants/systems/document.js'

/** A document of which it is known what is new in it. */
export type MarkedDocument = ReadonlyArray<MarkedPiece>

/** A piece of such a document. */
export type MarkedPiece =
  | { readonly _tag: 'Line'; readonly text: string; readonly isNew: boolean }
  | { readonly _tag: 'Labelled'; readonly label: string; readonly of: MarkedDocument; readonly isNew: boolean }
  | { readonly _tag: 'Section'; readonly title: string; readonly of: MarkedDocument; readonly isNew: boolean }
  | { readonly _tag: 'Tree'; readonly root: MarkedNode }

/** A node of a tree, and whether it was there before, with the same mark. */
export interface MarkedNode {
  readonly label: string
  readonly mark?: 'chosen' | 'other'
  readonly isNew: boolean
  readonly children: ReadonlyArray<MarkedNode>
}

/** What a node of a tree is known by: its mark, and the labels from the root to it. */
const nodeKey = (above: string, { label, mark }: TreeNode): string => `${above}\n${mark ?? ''} ${label}`

const nodeKeys = (node: TreeNode, above = ''): ReadonlyArray<string> => [
  nodeKey(above, node),
  ...node.children.flatMap((child) => nodeKeys(child, `${above}\n${node.label}`))
]

const markedNode = (node: TreeNode, known: ReadonlySet<string> | undefined, above = ''): MarkedNode => ({
  label: node.label,
  ...(node.mark && { mark: node.mark }),
  isNew: known !== undefined && !known.has(nodeKey(above, node)),
  children: node.children.map((child) => markedNode(child, known, `${above}\n${node.label}`))
})

/** The part of a document below a label or a title; undefined where there is none. */
const below = (document: Document, tag: 'Labelled' | 'Section', name: string): Document | undefined =>
  document.flatMap((piece) =>
    (piece._tag === 'Labelled' && tag === 'Labelled' && piece.label === name) ||
    (piece._tag === 'Section' && tag === 'Section' && piece.title === name)
      ? [piece.of]
      : []
  )[0]

/**
 * A document with what is new in it, held against the one before.
 * @param before undefined: there was none, and nothing is marked.
 */
export const marked = (before: Document | undefined, after: Document): MarkedDocument => {
  const lines = new Set(before?.flatMap((piece) => (piece._tag === 'Line' ? [piece.text] : [])))
  const known = before && new Set(before.flatMap((piece) => (piece._tag === 'Tree' ? nodeKeys(piece.root) : [])))
  const within = (tag: 'Labelled' | 'Section', name: string, of: Document) => {
    const old = before && below(before, tag, name)
    return { of: marked(before && (old ?? []), of), isNew: before !== undefined && old === undefined }
  }
  return after.map((piece: Piece): MarkedPiece => {
    switch (piece._tag) {
      case 'Line':
        return { ...piece, isNew: before !== undefined && !lines.has(piece.text) }
      case 'Labelled':
        return { ...piece, ...within('Labelled', piece.label, piece.of) }
      case 'Section':
        return { ...piece, ...within('Section', piece.title, piece.of) }
      case 'Tree':
        return { _tag: 'Tree', root: markedNode(piece.root, known) }
    }
  })
}
