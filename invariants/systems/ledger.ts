/**
 * The ledger of all systems: the lemmas of the Coq development, and those about quorums.
 */
import { isOfQuorums, lemmasOfQuorums, needOfQuorums, rowOfQuorums } from '../byzantine/lemmas/ledger.js'
import type { NodesSize } from '../byzantine/lemmas/ledger.js'
import { showSize } from '../blockchain/lemmas/grounds.js'
import type { Size } from '../blockchain/lemmas/grounds.js'
import { allLemmas, ledger, needAt, usual } from '../blockchain/lemmas/ledger.js'
import type { LedgerOptions, Need, Row } from '../blockchain/lemmas/ledger.js'
import type { Lemma } from '../proof/lemma.js'

/** How far the inputs of a lemma are listed: blocks and lists, or nodes and generals. */
export type AnySize = Size | NodesSize

/** A row of the ledger, whatever the lemma is about. */
export type AnyRow = Row<AnySize>

/** How a size is written in a table. */
export const showAnySize = (size: AnySize): string => ('nodes' in size ? `${String(size.nodes)} nodes` : showSize(size))

/** A size in words: over one hash besides that of genesis at size 0 and 1, over n at size n. */
export const sizeInWords = (size: AnySize): string =>
  'nodes' in size
    ? `all sets of ${String(size.nodes)} nodes, all executions of ${String(size.generals)} generals`
    : `trees of ${String(Math.max(1, size.universe) + 1)} blocks, lists of ${String(size.lists)}`

/** Whether a lemma is about something else than the Coq development is. */
export const isElsewhere = ({ lemma }: Pick<AnyRow, 'lemma'>): boolean => isOfQuorums(lemma)

/** Whether that is a fact, on which lemmas rest, and no lemma itself. */
export const isFact = ({ lemma }: Pick<AnyRow, 'lemma'>): boolean => lemma.kind === 'fact'

/** All lemmas, in the order of the ledger. */
export const lemmasOfAll = (): ReadonlyArray<Lemma> => [...allLemmas(), ...lemmasOfQuorums]

/** Fills the ledger, row by row; whoever asks for the next one may do something else in between. */
export function* ledgerOfAll(options: LedgerOptions = {}): Generator<AnyRow> {
  const { name, runs = usual.runs, universes = usual.universes, seed = usual.seed } = options
  yield* ledger(options)
  for (const lemma of lemmasOfQuorums)
    if (name === undefined || lemma.name === name) yield rowOfQuorums(lemma, runs * universes, seed)
}

/** Whether a lemma needs its premise at a place. */
export const needOfAny = (lemma: Lemma, place: number): Need =>
  isOfQuorums(lemma) ? needOfQuorums(lemma, place) : needAt(lemma, place)
