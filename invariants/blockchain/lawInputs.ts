/**
 * The inputs of a law in words, as a counterexample shows them.
 */
import { isIn } from '../../spec/prelude/seq.js'
import type { Instance } from '../../spec/blockchain/toychain.js'
import { eq_block } from '../../spec/blockchain/types.js'
import type { Block, Blockchain, Types } from '../../spec/blockchain/types.js'
import { canonical } from '../checker/data/canonical.js'

/** The inputs of a law as a counterexample shows them. */
export interface Shown<T extends Types> {
  readonly chains?: Readonly<Record<string, Blockchain<T>>>
  readonly transactions?: Readonly<Record<string, T['Transaction']>>
}

/** Inputs in words: `A = [G, a], B = [a], where a = {…}`. */
export const showInputs = <T extends Types>({ types, params }: Instance<T>, shown: Shown<T>): string => {
  const blockEq = eq_block(types)
  const inputs = Object.entries(shown.chains ?? {})
  const others = inputs
    .flatMap(([, bc]) => bc)
    .filter((b) => !blockEq.equals(b, params.GenesisBlock))
    .reduce<ReadonlyArray<Block<T>>>((seen, b) => (isIn(blockEq)(b, seen) ? seen : [...seen, b]), [])
  const letter = (i: number): string => (i < 26 ? String.fromCharCode(97 + i) : `b${i}`)
  const nameOf = (b: Block<T>): string => {
    const at = others.findIndex((c) => blockEq.equals(b, c))
    return at < 0 ? 'G' : letter(at)
  }
  const values = [
    ...inputs.map(([name, bc]) => `${name} = [${bc.map(nameOf).join(', ')}]`),
    ...Object.entries(shown.transactions ?? {}).map(([name, t]) => `${name} = ${canonical(t)}`)
  ]
  const legend = others.map((b, i) => `${letter(i)} = ${canonical(b)}`)
  if (values.length === 0) return 'no inputs'
  return [values.join(', '), ...(legend.length === 0 ? [] : [`where ${legend.join(', ')}`])].join(', ')
}
