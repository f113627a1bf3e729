/**
 * Nodes that a text names, and what must be so of any.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'

const few = (nodes: number): string => `nodes from 0 to ${String(nodes - 1)}, with commas between them`

/** The nodes of a list, in its order: `0,1,0`. Left: what is wrong with it, in a clause. */
export const nodesIn = (what: string, list: string, nodes: number): Either<string, ReadonlyArray<Address>> => {
  const named = list.split(',')
  const found = named.flatMap((name) => netAddr(nodes).enum.filter((n) => String(n) === name))
  return found.length === named.length ? E.right(found) : E.left(`${what}: expected ${few(nodes)}, found '${list}'`)
}

/** Why a quorum cannot be made up of so many; undefined: it can. */
export const noQuorum = (all: number, quorum: number, who: string): string | undefined =>
  quorum > all
    ? `${String(all)} ${who} have no quorum of ${String(quorum)}: choose a smaller quorum, or more ${who}`
    : undefined

/** The nodes that are not honest, in the order of their addresses. Left: what is wrong with them, in a clause. */
export const liarsOf = ({
  nodes,
  byzantine
}: {
  readonly nodes: number
  /** `0,2`, or `none`. */
  readonly byzantine: string
}): Either<string, ReadonlyArray<Address>> => {
  const named = byzantine === 'none' ? [] : byzantine.split(',')
  const liars = netAddr(nodes).enum.filter((n) => named.includes(String(n)))
  return liars.length === named.length
    ? E.right(liars)
    : E.left(`byzantine: expected different ${few(nodes)}, or none, found '${byzantine}'`)
}
