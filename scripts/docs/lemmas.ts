/**
 * Makes docs/lemmas.md: the ledger of the lemmas.
 *
 *     npx tsx scripts/docs/lemmas.ts            writes it; takes about a minute
 *     npx tsx scripts/docs/lemmas.ts --check    changes nothing, and fails where the page is missing or stale
 */
import { breathe } from '../../invariants/checker/model/result.js'
import { write } from '../../invariants/proof/kernel.js'
import { FEW } from '../../invariants/proof/run.js'
import { grounds, settingWithin, showSize, sizes } from '../../invariants/blockchain/lemmas/grounds.js'
import { INDUCTIVE, inductions, showWorlds } from '../../invariants/blockchain/lemmas/induction.js'
import type { Induction } from '../../invariants/blockchain/lemmas/induction.js'
import { count, isOfCoq } from '../../invariants/blockchain/lemmas/ledger.js'
import { isElsewhere, isFact, ledgerOfAll } from '../../invariants/systems/ledger.js'
import type { AnyRow as Row } from '../../invariants/systems/ledger.js'
import { wrongDefinitions as mutants } from '../../invariants/blockchain/mutants.js'
import { tiny } from '../../invariants/blockchain/lemmas/tiny.js'
import { entries } from '../../spec/prelude/unionMap.js'
import { grouped } from '../../impl/cli/io.js'
import { withCode } from './inclusions.js'
import { lemmaRow } from './lemmaRow.js'
import { inCell, tableRow } from './markdown.js'
import { makePage } from './page.js'
import type { Made } from './page.js'
import { coqIndex, read } from './pages.js'

/** The page. */
export const LEMMAS = 'docs/lemmas.md'

const HEAD = [
  tableRow(['lemma', 'statement', 'grade', 'rests on', 'runs', 'met %', 'all up to', 'of them', 'met', 'refutes']),
  tableRow(['---', '---', '---', '---', '---:', '---:', '---', '---:', '---:', '---'])
]

/** What is said of the lemmas of the extraction. */
const ABOUT_ONE =
  'About one choice of types and parameters, on values of its own: they are the same at every size, and are run for each blockchain.'

const countRow = (title: string, rows: ReadonlyArray<Row>): string => {
  const { lemmas, derived, exhaustive, random, assumed, derivedOrExhaustive, trivial } = count(rows)
  return tableRow([
    title,
    ...[lemmas, derived, exhaustive, random, derivedOrExhaustive, trivial, assumed].map((n) => String(n))
  ])
}

/** The lemmas of the Coq development by file and name: one for each statement of the index. */
const statements = (): ReadonlyArray<string> =>
  coqIndex().entries.flatMap(({ kind, file, name }) => (kind === 'Lemma' ? [`${file} ${name}`] : []))

const intro = (rows: ReadonlyArray<Row>): ReadonlyArray<string> => {
  const stated = statements()
  const twice = stated.filter((one, i) => stated.indexOf(one) !== i).map((one) => one.replace(/^.* /, ''))
  const { lemmas, derived, exhaustive, random, derivedOrExhaustive } = count(rows)
  return [
    '<!-- Made by scripts/docs/lemmas.ts: edit that file, not this page. -->',
    '# The ledger of lemmas',
    '',
    `Every lemma of the Coq development has a row here, those of its extraction too: ${String(lemmas)} for its ${String(stated.length)} statements, since it states \`${twice.join('`, `')}\` twice. ${String(derived)} are derived from others, ${String(exhaustive)} more are tested on all inputs up to a size, and ${String(random)} on random ones only; ${String(derivedOrExhaustive)} are derived, or tested on all inputs up to a size, or both. The eight axioms of its parameters are assumed, as laws.`,
    '',
    'The three grades are kept apart, and are read off the [kernel of the typed proofs](proofs.md), not written down by anybody:',
    '',
    '- *derived*: the lemma follows from others by a derivation that is data, and that [two checkers](proofs.md#two-checkers) accept. What it *rests on* in the end is tested or a law.',
    '- *tested*: decided on inputs. Coq proves it; nothing here does.',
    '- *assumed*: a law of the parameters. It is tested as well, for the blockchains below and, in [`laws.ts`](../invariants/blockchain/laws.ts), for every instance.',
    '',
    'All rows are run, the derived ones too. `npx tsx scripts/docs/lemmas.ts` makes this page; `blockforest lemmas` prints the table, and `blockforest lemmas NAME` all that is known of one lemma: which premises it needs, with the inputs that show it, and its derivation.',
    '',
    '| column | says |',
    '| --- | --- |',
    '| rests on | how many tested statements the derivation comes down to, and which laws |',
    '| runs, met % | random inputs, and how many in a hundred met the premises |',
    '| all up to | all inputs up to a [size](#the-blockchains), that of the universe of blocks and that of lists, were decided |',
    `| grade | besides: whether it is a definition; and whether it, or an implication in its conclusion, stands on ${String(FEW)} distinct inputs or fewer |`,
    '| of them, met | how many inputs these are, and how many met the premises |',
    '| refutes | [mutants](#mutants) that refute it, with the smallest inputs that do |',
    '',
    "Notation: `t⊕b` is `btExtend(t, b)`, `t⊕*l` the same for each block of a list in turn, `t ∖ h` the tree without the key `h`, `⊎` the disjoint union; `V`, `H`, `I`: the tree is defined, its keys are hashes, it has genesis `G`; `#b` is the hash of `b`, `chain` is `compute_chain`, `best` is `btChain`, `A ⊐ B` is `FCR`, `A ⊒ B` that or equality, `alt` is `take_better_alt`. In inputs, `3←1` is a block with the hash 3 and the predecessor 1; `!` marks one that is acceptable nowhere, `'` another one with the same hash.",
    '',
    '| Coq file | lemmas | derived | tested in full | tested at random | derived or in full | trivial | laws |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |'
  ]
}

const blockchains = (): ReadonlyArray<string> => [
  '## The blockchains',
  '',
  'Random inputs come from three blockchains, from four universes of about eight blocks each, with forks, orphans, invalid blocks and, in the first two, collisions and cycles of predecessors. All inputs up to a size come from the first two.',
  '',
  '| blockchain | is |',
  '| --- | --- |',
  ...grounds.map(({ name, says }) => tableRow([name, inCell(says)])),
  '',
  'What is listed depends on the size of a universe of blocks and on the longest list. The universe of size n has blocks with the hashes 1 to n, each with every predecessor among these, genesis and a missing one, acceptable or not; genesis; and a block that collides with it. The universe of size 0 has two blocks with the hash 1, of which one is its own predecessor, genesis, and a block that collides with it. A tree holds, under each hash, none or any one of the blocks with that hash: with gaps, orphans, cycles and invalid blocks. To these come the undefined tree, and trees whose keys are not the hashes of their blocks. A lemma is decided up to the last of these sizes at which it has at most 10 000 inputs.',
  '',
  '| size | blocks | trees | blocks in a tree, at most | elements of a list, at most |',
  '| --- | ---: | ---: | ---: | ---: |',
  ...sizes.map((size) => {
    const { universe, sorts } = settingWithin(tiny('work'), size)
    const most = Math.max(...[...sorts.tree.all()].map((bt) => entries(bt).length))
    return tableRow([
      showSize(size),
      String(universe.blocks.length),
      grouped(sorts.tree.size),
      String(most),
      String(size.lists)
    ])
  }),
  ''
]

const section = (title: string, says: string, rows: ReadonlyArray<Row>): ReadonlyArray<string> => [
  `## ${title}`,
  '',
  ...(says === '' ? [] : [says, '']),
  ...HEAD,
  ...rows.map(lemmaRow),
  ''
]

/** All rows that the page has. */
export const filled = async (): Promise<ReadonlyArray<Row>> => {
  const rows: Row[] = []
  for (const r of ledgerOfAll({ mutants: true })) {
    rows.push(r)
    await breathe()
  }
  return rows
}

/** The page, and what keeps it from being made. */
export const lemmasPage = (rows: ReadonlyArray<Row>, inductive: ReadonlyArray<Induction>): Made => {
  const ofCoq = rows.filter(isOfCoq)
  const files = [...new Set(ofCoq.map(({ lemma }) => lemma.source))]
  const in_ = (file: string): ReadonlyArray<Row> => ofCoq.filter(({ lemma }) => lemma.source === file)
  const stronger = rows.filter(({ lemma }) => lemma.kind === 'stronger')
  const beyond = rows.filter(({ lemma }) => lemma.kind === 'beyond')
  const facts = rows.filter((row) => isFact(row) && !isElsewhere(row))
  const quorums = rows.filter(isElsewhere)
  const source = [
    ...intro(ofCoq),
    ...files.map((file) => countRow(`\`${file}\``, in_(file))),
    countRow('all', ofCoq),
    '',
    ...blockchains(),
    '## Mutants',
    '',
    'Definitions and parameters that are wrong on purpose. Where a lemma is refuted with one of them in the place of the right one, the row shows the smallest inputs that do it. A lemma without a mutant is not idle: it may need larger inputs, or speak of something that none of these changes.',
    '',
    '| mutant | is | refuted by |',
    '| --- | --- | ---: |',
    ...mutants.map(({ name, says }) =>
      tableRow([
        name,
        inCell(says),
        String(rows.filter(({ refutes }) => refutes.some((f) => f.mutant === name)).length)
      ])
    ),
    '',
    '## Induction',
    '',
    `\`${INDUCTIVE}\` is the heart of the paper: every step from *any* world in which the clique invariant holds, reachable or not, leads to one in which it holds. Here it is decided for all worlds up to some sizes: any trees of the blocks at hand, the undefined one among them, any pools, any packets between the nodes. \`blockforest lemmas ${INDUCTIVE}\` does it, \`blockforest check --inductive\` for sizes of your own. The row below has besides larger worlds at random, and all small ones of the tiny blockchains.`,
    '',
    tableRow(['instance', 'worlds with', 'worlds', 'the invariant holds in', 'steps from those', 'keep it']),
    tableRow(['---', '---', '---:', '---:', '---:', '---']),
    ...inductive.map(({ instance, sizes: upTo, worlds, satisfying, steps, kept }) =>
      tableRow([
        instance,
        showWorlds(upTo),
        grouped(worlds),
        grouped(satisfying),
        grouped(steps),
        kept ? 'all' : '**not all**'
      ])
    ),
    '',
    ...files.flatMap((file) => section(file, file.startsWith('Extraction/') ? ABOUT_ONE : '', in_(file))),
    ...section(
      'Beyond the paper',
      `Lemmas that are stronger than those of the Coq development, by fewer premises: the originals are derived from them. Of these ${String(stronger.length)}, ${String(stronger.filter(({ grade }) => grade === 'derived').length)} are themselves derived, the others tested. That adding blocks commutes needs no premise at all: \`${stronger
        .filter(({ lemma }) => write(lemma.theorem).premises.length === 0)
        .map(({ lemma }) => lemma.name)
        .join('`, `')}\` have none.`,
      stronger
    ),
    ...section('Beyond Coq', 'Lemmas that the Coq development does not state.', beyond),
    ...section(
      'Facts',
      'What Coq takes from its libraries, or gets by computing from a definition: derivations start here. They are no lemmas of the development. ' +
        `${String(facts.filter(({ lemma }) => lemma.isDefinition === true).length)} of these ${String(facts.length)} are *definitions*: each says what a word is, or what it is in one case of its definition.`,
      facts
    ),
    ...section(
      'Quorums',
      'What is known of [quorums](quorums.md), no part of the Coq development: each statement is tested on all sets of so many nodes, and Q8 on all executions of the [Byzantine generals](generals.md). All but Q8 are derived, for any numbers of nodes, from the facts below.',
      quorums.filter((row) => !isFact(row))
    ),
    ...section(
      'Numbers and sets',
      'Facts about natural numbers and finite sets, and what the words for quorums come to: the derivations about quorums start here. `zero_plus` and `plus_swap` are derived from the others.',
      quorums.filter(isFact)
    )
  ].join('\n')
  return withCode(source.trimEnd() + '\n', read, new Map())
}

await makePage(import.meta.url, LEMMAS, async () => lemmasPage(await filled(), await inductions('short')))
