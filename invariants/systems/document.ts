/**
 * Documents: what is said of a state, as data. A command prints one as lines, a page may draw its trees.
 */

/** A piece of a document. */
export type Piece =
  | { readonly _tag: 'Line'; readonly text: string }
  /** A label, and beside it what it is about. */
  | { readonly _tag: 'Labelled'; readonly label: string; readonly of: Document }
  /** A title, and below it what it is about, indented. */
  | { readonly _tag: 'Section'; readonly title: string; readonly of: Document }
  | { readonly _tag: 'Tree'; readonly root: TreeNode }

export type Document = ReadonlyArray<Piece>

/** A node of a tree, with all that hangs on it. */
export interface TreeNode {
  readonly label: string
  /** `chosen`: part of what the state's owner has chosen, such as its best chain. Default: no mark. */
  readonly mark?: 'chosen' | 'other'
  readonly children: ReadonlyArray<TreeNode>
}

/** One line. */
export const line = (text: string): Piece => ({ _tag: 'Line', text })

/** A label beside a document. */
export const labelled = (label: string, of: Document): Piece => ({ _tag: 'Labelled', label, of })

/** A title above a document. */
export const section = (title: string, of: Document): Piece => ({ _tag: 'Section', title, of })

/** A tree. */
export const treeOf = (root: TreeNode): Piece => ({ _tag: 'Tree', root })

const MARKS = { chosen: '● ', other: '○ ' } as const

/** A tree with one line for each node. */
const treeLines = ({ label, mark, children }: TreeNode, head: string, tail: string): ReadonlyArray<string> => [
  `${head}${mark === undefined ? '' : MARKS[mark]}${label}`,
  ...children.flatMap((child, i) =>
    i === children.length - 1
      ? treeLines(child, `${tail}└─ `, `${tail}   `)
      : treeLines(child, `${tail}├─ `, `${tail}│  `)
  )
]

/** The lines of a document. */
export const linesOf = (document: Document): ReadonlyArray<string> =>
  document.flatMap((piece): ReadonlyArray<string> => {
    switch (piece._tag) {
      case 'Line':
        return piece.text.split('\n')
      case 'Labelled':
        return linesOf(piece.of).map((text, i) => `${i === 0 ? piece.label : ' '.repeat(piece.label.length)}  ${text}`)
      case 'Section':
        return [piece.title, ...linesOf(piece.of).map((text) => `  ${text}`)]
      case 'Tree':
        return treeLines(piece.root, '', '')
    }
  })
