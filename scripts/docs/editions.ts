/**
 * Makes docs/editions.md: the two editions side by side, from their sources, and which lemmas of the edition of 2018 die
 * when hashes may collide.
 *
 *     npx tsx scripts/docs/editions.ts            writes it; takes about a minute
 *     npx tsx scripts/docs/editions.ts --check    changes nothing, and fails where the page is missing or stale
 */
import { dial, settings } from '../../invariants/blockchain/editions/dial.js'
import type { Failed } from '../../invariants/blockchain/editions/dial.js'
import { dies, examine, lemmas, showInputs, sizeFor } from '../../invariants/blockchain/editions/lemmas.js'
import type { Finding } from '../../invariants/blockchain/editions/lemmas.js'
import { grouped } from '../../impl/cli/io.js'
import { withCode } from './inclusions.js'
import { codeInCell, inCell, tableRow } from './markdown.js'
import { makePage } from './page.js'
import type { Made } from './page.js'
import { read } from './pages.js'

/** The page. */
export const EDITIONS = 'docs/editions.md'

/** A definition in both editions: a file and a name in it, on each side. */
interface Pair {
  readonly title: string
  readonly says: string
  readonly earlier: string
  readonly main: string
}

const CPP18 = 'spec/blockchain/editions/cpp18'

const pairs: ReadonlyArray<readonly [string, ReadonlyArray<Pair>]> = [
  [
    'Parameters',
    [
      {
        title: 'What a blockchain chooses',
        says: 'The miner came to choose the transactions, `VAF` came to see the block, and `tpExtend` the tree.',
        earlier: `${CPP18}/parameters.ts#ConsensusParams`,
        main: 'spec/blockchain/parameters.ts#ConsensusParams'
      },
      {
        title: 'Addresses',
        says: 'The nodes are 1, …, N, and nobody is at 0. In Coq’s later edition they are all values of a finite type; here they are 0, …, N - 1.',
        earlier: 'spec/blockchain/editions/cpp18.ts#netAddr',
        main: 'spec/system/address.ts#netAddr'
      }
    ]
  ],
  [
    'Block forests',
    [
      {
        title: 'Adding a block',
        says: 'Where the hash is taken, the earlier edition keeps what it has; the later one looks what that is, and if it is another block, the tree is undefined from then on.',
        earlier: `${CPP18}/forests.ts#Forests.btExtend`,
        main: 'spec/blockchain/forests.ts#Forests.btExtend'
      },
      {
        title: 'Having a block',
        says: 'To have the hash was to have the block.',
        earlier: `${CPP18}/forests.ts#Forests.btHasBlock`,
        main: 'spec/blockchain/forests.ts#Forests.btHasBlock'
      },
      {
        title: 'The chain of a block',
        says: 'The later edition asks at every step whether the block is there, and stops at genesis. The earlier one needs no such rule, because genesis is its own predecessor (`init_hash`).',
        earlier: `${CPP18}/forests.ts#Forests.compute_chain_within`,
        main: 'spec/blockchain/forests.ts#Forests.compute_chain_within'
      },
      {
        title: 'Valid chains',
        says: 'In the earlier edition a chain is valid if its transactions are: here that is the later definition with a `VAF` that accepts everything.',
        earlier: `${CPP18}/parameters.ts#asMain`,
        main: 'spec/blockchain/forests.ts#Forests.valid_chain_block'
      }
    ]
  ],
  [
    'The local protocol',
    [
      {
        title: 'Messages',
        says: 'There was one that stood for none.',
        earlier: `${CPP18}/protocol.ts#Message`,
        main: 'spec/blockchain/protocol.ts#Message'
      },
      {
        title: 'Sending nothing',
        says: 'It used to be sending a null packet, from node 0 to node 0.',
        earlier: `${CPP18}/protocol.ts#emitZero`,
        main: 'spec/system/protocol.ts#emitZero'
      },
      {
        title: 'Receiving a message',
        says: 'Connections, addresses and requests were handled otherwise. Blocks, transactions and inventories have the same text.',
        earlier: `${CPP18}/protocol.ts#Protocol.procMsg`,
        main: 'spec/blockchain/protocol.ts#Protocol.procMsg'
      },
      {
        title: 'Minting',
        says: 'The block took all transactions that are valid, and `VAF` was asked before they were known.',
        earlier: `${CPP18}/protocol.ts#Protocol.procInt`,
        main: 'spec/blockchain/protocol.ts#Protocol.procInt'
      }
    ]
  ],
  [
    'The clique invariant and the theorem',
    [
      {
        title: 'The clauses',
        says: 'The later edition excepts worlds in which a collision has happened, and asks for chains that `VAF` accepts.',
        earlier: `${CPP18}/invCliqueTopology.ts#CliqueConsensus.clauses`,
        main: 'spec/blockchain/invCliqueTopology.ts#CliqueConsensus.clauses'
      },
      {
        title: 'Eventual consensus',
        says: 'The earlier edition speaks of each quiet node by itself, the later one only when all are quiet: after a collision, a node that has not heard of it yet has another chain than one that has.',
        earlier: `${CPP18}/invCliqueTopology.ts#CliqueConsensus.clique_eventual_consensus`,
        main: 'invariants/blockchain/quiescence.ts#clique_eventual_consensus'
      }
    ]
  ]
]

const linkTo = (place: string): string => {
  const [file = '', name = ''] = place.split('#')
  return `[\`${name}\`](../${file})`
}

/** A definition in both editions, side by side. */
const sideBySide = ({ title, says, earlier, main }: Pair): ReadonlyArray<string> => {
  const cell = (edition: string, place: string): ReadonlyArray<string> => [
    `<td data-edition="${edition}">`,
    '',
    `<!-- code: ${place} -->`,
    '',
    '</td>'
  ]
  return [
    `### ${title}`,
    '',
    says,
    '',
    '<table class="side-by-side">',
    '<tr><th>2018</th><th>main</th></tr>',
    '<tr>',
    ...cell('2018', earlier),
    ...cell('main', main),
    '</tr>',
    '</table>',
    '',
    `${linkTo(earlier)} and ${linkTo(main)}.`,
    ''
  ]
}

const deadRow = (finding: Finding): string => {
  const { lemma, injective, colliding } = finding
  const found = colliding.counterexample
  return tableRow([
    `\`${lemma.name}\``,
    codeInCell(lemma.statement),
    found === undefined ? '' : codeInCell(showInputs(lemma, found)),
    grouped(injective.met)
  ])
}

const aliveRow = ({ lemma, injective, colliding }: Finding): string =>
  tableRow([
    `\`${lemma.name}\``,
    codeInCell(lemma.statement),
    String(sizeFor(lemma.variables)),
    grouped(injective.met),
    grouped(colliding.met)
  ])

const failed = (f: Failed | undefined): string =>
  f === undefined ? 'holds' : `${String(f.steps)} steps: ${f.objections.map((o) => inCell(o)).join('; ')}`

const introduction = `<!-- Made by scripts/docs/editions.ts: edit that file, not this page. -->
# Two editions

The development that this project mirrors exists in two editions. The *edition of 2018* is the artefact of the paper: branch \`cpp2018\` and tag \`v0.1\` of the repository, November 2017. The *main* edition is what became of it by 2020. [\`spec/blockchain/\`](../spec/blockchain/toychain.ts) is the main one. [\`spec/blockchain/editions/cpp18.ts\`](../spec/blockchain/editions/cpp18.ts) is the earlier one, written as its differences: a definition that is not there is the same in both.

The two biggest differences are these. In the earlier edition the hash is *assumed* injective, and the proof of a block is looked at by its miner only. In the later one, hashes may collide, and whoever chooses a chain asks \`VAF\` of every block.

Both run in everything that runs one of them:

\`\`\`console
$ blockforest check --edition cpp18 --mints 1
configuration  search      states  transitions  depth  states/s  verdict
─────────────────────────────────────────────────────────────────────────
cpp18 F210     exhaustive     107          234      9         …    all hold
…
\`\`\`

An instance of the main edition is played in the earlier one by [\`in2018\`](../spec/blockchain/editions/cpp18/parameters.ts), which gives it what the axioms of that edition ask for: a genesis block that is its own predecessor and has no transactions, and proofs that are good once in a chain.

With \`--hash-bits\` hashes are cut to so many bits, in either edition ([\`shortHash\`](../spec/blockchain/instances/shortHash.ts)). The [museum](museum.md) tells what came of some of the differences.
`

/** The page, and what keeps it from being made. */
export const editionsPage = async (): Promise<Made> => {
  const findings = lemmas.map((lemma) => examine(lemma))
  const dead = findings.filter(dies)
  const alive = findings.filter((finding) => !dies(finding))
  const dialled = await Promise.all(settings.map(async (setting) => ({ setting, ...(await dial(setting)) })))
  const source = [
    introduction,
    ...pairs.flatMap(([chapter, definitions]) => [`## ${chapter}`, '', ...definitions.flatMap(sideBySide)]),
    '## When hashes may collide',
    '',
    `Of the lemmas of the edition of 2018 that speak of trees, ${String(lemmas.length)} are stated in [\`lemmas.ts\`](../invariants/blockchain/editions/lemmas.ts), with all their premises but one: that the hash is injective. Each is decided on *all* inputs up to a size, made of blocks with one of four hashes and one of four predecessors, in trees that store every block under its hash: once where no two of the blocks at hand (and genesis) have one hash, and once where they may. The size of an input is the number of blocks in its tree and its lists.`,
    '',
    'Notation: `t⊕b` is `btExtend(t, b)`, `t⊕*l` the same for each block of a list in turn, `t ∖ h` the tree without the key `h`; `V`, `H`, `I`: the tree is defined, its keys are hashes, it has genesis `G`; `#b` is the hash of `b`, `chain` is `compute_chain`, `best` is `btChain`, `A ⊐ B` is `FCR`. A block with the hash `a` and the predecessor `g` is written `a→g`; the hashes are `g` (that of genesis), `a`, `b`, `c`.',
    '',
    `### The ${String(dead.length)} lemmas that die`,
    '',
    'No input without a collision refutes them, up to the size given for them in the sources; this one with a collision does, and none is smaller.',
    '',
    tableRow(['lemma', 'statement', 'smallest counterexample', 'inputs without collisions that met its premises']),
    tableRow(['---', '---', '---', '---:']),
    ...dead.map(deadRow),
    '',
    'What the proof of consensus rests on goes first: that adding blocks commutes. If two blocks have one hash, the one that comes first stays. And `btExtend_mint` goes: a node that mints a block has a better chain than before, unless its tree has another block with that hash.',
    '',
    '### The theorem',
    '',
    'From the invariant of the initial world, how soon does a step leave it (`clique_inv_step`), and how soon is the conclusion of `clique_eventual_consensus` wrong? Found by breadth-first searches of all executions; `1@2` is the first block of the execution, minted by node 2. That it takes 3 nodes at 2 bits is an accident of SHA-256, like the other numbers.',
    '',
    tableRow(['bits', 'nodes', 'blocks', '`clique_inv`', '`clique_eventual_consensus`']),
    tableRow(['---:', '---:', '---:', '---', '---']),
    ...dialled.map(({ setting: { bits, nodes, mints }, clique_inv, clique_eventual_consensus }) =>
      tableRow([String(bits), String(nodes), String(mints), failed(clique_inv), failed(clique_eventual_consensus)])
    ),
    '',
    `### The ${String(alive.length)} lemmas that survive`,
    '',
    'No small input refutes them, with collisions or without. That is a test, and no proof.',
    '',
    tableRow(['lemma', 'statement', 'size', 'premises met, no collision', 'premises met, collisions']),
    tableRow(['---', '---', '---:', '---:', '---:']),
    ...alive.map(aliveRow),
    ''
  ].join('\n')
  return withCode(source, read, new Map())
}

await makePage(import.meta.url, EDITIONS, editionsPage)
