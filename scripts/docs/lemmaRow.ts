/**
 * A row of docs/lemmas.md: what the ledger says of a lemma.
 */
import { showAnySize } from '../../invariants/systems/ledger.js'
import type { AnyRow as Row } from '../../invariants/systems/ledger.js'
import { grouped } from '../../impl/cli/io.js'
import { FEW } from '../../invariants/proof/run.js'
import { plural } from '../../invariants/words.js'
import { namesOf } from '../../invariants/proof/explain.js'
import { codeInCell, inCell, tableRow } from './markdown.js'

const percent = ({ atRandom: { runs, met } }: Row): string => String(Math.floor((100 * met) / runs))

/** How a lemma is known, and what should be said with it. */
const grade = ({ grade: how, inputs, lemma: { isDefinition } }: Row): string =>
  [
    how,
    ...(isDefinition === true ? ['a definition'] : []),
    ...(inputs <= FEW ? [`on ${plural(inputs, 'input')}`] : [])
  ].join('<br>')

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
    r.refuted === undefined ? grade(r) : `**refuted** by ${codeInCell(r.refuted.inputs)}`,
    rest(r),
    grouped(r.atRandom.runs),
    percent(r),
    ...listed(r),
    r.refutes.map(({ mutant, inputs }) => `${mutant}: ${codeInCell(inputs)}`).join('<br>')
  ])
