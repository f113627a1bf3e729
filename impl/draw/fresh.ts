/**
 * What is new in a picture since another of the same: what a step has changed.
 */
import type { ForestBlock, StatePicture } from '../../invariants/systems/picture.js'

const blockKeys = (block: ForestBlock, from: string): ReadonlyArray<string> => {
  const key = blockKey(block, from)
  return [key, ...block.children.flatMap((child) => blockKeys(child, block.name))]
}

/** A block by what is seen of it, and by its predecessor. */
export const blockKey = ({ name, kind }: ForestBlock, from: string): string => `${from} ← ${name} ${kind}`

/** Each thing of a picture by its place, or by where it comes from, and by what is seen of it. */
const keysOf = (picture: StatePicture): ReadonlyArray<string> => {
  switch (picture._tag) {
    case 'Forest':
      return picture.trees.flatMap(({ root, orphaned = '' }) => blockKeys(root, orphaned))
    case 'Network':
      return [...picture.nodes.map(thingKey('node')), ...picture.packets.map((packet) => thingKey('packet')(packet, 0))]
    case 'Stack':
      return [
        ...picture.frames.map(thingKey('frame')),
        ...picture.accounts.flatMap(({ name, money, fields }) => [
          thingKey('money')([name, money], 0),
          ...fields.map((field) => thingKey(name)(field, 0))
        ])
      ]
    case 'Grid':
      return picture.rows.flatMap(({ at, cells }, row) => [
        thingKey('at')(at ?? null, row),
        ...cells.map((cell, column) => thingKey(`row ${String(row)}`)(cell, column))
      ])
  }
}

/** A thing of a kind by its place and its contents. */
export const thingKey =
  (kind: string) =>
  (thing: unknown, place: number): string =>
    `${kind} ${String(place)} ${JSON.stringify(thing)}`

/** Decides whether a thing of a picture is new since another one; where there is none, nothing is. */
export const freshSince = (before: StatePicture | undefined): ((key: string) => boolean) => {
  if (before === undefined) return () => false
  const known = new Set(keysOf(before))
  return (key) => !known.has(key)
}
