/**
 * The eight axioms that the parameters of a blockchain must satisfy, as laws that are decided on concrete inputs.
 * Counterpart of the axioms of `Structures/Parameters.v`.
 *
 * Coq assumes them of its parameters and proves them of the proof-of-work instance. Here `checkLaws` tests them on an
 * instance: the consensus theorems speak about it only as far as it satisfies them. Chains are arbitrary lists of
 * blocks, as in Coq: neither good nor valid, possibly empty.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { FCR_geq } from '../../spec/blockchain/parameters.js'
import type { Instance } from '../../spec/blockchain/toychain.js'
import type { Block, Blockchain, Types } from '../../spec/blockchain/types.js'
import { showInputs } from './lawInputs.js'
import type { Shown } from './lawInputs.js'
import { relatedChains } from './arbitraries.js'
import type { Arbitraries } from './arbitraries.js'

/** What each law quantifies over. */
export interface LawInputs<T extends Types> {
  readonly txValid_nil: { readonly t: T['Transaction'] }
  readonly VAF_init: null
  readonly VAF_GB_first: { readonly bc: Blockchain<T> }
  readonly FCR_subchain: { readonly p: Blockchain<T>; readonly bc1: Blockchain<T>; readonly q: Blockchain<T> }
  readonly FCR_ext: { readonly bc: Blockchain<T>; readonly b: Block<T>; readonly ext: Blockchain<T> }
  readonly FCR_rel: { readonly A: Blockchain<T>; readonly B: Blockchain<T> }
  readonly FCR_nrefl: { readonly bc: Blockchain<T> }
  readonly FCR_trans: { readonly A: Blockchain<T>; readonly B: Blockchain<T>; readonly C: Blockchain<T> }
}

/** The names of the axioms. */
export type LawName = keyof LawInputs<Types>

/** What a law says of concrete inputs: whether its premises are met, and whether it holds (it does if they are not). */
export interface Decision {
  readonly met: boolean
  readonly holds: boolean
}

/** A law of the parameters. */
export interface Law<Name extends LawName> {
  readonly name: Name
  /** The law in mathematics; `A ⊐ B` is `FCR A B`, `A ⊒ B` is `A = B or A ⊐ B`, `G` is the genesis block. */
  readonly statement: string
  /** The law in a sentence. */
  readonly says: string
  /** Decides the law for an instance and concrete inputs. */
  readonly decide: <T extends Types>(instance: Instance<T>, inputs: LawInputs<T>[Name]) => Decision
  /** Inputs at random that meet the premises often. */
  readonly inputs: <T extends Types>(
    instance: Instance<T>,
    arbitraries: Arbitraries<T>
  ) => fc.Arbitrary<LawInputs<T>[Name]>
  readonly show: <T extends Types>(inputs: LawInputs<T>[Name]) => Shown<T>
}

const always = (holds: boolean): Decision => ({ met: true, holds })
const implies = (met: boolean, conclusion: boolean): Decision => ({ met, holds: !met || conclusion })

/** What a function returns, `otherwise` where it throws. */
const attempt = <A>(f: () => A, otherwise: A): A => E.getOrElse(() => otherwise)(E.tryCatch(f, String))

const chains = <T extends Types>({ params }: Instance<T>, { block }: Arbitraries<T>, count: number) =>
  relatedChains(params.GenesisBlock, block, count)

/**
 * Every transaction is valid after the empty chain.
 * @coq Structures/Parameters.v txValid_nil
 */
export const txValid_nil: Law<'txValid_nil'> = {
  name: 'txValid_nil',
  statement: 'txValid(t, [])',
  says: 'every transaction is valid after the empty chain',
  decide: ({ params }, { t }) => always(params.txValid(t, [])),
  inputs: (_, { transaction }) => transaction.map((t) => ({ t })),
  show: ({ t }) => ({ transactions: { t } })
}

/**
 * Genesis is acceptable after the empty chain.
 * @coq Structures/Parameters.v VAF_init
 */
export const VAF_init: Law<'VAF_init'> = {
  name: 'VAF_init',
  statement: 'VAF(G, [], txs G)',
  says: 'the genesis block is acceptable as the first block',
  decide: ({ params: { GenesisBlock: G, VAF } }) => always(VAF(G, [], G.txs)),
  inputs: () => fc.constant(null),
  show: () => ({})
}

/**
 * Genesis is acceptable after no other chain.
 * @coq Structures/Parameters.v VAF_GB_first
 */
export const VAF_GB_first: Law<'VAF_GB_first'> = {
  name: 'VAF_GB_first',
  statement: 'VAF(G, bc, txs G) ⇒ bc = []',
  says: 'the genesis block is acceptable nowhere but as the first block',
  decide: ({ params: { GenesisBlock: G, VAF } }, { bc }) => implies(VAF(G, bc, G.txs), bc.length === 0),
  inputs: (instance, arbitraries) => chains(instance, arbitraries, 1).map(([bc = []]) => ({ bc })),
  show: ({ bc }) => ({ chains: { bc } })
}

/**
 * No chain is worse than a contiguous part of it.
 * @coq Structures/Parameters.v FCR_subchain
 */
export const FCR_subchain: Law<'FCR_subchain'> = {
  name: 'FCR_subchain',
  statement: 'bc2 = p ++ bc1 ++ q ⇒ bc2 ⊒ bc1',
  says: 'a chain is at least as good as each contiguous part of it',
  decide: ({ types, params }, { p, bc1, q }) => always(FCR_geq(types, params)([...p, ...bc1, ...q], bc1)),
  inputs: (instance, arbitraries) =>
    chains(instance, arbitraries, 3).map(([p = [], bc1 = [], q = []]) => ({ p, bc1, q })),
  show: (inputs) => ({ chains: { ...inputs } })
}

/**
 * A longer chain that starts with a shorter one is strictly better. It follows from `FCR_subchain`, as the shorter is a
 * part of the longer and not equal to it; Coq has both.
 * @coq Structures/Parameters.v FCR_ext
 */
export const FCR_ext: Law<'FCR_ext'> = {
  name: 'FCR_ext',
  statement: 'bc ++ (b :: ext) ⊐ bc',
  says: 'a chain that is extended by at least one block becomes strictly better',
  decide: ({ params }, { bc, b, ext }) => always(params.FCR([...bc, b, ...ext], bc)),
  inputs: (instance, arbitraries) =>
    chains(instance, arbitraries, 2).map(([bc = [], more = []]) => {
      const [b = instance.params.GenesisBlock, ...ext] = more
      return { bc, b, ext }
    }),
  show: ({ bc, b, ext }) => ({ chains: { bc, 'b :: ext': [b, ...ext] } })
}

/**
 * Of two different chains one is strictly better.
 * @coq Structures/Parameters.v FCR_rel
 */
export const FCR_rel: Law<'FCR_rel'> = {
  name: 'FCR_rel',
  statement: 'A = B or A ⊐ B or B ⊐ A',
  says: 'of two different chains one is strictly better than the other',
  decide: ({ types, params }, { A, B }) => always(FCR_geq(types, params)(A, B) || params.FCR(B, A)),
  inputs: (instance, arbitraries) => chains(instance, arbitraries, 2).map(([A = [], B = []]) => ({ A, B })),
  show: (inputs) => ({ chains: { ...inputs } })
}

/**
 * No chain is strictly better than itself.
 * @coq Structures/Parameters.v FCR_nrefl
 */
export const FCR_nrefl: Law<'FCR_nrefl'> = {
  name: 'FCR_nrefl',
  statement: 'not bc ⊐ bc',
  says: 'no chain is strictly better than itself',
  decide: ({ params }, { bc }) => always(!params.FCR(bc, bc)),
  inputs: (instance, arbitraries) => chains(instance, arbitraries, 1).map(([bc = []]) => ({ bc })),
  show: ({ bc }) => ({ chains: { bc } })
}

/**
 * Strictly better is transitive. The inputs are three chains put, where possible, in an order that meets the premises.
 * @coq Structures/Parameters.v FCR_trans
 */
export const FCR_trans: Law<'FCR_trans'> = {
  name: 'FCR_trans',
  statement: 'A ⊐ B and B ⊐ C ⇒ A ⊐ C',
  says: 'a chain that is better than a better one is better',
  decide: ({ params: { FCR } }, { A, B, C }) => implies(FCR(A, B) && FCR(B, C), FCR(A, C)),
  inputs: (instance, arbitraries) =>
    chains(instance, arbitraries, 3).map(([x = [], y = [], z = []]) => {
      const orders = [
        { A: x, B: y, C: z },
        { A: x, B: z, C: y },
        { A: y, B: x, C: z },
        { A: y, B: z, C: x },
        { A: z, B: x, C: y },
        { A: z, B: y, C: x }
      ] as const
      return orders.find((order) => attempt(() => FCR_trans.decide(instance, order).met, false)) ?? orders[0]
    }),
  show: (inputs) => ({ chains: { ...inputs } })
}

/** How a law is checked. */
export interface LawOptions {
  /** How many inputs are tried. Default: 1000. */
  readonly runs?: number
  /** What the inputs are derived from: the same seed gives the same inputs. Default: 1. */
  readonly seed?: number
}

/** Inputs for which a law does not hold. */
export interface LawCounterexample {
  /** The inputs, made as small as possible, in words: blocks by letters, G for genesis, and what the letters stand for. */
  readonly inputs: string
  /** With the seed, what leads `checkLaw` straight to these inputs. */
  readonly path: string
}

/** What checking a law came to. */
export interface LawReport {
  readonly law: LawName
  readonly statement: string
  readonly says: string
  /** How many inputs were tried, up to the first failure. */
  readonly runs: number
  /** How many of them met the premises of the law. */
  readonly met: number
  readonly seed: number
  /** None: the law held for all inputs that were tried. */
  readonly counterexample: Option<LawCounterexample>
}

/**
 * Checks one law of an instance. With the seed and path of a report it repeats the counterexample.
 *
 * A parameter that throws refutes the law: parameters are total.
 */
export const checkLaw = <T extends Types, Name extends LawName>(
  law: Law<Name>,
  instance: Instance<T>,
  arbitraries: Arbitraries<T>,
  { runs = 1000, seed = 1, path }: LawOptions & { readonly path?: string } = {}
): LawReport => {
  let met = 0
  let failed = false
  const decide = (inputs: LawInputs<T>[Name]) => E.tryCatch(() => law.decide(instance, inputs), String)
  const details = fc.check(
    fc.property(law.inputs(instance, arbitraries), (inputs) => {
      const decision = decide(inputs)
      // What is tried after a failure only serves to make it smaller, and does not count.
      if (!failed && E.exists((d: Decision) => d.met)(decision)) met += 1
      const holds = E.exists((d: Decision) => d.holds)(decision)
      failed ||= !holds
      return holds
    }),
    // A law without inputs is decided once.
    { numRuns: law.name === 'VAF_init' ? 1 : runs, seed, ...(path === undefined ? {} : { path }) }
  )
  const { name, statement, says } = law
  const counterexample = pipe(
    O.fromNullable(details.counterexample),
    O.map(([inputs]) => ({
      inputs: [
        showInputs(instance, law.show<T>(inputs)),
        ...E.match(
          (error: string) => [`throws ${error}`],
          () => []
        )(decide(inputs))
      ].join('; '),
      path: details.counterexamplePath ?? ''
    }))
  )
  return { law: name, statement, says, runs: details.numRuns, met, seed, counterexample }
}

/**
 * Checks the eight laws of an instance, in the order of `Parameters.v`, on inputs made of its own blocks and
 * transactions. An instance that passes may still break a law on inputs that were not tried.
 */
export const checkLaws = <T extends Types>(
  instance: Instance<T>,
  arbitraries: Arbitraries<T>,
  options: LawOptions = {}
): ReadonlyArray<LawReport> => [
  checkLaw(txValid_nil, instance, arbitraries, options),
  checkLaw(VAF_init, instance, arbitraries, options),
  checkLaw(VAF_GB_first, instance, arbitraries, options),
  checkLaw(FCR_subchain, instance, arbitraries, options),
  checkLaw(FCR_ext, instance, arbitraries, options),
  checkLaw(FCR_rel, instance, arbitraries, options),
  checkLaw(FCR_nrefl, instance, arbitraries, options),
  checkLaw(FCR_trans, instance, arbitraries, options)
]
