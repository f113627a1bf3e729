/**
 * The table of contents: all lemmas, file by file, in the order of the Coq development, which is that of the ledger. The
 * modules declare them in the order of their derivations instead, each after the ones that it is derived from.
 */
import type { Types } from '../../../spec/blockchain/types.js'
import { lemmaOf } from '../../proof/lemma.js'
import type { Lemma } from '../../proof/lemma.js'
import * as chains from './chains.js'
import * as consensus from './clique/consensus.js'
import * as delivery from './clique/delivery.js'
import * as initial from './clique/initial.js'
import * as domFacts from './domFacts.js'
import * as best from './forests/best.js'
import * as blocks from './forests/blocks.js'
import * as canonical from './forests/canonical.js'
import * as chainGrowth from './forests/chainGrowth.js'
import * as commuting from './forests/commuting.js'
import * as computeChain from './forests/computeChain.js'
import * as holding from './forests/holding.js'
import * as continuing from './forests/continuing.js'
import * as extending from './forests/extending.js'
import * as folding from './forests/folding.js'
import * as forkChoice from './forests/forkChoice.js'
import * as goodChains from './forests/goodChains.js'
import * as improving from './forests/improving.js'
import * as maximum from './forests/maximum.js'
import * as maximumOfLists from './forests/maximumOfLists.js'
import * as minting from './forests/minting.js'
import * as unfolding from './forests/unfolding.js'
import * as within from './forests/within.js'
import * as invMisc from './invMisc.js'
import * as library from './library.js'
import * as lists from './lists.js'
import * as network from './network.js'
import * as parameters from './parameters.js'
import * as proofOfWork from './proofOfWork.js'
import * as localSteps from './protocol/localSteps.js'
import * as messages from './protocol/messages.js'
import * as nodes from './protocol/nodes.js'
import * as seqFacts from './seqFacts.js'
import * as states from './states.js'
import * as types from './types.js'
import * as typesImpl from './typesImpl.js'
import type { ListTheory, Theory } from './theory.js'

/** A lemma of every theory of lists. */
type OfLists = <A>(theory: ListTheory<A>) => unknown

/** A lemma of every theory of a blockchain. */
type OfBlockchains = <T extends Types>(theory: Theory<T>) => unknown

/** The lemmas that a table of contents names, in its order. */
const contents = <L>(modules: Readonly<Record<string, L>>, table: string): ReadonlyArray<L> =>
  table
    .trim()
    .split(/\s+/)
    .map((name) => {
      const lemma = modules[name]
      if (lemma === undefined) throw new RangeError(`there is no lemma ${name}: the table of contents names it`)
      return lemma
    })

/** mathcomp. */
const LISTS = contents<OfLists>(
  lists,
  `
  in_nil mem_rcons in_rcons subset_in subset_refl subset_trans cats0 catA cats1
  `
)

/** The same about hashes, chains and packets, and facts about sequences: those of them that something is derived from. */
const OF_HASHES = contents<OfLists>(lists, 'subset_in subset_refl subset_trans')
const OF_CHAINS = contents<OfLists>(lists, 'subset_in subset_refl subset_trans catA cats1')
const OF_PACKETS = contents<OfLists>(seqFacts, 'in_seq_neq rem_elem')

/** fcsl-pcm. */
const LIBRARY = contents<OfBlockchains>(
  library,
  `
  extend_nil extend_rcons extend_cons extend_cat finds_valid extend_fresh extend_known
  `
)

/** `Structures/Parameters.v`. */
const PARAMETERS = contents<OfBlockchains>(
  parameters,
  `
  txValid_nil VAF_init VAF_GB_first FCR_subchain FCR_ext FCR_rel FCR_nrefl FCR_trans geq_def
  `
)

/** `Structures/SeqFacts.v`. */
const SEQ_FACTS = contents<OfLists>(
  seqFacts,
  `
  rem_neq rem_neq_notin in_seq in_seq_neq in_seq_excl rem_elem mem_cat_right in_rem_msg
  `
)

const DOM_FACTS = contents<OfBlockchains>(
  domFacts,
  `
  dom_ord1 path_ord_sorted dom_ord2 dom_insert
  `
)

/** `Structures/Chains.v`. */
const CHAINS = contents<OfLists>(
  chains,
  `
  isp_mt sprefixP bc_pre_refl bc_pre_trans bc_spre_nrefl bc_spre_trans bc_spre_pre bc_pre_spre bc_pre_both
  bc_spre_both bc_prefix_mt bc_sprefix_mt bc_prefixb_mt prefixP prb_equiv fork_def fork_rel_def forkP
  bc_fork_neq bc_fork_nrefl bc_fork_sym prefixes_compare bc_fork_prefix bc_relP
  `
)

/** `Structures/Types.v`. */
const TYPES = contents<OfBlockchains>(
  types,
  `
  eq_blockP
  `
)

/** `Structures/Forests.v`. */
const FORESTS = contents<OfBlockchains>(
  {
    ...forkChoice,
    ...extending,
    ...holding,
    ...commuting,
    ...blocks,
    ...computeChain,
    ...chainGrowth,
    ...best,
    ...folding,
    ...improving,
    ...within,
    ...goodChains,
    ...unfolding,
    ...continuing,
    ...minting,
    ...maximum,
    ...maximumOfLists,
    ...canonical
  },
  `
  FCR_trans_eq FCR_trans_eq1 FCR_trans_eq2 FCR_dual Geq_trans FCR_excl geq_refl geq_antisym geq_total
  has_init_block_free validH_free validH_PtUn validH_undef btExtendV btExtend_comm_stronger btExtendV_comm
  btExtendV_fold1 btExtendV_fold btExtendV_fold_xs btExtend_dom_self btExtendV_fold_dom no_collision
  btExtendV_fold_dup btExtendH_stronger btExtendH btExtendH_fold_stronger btExtendH_fold btExtendIB_stronger
  btExtendIB btExtendIB_fold_stronger btExtendIB_fold in_ext_stronger in_ext btExtend_dom btExtend_dom_fold
  btExtend_find_stronger btExtend_find btExtend_find_fold_stronger btExtend_find_fold btExtend_fold_in_either
  btExtend_in_either btExtend_fold_in btExtend_idemp_stronger btExtend_idemp btExtend_preserve
  btExtend_withDup_noEffect btExtend_comm btExtend_fold1_comm_stronger btExtend_fold_comm_stronger
  btExtendV_valid_no_collisions btExtendV_no_collisions_valid btExtendV_fold_comm_prime_stronger
  btExtendV_fold_comm_prime btExtendV_fold_comm btExtendV_fold_prime_stronger btExtendV_fold_prime all_blocksP
  all_blocksP_prime hash_chain_last hash_chain_rcons hash_chain_behead hash_chain_behead_prime
  hash_chain_uniq_hash_nocycle btExtend_blocks compute_chain_no_block compute_chain_no_block_prime size_free
  compute_chain_equiv dom_rem1 dom_rem2 compute_chain_notin_hash_stronger compute_chain_notin_hash
  compute_chain_uniq_hash_stronger compute_chain_uniq_hash map_uniq compute_chain_uniq_stronger
  compute_chain_uniq block_in_chain_stronger block_in_chain last_in_chain_stronger last_in_chain
  btExtend_chain_prefix_ind_stronger btExtend_chain_prefix_ind excess_self btExtend_chain_prefix_stronger
  btExtend_chain_prefix compute_chain_gb_not_within_prime_stronger compute_chain_gb_not_within_prime
  single_onlyFirst compute_chain_gb_not_within_stronger compute_chain_gb_not_within good_suffix good_not_nil
  btExtend_compute_chain_stronger btExtend_compute_chain suffix_subchain btExtend_chain_grows_stronger
  btExtend_chain_grows init_chain chain_in_all genesis_stored all_chains_init btChain_in_bt blocks_of_chains
  btChain_mem2_stronger btChain_mem2 btChain_mem_stronger btChain_mem good_subchain good_init
  better_chains1_stronger better_chains1 tx_valid_init valid_chain_single valid_chain_init good_chain_genesis
  foldr_nil foldr_cons bc_fun_good good_chain_foldr good_chain_foldr_init good_foldr_init tx_valid_foldr_init
  better_chains_foldr_stronger better_chains_foldr btExtend_sameOrBetter_stronger btExtend_sameOrBetter
  btExtend_fold1_comm btExtend_fold_comm btExtend_fold_preserve btExtend_fold_sameOrBetter_stronger
  btExtend_fold_sameOrBetter btExtend_monotone_btChain_stronger btExtend_monotone_btChain
  btExtend_not_worse_stronger btExtend_not_worse btExtend_fold_not_worse_stronger btExtend_fold_not_worse
  btExtendV_within_stronger btExtendV_within btExtend_fold_within_stronger btExtend_fold_within btExtend_between
  btExtend_seq_same_bt_stronger btExtend_seq_same_bt btExtend_seq_same_stronger btExtend_seq_same
  btExtend_seq_sameOrBetter_stronger btExtend_seq_sameOrBetter btExtend_seq_sameOrBetter_fref_stronger
  btExtend_seq_sameOrBetter_fref btExtend_seq_sameOrBetter_fref_prime split_prefix bc_spre_gt foldl1
  foldr_better_nil foldr_better_cons foldr1 good_chain_btExtend_stronger good_chain_btExtend
  good_chain_btExtend_fold_stronger good_chain_btExtend_fold btExtend_compute_chain_fold_stronger
  btExtend_compute_chain_fold btChain_is_largest btChain_def btChain_good btChain_tx_valid mem_good_chains
  btChain_in_good_chains compute_chain_rcons_stronger compute_chain_rcons compute_chain_genesis
  compute_chain_noblock_stronger compute_chain_noblock has_finds compute_chain_prev_stronger compute_chain_prev
  compute_chain_last compute_chain_hash_chain_stronger compute_chain_hash_chain good_chain_nocycle_stronger
  good_chain_nocycle btExtend_mint_ext_stronger btExtend_mint_ext chain_from_last_stronger chain_from_last
  valid_chain_block_def valid_chain_from_cons valid_chain_last_ind valid_chain_last
  btExtend_mint_good_valid_stronger minted_chain btExtend_mint_good_valid btExtend_mint btExtend_good_chains
  btExtend_good_chains_fold_stronger btExtend_good_chains_fold good_chains_subset btExtend_new_block
  btExtend_get_block_stronger btExtend_get_block good_chain_rcons btExtend_good_split_stronger
  btExtend_good_split btChain_alt best_chain_in alt_better alt_not_better alt_geq foldr_better_mono
  best_element_in alt_assoc better_comm better_comm_prime foldl_nil foldl_rcons foldl_cons foldl_cat
  foldl_better_comm1 foldl_better_comm foldl_better_comm_cat foldl_foldr_better foldl_better_reduce
  foldl_better_extract lesser_elim complete_bt_extend_gt_prime known_not_better btExtend_with_new
  good_chains_subset_geq_stronger good_chains_subset_geq geq_genesis btExtend_within_helper btExtend_within
  btExtend_can_eq
  `
)

/** `Systems/Protocol.v`. */
const PROTOCOL = contents<OfBlockchains>(
  { ...nodes, ...messages, ...localSteps },
  `
  eq_msg_typeP eq_msgP eq_pktP peers_uniq_init procMsg_id_constant procInt_id_constant carried procMsg_tree
  procInt_tree procMsg_valid procInt_valid procMsg_validH procInt_validH procMsg_has_init_block
  procInt_has_init_block procMsg_peers_uniq procMsg_non_block_nc_blockTree procMsg_non_block_nc_btChain
  procMsg_known_block_nc_blockTree procMsg_known_block_nc_btChain procMsg_block_btExtend_bt
  procMsg_block_btExtend_btChain procInt_peers procInt_peers_uniq local_step_def id_constant bt_valid peers_uniq
  `
)

/** `Systems/States.v`. */
const STATES = contents<OfBlockchains>(
  states,
  `
  initStateValidDom valid_initState_prime dom_initState_prime
  `
)

/** `Systems/Network.v`. */
const NETWORK = contents<OfBlockchains>(
  network,
  `
  holds_Init_state Coh_init Coh_step step_nodes steps_nodes system_step_local_step holds_def
  no_change_still_holds no_change_has_held
  `
)

/** `Properties/InvMisc.v`. */
const INV_MISC = contents<OfBlockchains>(
  invMisc,
  `
  b_in_blocksFor
  `
)

/** `Properties/InvCliqueTopology.v`. */
const CLIQUE = contents<OfBlockchains>(
  { ...consensus, ...delivery, ...initial },
  `
  inv_canonical quiet_canonical tree_chain common_largest clique_eventual_consensus procMsg_nGetData_no_blocks
  genesis_in allGenesis_rcons btExtend_foldG foldl1_again btExtend_undef btExtend_fold_undef btChain_undef
  invalid_undef btChain_gt_valid blocksTo_cat blocksTo_cons rem_absent blocksFor_def deliver plain_genesis
  rem_non_block_stronger rem_non_block_prime rem_non_block block_of rem_block foldl_btExtend_last
  broadcast_reduce find_upd_same upd_nothing foldl_expand clique_inv_step
  start_coherent start_same genesis_tree genesis_tree_good agreed_inv clique_inv_init
  `
)

/** `Extraction/TypesImpl.v` and `Extraction/Impl.v`: about one choice of types and parameters, whatever the theory. */
const EXTRACTION = contents<(theory: object) => unknown>(
  { ...typesImpl, ...proofOfWork },
  `
  eq_NP irr_ltbN trans_ltbN total_ltbN ascii_eqP ascii_eqb_refl string_eqP ascii_eqb_N irr_ascii trans_ascii
  total_ascii embedding_list_ascii irr_string trans_string total_string irr_Hl trans_Hl total_Hl irr_Vl trans_Vl
  total_Vl irr_Tl trans_Tl total_Tl eq_blockP_impl eq_block_fields irr_bl trans_bl total_bl total_work_sum
  txValid_nil_pow VAF_init_pow VAF_GB_first_pow FCR_ext_pow FCR_nrefl_pow FCR_trans_pow FCR_rel_pow
  FCR_subchain_pow
  `
)

/** All lemmas of a theory, in the order of the Coq development. */
export const lemmasOf = <T extends Types>(theory: Theory<T>): ReadonlyArray<Lemma> => {
  const ofBlocks = (lemmas: ReadonlyArray<OfLists>) => lemmas.map((lemma) => lemma(theory.blocks))
  const ofAll = (...lemmas: ReadonlyArray<ReadonlyArray<OfBlockchains>>) => lemmas.flat().map((lemma) => lemma(theory))
  return [
    ...ofBlocks(LISTS),
    ...OF_HASHES.map((lemma) => lemma(theory.hashes)),
    ...OF_CHAINS.map((lemma) => lemma(theory.chains)),
    ...OF_PACKETS.map((lemma) => lemma(theory.packets)),
    ...ofAll(LIBRARY, PARAMETERS),
    ...ofBlocks(SEQ_FACTS),
    ...ofAll(DOM_FACTS),
    ...ofBlocks(CHAINS),
    ...ofAll(TYPES, FORESTS, PROTOCOL, STATES, NETWORK, INV_MISC, CLIQUE, EXTRACTION)
  ].flatMap((theorem) => lemmaOf(theorem) ?? [])
}
