/**
 * A row of docs/lemmas.md: what the ledger says of a lemma.
 */
import { showAnySize } from '../../invariants/systems/ledger.js'
import type { AnyRow as Row } from '../../invariants/systems/ledger.js'
import { grouped } from '../../impl/cli/io.js'
import { namesOf } from '../../invariants/proof/explain.js'
import { codeInCell, inCell, tableRow } from './markdown.js'

const percent = ({ atRandom: { runs, met } }: Row): string => String(Math.floor((100 * met) / runs))

const rest = ({ restsOn: { stated, laws }, grade }: Row): string =>
  grade === 'derived'
    ? [stated.size === 0 ? '' : `${String(stated.size)} tested`, ...namesOf(laws).map(codeInCell)]
        .filter((part) => part !== '')
        .join(', ')
    : ''

const listed = ({ onAll }: Row): ReadonlyArray<string> =>
  onAll === undefined ? ['–', '–', '–'] : [showAnySize(onAll.size), grouped(onAll.inputs), grouped(onAll.met)]

const statement = ({ lemma }: Row): string =>
  [
    codeInCell(lemma.mathematics),
    inCell(lemma.says),
    ...(lemma.remark === undefined ? [] : [`_${inCell(lemma.remark)}_`])
  ].join('<br>')

/** A lemma in the table; with what it refutes in the last column. */
export const lemmaRow = (r: Row): string =>
  tableRow([
    codeInCell(r.lemma.name),
    statement(r),
    r.refuted === undefined ? r.grade : `**refuted** by ${codeInCell(r.refuted.inputs)}`,
    rest(r),
    grouped(r.atRandom.runs),
    percent(r),
    ...listed(r),
    r.refutes.map(({ mutant, inputs }) => `${mutant}: ${codeInCell(inputs)}`).join('<br>')
  ])
