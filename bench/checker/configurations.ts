/**
 * What is explored: bounded Toychain networks (`docs/model.md`), and how large they are known to be.
 */
import { toychain } from '../../invariants/blockchain/system.js'

/** A bounded network. */
export interface Configuration {
  /** `F` (full) or `B` (block-only), then nodes, mints, transactions: `F211`. */
  readonly name: string
  readonly nodes: number
  readonly mints: number
  readonly transactions: number
  readonly blockOnly: boolean
}

/** The configuration with a name. */
export const configurationOf = (name: string): Configuration => {
  const [, kind, nodes, mints, transactions] = /^([FB])([1-9])(\d)(\d)$/.exec(name) ?? []
  if (kind === undefined || (kind === 'B' && transactions !== '0'))
    throw new RangeError(
      `'${name}' names no configuration: expected F or B, then nodes, mints and transactions, as in F211; B has 0 transactions`
    )
  return {
    name,
    nodes: Number(nodes),
    mints: Number(mints),
    transactions: Number(transactions),
    blockOnly: kind === 'B'
  }
}

/** How many distinct states and transitions a configuration has. */
export interface Size {
  readonly states: number
  readonly transitions: number
}

/**
 * Sizes on which independent explorers agree (`docs/model.md`), from the presets of the catalogue. Transitions do not count a
 * step into the initial state.
 */
export const KNOWN: Readonly<Record<string, Size>> = Object.fromEntries(
  toychain.presets.flatMap(({ name, expect }) =>
    expect?.verdict === 'holds' ? [[name, { states: expect.states, transitions: expect.transitions }]] : []
  )
)

/** Configurations on which a tool that keeps whole states takes the better part of an hour. */
export const isLarge = ({ name }: Configuration): boolean => (KNOWN[name]?.states ?? Infinity) > 5_000_000
