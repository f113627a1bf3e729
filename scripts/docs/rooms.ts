/**
 * The rooms of the sources: every folder has a head, its README.md, which says what question the folder answers. The tree
 * on the page about the architecture is made of the heads.
 *
 * A head is a heading with the path of the folder, a sentence, and a paragraph on what belongs there and what does not.
 */
import { basename, dirname } from 'node:path'

/** A folder, and the text of its head; none where it has none. */
export interface Room {
  readonly folder: string
  readonly head: string | undefined
}

/** Rooms that come in the order in which they build on each other; others follow in alphabetical order. */
const ORDER = ['spec', 'prelude', 'system', 'invariants', 'property', 'proof', 'impl'].concat(
  ['data', 'model', 'network', 'state', 'trace', 'history', 'search', 'threads'] // of the checker
)

const rank = (folder: string): number => {
  const at = ORDER.indexOf(basename(folder))
  return at < 0 ? ORDER.length : at
}

const compareSiblings = (a: string, b: string): number =>
  a === '' || b === '' ? a.length - b.length : rank(a) - rank(b) || (a < b ? -1 : 1)

/** Folders in the order of their rooms: each before those in it, beside others by what builds on what. */
export const ordered = (folders: ReadonlyArray<string>): ReadonlyArray<string> => {
  const compare = ([a = '', ...restA]: ReadonlyArray<string>, [b = '', ...restB]: ReadonlyArray<string>): number =>
    a === '' || a !== b ? compareSiblings(a, b) : compare(restA, restB)
  return folders.toSorted((a, b) => compare(a.split('/'), b.split('/')))
}

/** The question that a head says its room answers; undefined where it does not have that form. */
export const questionOf = ({ folder, head = '' }: Room): string | undefined => {
  const [heading, , question = '', , paragraph = ''] = head.split('\n')
  return heading === `# ${folder}` && /^[A-Z].*[?.]$/.test(question) && paragraph !== '' ? question : undefined
}

/** What keeps the tree from being made. */
export const problemsOf = (rooms: ReadonlyArray<Room>): ReadonlyArray<string> =>
  rooms
    .filter((room) => questionOf(room) === undefined)
    .map(
      ({ folder, head }) =>
        `${folder}/README.md: ${head === undefined ? 'is missing' : 'is no head'}; expected the heading # ${folder}, ` +
        'a sentence that says what question the folder answers, and a paragraph on what belongs there and what does not'
    )

/** The rooms in a folder, each followed by those in it, as lines. */
const below = (rooms: ReadonlyArray<Room>, parent: string, depth: number): ReadonlyArray<readonly [string, string]> =>
  rooms
    .filter(({ folder }) => dirname(folder) === parent)
    .toSorted((a, b) => compareSiblings(a.folder, b.folder))
    .flatMap((room) => [
      [`${'  '.repeat(depth)}${basename(room.folder)}/`, questionOf(room) ?? ''] as const,
      ...below(rooms, room.folder, depth + 1)
    ])

/** The tree of rooms: a line for each, with its question. */
export const treeOf = (rooms: ReadonlyArray<Room>): string => {
  const lines = below(rooms, '.', 0)
  const width = Math.max(...lines.map(([path]) => path.length)) + 2
  return lines.map(([path, question]) => `${path.padEnd(width)}${question}`.trimEnd()).join('\n')
}
