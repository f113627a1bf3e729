/**
 * What is explored: bounded Toychain networks (`docs/model.md`), and how large they are known to be.
 */

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

/** Sizes on which independent explorers agree (`docs/model.md`). Transitions do not count a step into the initial state. */
export const KNOWN: Readonly<Record<string, Size>> = {
  F201: { states: 111, transitions: 256 },
  F210: { states: 107, transitions: 234 },
  F220: { states: 93_705, transitions: 449_616 },
  F310: { states: 166_576, transitions: 900_162 },
  F211: { states: 1_755_779, transitions: 10_985_474 },
  B220: { states: 89, transitions: 178 },
  B320: { states: 793, transitions: 2_319 },
  B330: { states: 28_057, transitions: 119_055 },
  B250: { states: 93_593, transitions: 427_474 },
  B340: { states: 1_018_009, transitions: 5_635_599 },
  B430: { states: 575_041, transitions: 3_270_276 },
  B350: { states: 36_522_649, transitions: 248_742_159 }
}

/** Configurations on which a tool that keeps whole states takes the better part of an hour. */
export const isLarge = ({ name }: Configuration): boolean => (KNOWN[name]?.states ?? Infinity) > 5_000_000
