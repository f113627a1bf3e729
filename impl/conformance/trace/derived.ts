/**
 * What a trace says of a world after each step (`VECTORS.md` section 5), put together from functions of the spec: the
 * chains of the nodes, the trees they will have once all that is in flight has arrived, the clauses of the clique
 * invariant.
 */
import { dom, entries, undef, valid } from '../../../spec/prelude/unionMap.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { Toychain } from '../../../spec/blockchain/toychain.js'
import type { BlockTree } from '../../../spec/blockchain/types.js'
import type { Address } from '../../../spec/system/address.js'
import type { Writing } from '../written.js'
import type { TraceCase } from './codec.js'

type Derived = { readonly [Field in keyof TraceCase['init_derived']]: unknown }

const keys = (bt: BlockTree<TypesImpl>): ReadonlyArray<string> | null => (valid(bt) ? dom(bt) : null)

/** The derived notions of a world, as a case writes them. `first` is any node of it. */
export const derive = (
  { clique, forest, misc }: Toychain<TypesImpl>,
  written: Writing,
  w: World<TypesImpl>,
  first: Address
): Derived => {
  const nodes = entries(w.localState).map(([n, st]) => ({
    n,
    chain: forest.btChain(st.blockTree),
    canon: clique.canonicalTree(n, st, w)
  }))
  const chains = nodes.map(({ chain }) => chain)
  const trees = nodes.map(({ canon }) => canon)

  // Clause 5 tells whether the first tree is the common one; if so, clause 1 asks for a node that holds its chain.
  const [bt = undef] = trees
  const bc = forest.btChain(bt)
  const holder = nodes.find(({ chain }) => forest.chainEq.equals(chain, bc))?.n ?? first
  const [c1, c2, c3, c4, c5] = clique.clauses(w, { bc, bt, n: holder })

  return {
    largest: chains.filter((chain) => chains.every((other) => forest.geq(chain, other))).map(written.chain)[0] ?? null,
    agree: chains.every((chain) => chains.every((other) => forest.chainEq.equals(chain, other))),
    blocksFor: nodes.map(({ n }) => written.chain(misc.blocksFor(n, w))),
    canon: c5 ? keys(bt) : trees.map(keys),
    canonChain: c5 ? written.chain(bc) : null,
    clauses: c5 ? [c1, c2, c3, c4, c5] : [null, null, null, c4, c5],
    inv: clique.clique_inv(w)
  }
}
