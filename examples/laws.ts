/** A blockchain of one's own, and whether its parameters satisfy the eight laws. */
import * as fc from 'fast-check'
import { checkLaws } from '../invariants/index.js'
import type { LawReport } from '../invariants/index.js'
import { hashOf, longestChain, transactionOf } from '../spec/index.js'
import type { Instance, TypesImpl } from '../spec/index.js'

const lawful = longestChain()

/** The longer chain wins, and nothing breaks ties: two chains of one length are neither better nor equal. */
const undecided: Instance<TypesImpl> = {
  ...lawful,
  name: 'undecided',
  params: { ...lawful.params, FCR: (A, B) => A.length > B.length }
}

/** Few values, so that different blocks often agree in some of their parts. */
const transaction = fc.constantFrom('t1', 't2').map(transactionOf)
const arbitraries = {
  transaction,
  block: fc.record({
    prevBlockHash: fc.constantFrom('0x00', '0x01').map(hashOf),
    txs: fc.array(transaction, { maxLength: 1 }),
    proof: fc.nat(1)
  })
}

const line = ({ law, runs, met, counterexample }: LawReport): string =>
  counterexample._tag === 'Some'
    ? `  ${law} fails: ${counterexample.value.inputs}`
    : `  ${law} held ${runs} times, its premises met in ${met}`

for (const instance of [lawful, undecided]) {
  console.log(instance.name)
  for (const report of checkLaws(instance, arbitraries, { runs: 500, seed: 1 })) console.log(line(report))
}
