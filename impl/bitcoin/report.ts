/**
 * What checking Bitcoin's headers came to, in words.
 */
import { plural } from '../../invariants/words.js'
import type { Choice, ForkDecision } from './forks.js'
import { bitsText } from './headers.js'
import type { VerifiedHeaders } from './headers.js'

/** The result: plain data, but that amounts of work are bigints. */
export interface BitcoinReport extends Pick<VerifiedHeaders, 'from' | 'unchecked' | 'totalWork' | 'adjustments'> {
  /** The name of the network whose rules they follow. */
  readonly network: string
  /** The heights at which blocks are known that say how high the headers are: see checkpoints.ts. */
  readonly known: ReadonlyArray<number>
  /** How many rows of the file of stale blocks are of heights that the headers do not cover: they are passed over. */
  readonly outside: number
  /** How many headers were checked. */
  readonly count: number
  /** In the order of the file of stale blocks. */
  readonly forks: ReadonlyArray<ForkDecision>
}

const CHOICES: Readonly<Record<Choice, string>> = {
  bitcoin: "Bitcoin's block",
  stale: 'the stale block',
  neither: 'neither'
}

const tie = ({ strictAfter, atTie }: ForkDecision): string => {
  if (strictAfter === 0) return 'no tie'
  const until = strictAfter === null ? 'to the end of the window' : `until ${plural(strictAfter, 'further block')}`
  return `a tie ${until}, broken for ${CHOICES[atTie]}`
}

const forkText = (fork: ForkDecision): string =>
  [
    `height ${fork.height}: chose ${CHOICES[fork.chosen]}, whose chain is ahead by ${fork.margin} hashes`,
    `  (${tie(fork)})`,
    `  Bitcoin ${fork.bitcoin}`,
    `  stale   ${fork.stale}${fork.branch === 1 ? '' : `, the last of ${fork.branch}`}`
  ].join('\n')

/** What was not checked, as it depends on headers that are not in the file. */
const uncheckedText = (what: string, heights: ReadonlyArray<number>): ReadonlyArray<string> =>
  heights.length === 0
    ? []
    : [`not verified, as earlier headers are not in the file: ${what} of height ${heights.join(', ')}`]

/** A report as lines of text. */
export const reportText = ({
  from,
  known,
  network,
  count,
  unchecked,
  totalWork,
  adjustments,
  outside,
  forks
}: BitcoinReport): string => {
  const asBitcoin = forks.filter(({ chosen }) => chosen === 'bitcoin').length
  return [
    `${plural(count, 'header')}, heights ${from} to ${from + count - 1}: links, bits and proofs of work verified` +
      (network === 'mainnet' ? '' : ` by the rules of ${network}`),
    ...(known.length === 0 ? [] : [`heights known by the block of height ${known.join(', ')}`]),
    ...uncheckedText('link', unchecked.links),
    ...uncheckedText('bits', unchecked.bits),
    `total work: ${totalWork} hashes`,
    ...adjustments.map(
      ({ height, bits }) => `height ${height}: difficulty adjusted to bits ${bitsText(bits)}, verified`
    ),
    ...(outside === 0 ? [] : [`${plural(outside, 'stale block')} of other heights passed over`]),
    ...forks.map(forkText),
    ...(forks.length === 0 ? [] : [`${asBitcoin} of ${plural(forks.length, 'fork')} decided as Bitcoin decided`])
  ].join('\n')
}
