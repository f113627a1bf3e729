/**
 * Two quorums that meet in as few nodes as they can, drawn, and what follows from the numbers.
 */
import {
  available,
  byzantineQuorum,
  leastOverlap,
  meet,
  meetInHonest,
  paxosQuorum,
  tolerates
} from '../quorums/index.js'
import { drawQuorums } from '../draw/index.js'

/** How many nodes there are, how many of them may lie, and how many make a quorum. */
export interface QuorumChoice {
  readonly nodes: number
  readonly liars: number
  readonly quorum: number
}

/** A statement about the numbers, and whether it is so. */
export interface QuorumVerdict {
  readonly says: string
  readonly because: string
  readonly isSo: boolean
}

/** What a page shows of a choice. */
export interface QuorumsShown {
  readonly drawing: string
  readonly verdicts: ReadonlyArray<QuorumVerdict>
  /** What is to be made of it, in a sentence. */
  readonly says: string
}

/** The first and the last nodes: two quorums with as few nodes in common as there can be. */
const twoQuorums = ({ nodes, quorum }: QuorumChoice): readonly [ReadonlyArray<number>, ReadonlyArray<number>] => {
  const all = Array.from({ length: nodes }, (_, node) => node)
  return [all.slice(0, quorum), all.slice(nodes - quorum)]
}

/** Those that lie where it does most harm: in both quorums first. */
const liarsOf = (choice: QuorumChoice): ReadonlyArray<number> => {
  const [first, second] = twoQuorums(choice)
  const both = first.filter((node) => second.includes(node))
  const others = Array.from({ length: choice.nodes }, (_, node) => node).filter((node) => !both.includes(node))
  return [...both, ...others].slice(0, choice.liars).sort((a, b) => a - b)
}

/** A choice, drawn and judged. @throws RangeError where the numbers are none of nodes. */
export const quorumsShown = (choice: QuorumChoice): QuorumsShown => {
  const { nodes: n, liars: f, quorum: q } = choice
  const [first, second] = twoQuorums(choice)
  const overlap = leastOverlap(q, q, n)
  const [meets, meetsInHonest, isAvailable] = [meet(q, n), meetInHonest(q, n, f), available(q, n, f)]
  const isGood = meetsInHonest && isAvailable
  const honest = Math.max(0, overlap - f)
  return {
    drawing: drawQuorums(
      {
        title: `N = ${String(n)}, f = ${String(f)}, q = ${String(q)}`,
        nodes: n,
        first,
        second,
        liars: liarsOf(choice),
        notes: [
          `These two have 2q − N = ${String(2 * q - n)}${2 * q < n ? ', so no,' : ''} ${overlap === 1 ? 'node' : 'nodes'} in common; no two have fewer. If those are the ones that lie, ${honest === 0 ? 'none of them is honest' : `${String(honest)} of them ${honest === 1 ? 'is' : 'are'} honest`}.`
        ]
      },
      { inPage: 'quorums' }
    ),
    verdicts: [
      {
        says: 'any two quorums share a node',
        because: `2q > N: ${String(2 * q)} ${meets ? '>' : '≤'} ${String(n)}`,
        isSo: meets
      },
      {
        says: 'any two quorums share an honest node',
        because: `2q − N > f: ${String(2 * q - n)} ${meetsInHonest ? '>' : '≤'} ${String(f)}`,
        isSo: meetsInHonest
      },
      {
        says: 'the honest nodes make a quorum, though the others say nothing',
        because: `q ≤ N − f: ${String(q)} ${isAvailable ? '≤' : '>'} ${String(n - f)}`,
        isSo: isAvailable
      },
      {
        says: 'some size of a quorum does both',
        because: `N ≥ 3f + 1: ${String(n)} ${tolerates(n, f) ? '≥' : '<'} ${String(3 * f + 1)}`,
        isSo: tolerates(n, f)
      }
    ],
    says: isGood
      ? 'Agreement can be kept, and nobody can stop it by silence.'
      : !meetsInHonest
        ? meets
          ? 'Two quorums may share nobody but liars, who tell each of them what they like: agreement can be broken.'
          : 'Two quorums may share nobody: each of them decides for itself.'
        : 'Those that lie need only say nothing: no quorum is ever made up.'
  }
}

/** What a size of a quorum is called, for so many nodes; none: it has no name. */
export const namesOfQuorum = ({ nodes, quorum }: QuorumChoice): ReadonlyArray<string> => [
  ...(quorum === paxosQuorum(nodes) ? ['a quorum of Paxos, ⌊N/2⌋ + 1'] : []),
  ...(quorum === byzantineQuorum(nodes) ? ['a Byzantine quorum, ⌊2N/3⌋ + 1'] : [])
]
