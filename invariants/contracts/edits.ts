/**
 * Contracts with a line of their source changed: how mutants are made, named by what a reader of the Solidity would change.
 */
import type { Contract, Definition, Statement } from '../../spec/contracts/language.js'
import { functionLines } from '../../spec/contracts/solidity.js'

/** The first line of each statement, as the source has it. */
const startsOf = (f: Definition): ReadonlyMap<Statement, string> =>
  new Map(functionLines(f).flatMap(({ of, text }) => (of === null ? [] : [[of, text.trim()] as const])))

/**
 * The contract in which a statement of a function is others.
 * @param line the first line of the statement.
 * @throws RangeError where the function has not just one such line.
 */
export const edited = (
  contract: Contract,
  fn: string,
  line: string,
  by: (old: Statement) => ReadonlyArray<Statement>
): Contract => ({
  ...contract,
  functions: contract.functions.map((f) => {
    if (f.name !== fn) return f
    const found = [...startsOf(f)].flatMap(([statement, text]) => (text === line ? [statement] : []))
    const [target] = found
    if (target === undefined || found.length > 1)
      throw new RangeError(`${contract.name}.${fn} has ${String(found.length)} lines «${line}», expected one`)
    return { ...f, body: f.body.flatMap((s) => replaced(s, target, by)) }
  })
})

/** The contract without a statement. */
export const without = (contract: Contract, fn: string, line: string): Contract => edited(contract, fn, line, () => [])

const replaced = (
  s: Statement,
  target: Statement,
  by: (old: Statement) => ReadonlyArray<Statement>
): ReadonlyArray<Statement> => {
  if (s === target) return by(s)
  const inside = (of: ReadonlyArray<Statement>): ReadonlyArray<Statement> =>
    of.flatMap((one) => replaced(one, target, by))
  if (s._tag === 'Together') return [{ ...s, of: inside(s.of) }]
  if (s._tag === 'If') return [{ ...s, then: inside(s.then), otherwise: inside(s.otherwise) }]
  return [s]
}
