/** Inputs of lemmas as text: short enough to be read in a line, with blocks by their hashes. */
import type { Lemma } from '../../proof/lemma.js'

/** How a block is shown: its hash, that of its predecessor, and whatever tells it from others. */
export type ShowBlock = (proof: unknown, prev: unknown, txs: ReadonlyArray<unknown>) => string

/** The value of a field; undefined where there is none. */
const field = (x: object, name: string): unknown => Object.getOwnPropertyDescriptor(x, name)?.value

const listOf = (x: unknown): ReadonlyArray<unknown> => (Array.isArray(x) ? x : [])

/** Shows values of any kind. */
export const showTerm =
  (block: ShowBlock) =>
  (x: unknown): string => {
    const show = showTerm(block)
    if (Array.isArray(x)) return `[${listOf(x).map(show).join(', ')}]`
    if (typeof x !== 'object' || x === null) return String(x)
    const tag = field(x, '_tag')
    if (tag === 'Undef') return '⊥'
    if (tag === 'Def')
      return `{${listOf(field(x, 'entries'))
        .map((entry) => {
          const [key, value] = listOf(entry)
          return `${show(key)}: ${show(value)}`
        })
        .join(', ')}}`
    if ('prevBlockHash' in x && 'proof' in x) return block(x.proof, x.prevBlockHash, listOf(field(x, 'txs')))
    const fields = Object.entries(x).filter(([name]) => name !== '_tag')
    if (typeof tag === 'string')
      return `${tag}${fields.length === 0 ? '' : `(${fields.map(([, v]) => show(v)).join(', ')})`}`
    return `{${fields.map(([name, v]) => `${name}: ${show(v)}`).join(', ')}}`
  }

/** Inputs of a lemma: `bt = {0: 0←0}, b = 1←0`. */
export const showInputs = (
  show: (x: unknown) => string,
  { theorem: { about } }: Lemma,
  terms: ReadonlyArray<unknown>
): string => terms.map((x, i) => `${about.variables[i] ?? '_'} = ${show(x)}`).join(', ')

const txsOf = (txs: ReadonlyArray<unknown>): string => (txs.length === 0 ? '' : `{${txs.map(String).join(',')}}`)

/**
 * A block of a tiny blockchain: `3←1` has the hash 3 and the predecessor with the hash 1; `3←1!` is not acceptable anywhere,
 * `3←1'` is, and has the same hash, `3←1{0}` has the transaction 0.
 */
export const showTiny = showTerm((proof, prev, txs) => {
  const [hash, quality] = typeof proof === 'number' ? [proof % 8, Math.floor(proof / 8)] : ['?', 0]
  const marks = quality % 2 === 1 ? '!'.repeat((quality + 1) / 2) : "'".repeat(quality / 2)
  return `${String(hash)}←${String(prev)}${marks}${txsOf(txs)}`
})

/** A numbered block: `2@1←1@0←g` is the second one, minted by node 1 on top of the first. */
export const showNumbered = showTerm((proof, prev, txs) => {
  const stamp = typeof proof === 'object' && proof !== null && 'k' in proof && 'minter' in proof ? proof : undefined
  if (stamp?.minter === 'genesis' && stamp.k === 0 && prev === '') return 'g'
  return `${String(stamp?.k)}@${String(stamp?.minter)}${txsOf(txs)}←${String(prev).replaceAll('<', '←')}`
})
