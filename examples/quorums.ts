/** How many of 3 to 7 nodes may be faulty, how many must agree, and how many answers convince a client. */
import { available, byzantineQuorum, maxFaulty, meetInHonest, paxosQuorum, weakQuorum } from '../impl/quorums/index.js'

for (const n of [3, 4, 5, 6, 7]) {
  const [f, q] = [maxFaulty(n), byzantineQuorum(n)]
  console.log(
    `${n} nodes: ${f} may lie; quorums of ${q} (Paxos: ${paxosQuorum(n)}), which ` +
      `${meetInHonest(q, n, f) ? 'share an honest node' : 'may not meet'} and ` +
      `${available(q, n, f) ? 'can be made up' : 'may be out of reach'}; ${weakQuorum(n)} equal answers convince`
  )
}
// Of 7 nodes, two quorums of Paxos may share none but a liar, which tells each what it likes.
console.log(meetInHonest(paxosQuorum(7), 7, 2))
