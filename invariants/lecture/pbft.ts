/**
 * The lecture on PBFT: what each phase is for, what a primary that lies can do, and how a view change undoes it.
 */
import type { Station } from './station.js'

export const pbft: ReadonlyArray<Station> = [
  {
    name: 'pbft-setting',
    part: 'PBFT',
    slide: 'Practical Byzantine Fault Tolerance (PBFT): real-life constraints',
    claim:
      'Of N = 3f + 1 replicas f may be Byzantine in an asynchronous network, if nobody can forge who a message is from.',
    trials: [
      {
        _tag: 'Search',
        says: 'four replicas, two views, replica 0 lies; what was sent may arrive at any time, or never',
        of: { system: 'pbft', preset: '2 views' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'another one lies, which leads the last view',
        of: { system: 'pbft', preset: '2 views, the last one led by a liar' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'three replicas, one of which lies',
        of: { system: 'pbft', preset: 'three replicas' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'who lies can make up what others have signed: nobody looks at the certificates in view changes',
        of: { system: 'pbft', mutant: 'certificates-not-verified' },
        claims: 'violated'
      }
    ],
    because:
      'Any two quorums of 2f + 1 share an honest replica, which says one thing in a view. From one view to the next it is believed for what others have signed, so that it can leave something out, and make nothing up.',
    loose:
      'Of asynchrony only half is taken up here: that nothing goes wrong. That something happens needs more, as a later station has it.',
    beyond: [
      { system: 'pbft', preset: '2 views, all honest' },
      { system: 'pbft', preset: '3 views' }
    ],
    page: 'pbft.md'
  },
  {
    name: 'pbft-roles',
    part: 'PBFT',
    slide: 'PBFT Terminology and Layout',
    claim:
      'A primary proposes and the other replicas are backups; a primary that is suspected, for it does not respond for too long, is replaced by another.',
    trials: [
      {
        _tag: 'Witness',
        says: 'all honest replicas execute in the first view, which an honest one leads',
        of: { system: 'pbft', preset: '1 view, a lying backup' },
        sought: 'executed',
        expect: { verdict: 'happens', steps: 9 }
      },
      {
        _tag: 'Witness',
        says: 'replica 0 leads the first view, and lies: a replica executes in the second, which replica 1 leads',
        of: { system: 'pbft', preset: '2 views' },
        sought: 'executed-later',
        expect: { verdict: 'happens', steps: 9 }
      }
    ],
    because:
      'Replica v mod N leads view v, so that every replica has its turn. Whoever has waited too long gives the view up; a timeout may come at any time here, since safety does not depend on clocks.',
    loose:
      'A primary cannot be seen to be compromised: one that is slow looks the same, and loses its view as well. That does no harm but to the time it takes.',
    page: 'pbft.md#the-protocol'
  },
  {
    name: 'request',
    part: 'PBFT',
    slide: 'Request: client C sends a message to all replicas',
    claim:
      'What a client asks for is executed once, though all replicas know of it, and more than one of them may lead.',
    trials: [
      {
        _tag: 'Search',
        says: 'a primary that is behind proposes what others have executed, and they execute it again',
        of: { system: 'pbft', mutant: 'execute-again' },
        claims: 'violated'
      }
    ],
    because:
      'Requests of a client have timestamps that go up, and a replica remembers what it has told each client last: what is not later than that it does not execute again, under whatever number it comes. Nobody needs to lie for that: here replica 3 has a twin, but the one that leads is honest.',
    loose:
      'In the paper the client asks the primary, and all replicas only when it has waited too long: then they know that it waits, and suspect the primary. Here it asks all at once, as on the slide.',
    page: 'pbft.md#where-the-lecture-and-the-paper-differ'
  },
  {
    name: 'pre-prepare',
    part: 'PBFT',
    slide: 'Pre-prepare: the primary sends a signed pre-prepare message to all backups',
    claim:
      'The primary gives a request a number; a backup accepts one digest for a number in a view, and no second one.',
    trials: [
      {
        _tag: 'Witness',
        says: 'a replica has pre-prepared something',
        of: { system: 'pbft', preset: '1 view' },
        sought: 'pre-prepared',
        expect: { verdict: 'happens', steps: 1 }
      },
      {
        _tag: 'Witness',
        says: 'a primary that lies has had two backups accept different digests',
        of: { system: 'pbft', preset: '1 view' },
        sought: 'split',
        expect: { verdict: 'happens', steps: 2 }
      },
      {
        _tag: 'Search',
        says: 'a backup accepts a second pre-prepare in place of the first',
        of: { system: 'pbft', mutant: 'accept-again' },
        claims: 'violated'
      }
    ],
    because:
      'A primary can tell each backup something else, and this phase does not keep it from that: it only binds a backup to what it has accepted. That is what the next phase counts on.',
    page: 'pbft.md#the-protocol'
  },
  {
    name: 'prepare',
    part: 'PBFT',
    slide: 'Prepare: it proceeds with 2/3 · N + 1 consistent prepare-messages',
    claim:
      'Replicas tell each other what they have accepted, so that no two are prepared for different digests in a view.',
    trials: [
      {
        _tag: 'Witness',
        says: 'a replica is prepared',
        of: { system: 'pbft', preset: '1 view' },
        sought: 'prepared',
        expect: { verdict: 'happens', steps: 3 }
      },
      {
        _tag: 'Search',
        says: 'in no state are two prepared for different ones',
        of: { system: 'pbft', preset: '1 view' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'there is no such phase: a replica that has accepted something is prepared',
        of: { system: 'pbft', mutant: 'no-prepare-phase' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a prepare too few is enough',
        of: { system: 'pbft', mutant: 'prepares-2f-1' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: "the primary's prepare counts beside its pre-prepare",
        of: { system: 'pbft', mutant: 'count-the-primarys-prepare' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'messages are counted, not who has sent them',
        of: { system: 'pbft', mutant: 'count-messages' },
        claims: 'violated'
      }
    ],
    because:
      'A prepared replica has seen 2f + 1 of them accept the digest, the primary among them. Another such set shares an honest replica with it, which has accepted one digest only.',
    loose:
      'The slide counts 2/3 · N + 1 prepare-messages of all replicas. In the paper the primary sends none: it is 2f prepares of backups and the pre-prepare. Whoever takes the number of the slide and the messages of the paper, or the other way round, counts a replica twice or waits for ever.',
    page: 'pbft.md#every-rule-is-needed'
  },
  {
    name: 'commit',
    part: 'PBFT',
    slide: 'Commit: it commits with 2/3 · N + 1 consistent commit-messages',
    claim: 'A replica executes what it knows a quorum to be prepared for, so that no later view can do without it.',
    trials: [
      {
        _tag: 'Witness',
        says: 'all honest replicas have executed, in one view',
        of: { system: 'pbft', preset: '1 view' },
        sought: 'executed',
        expect: { verdict: 'happens', steps: 9 }
      },
      {
        _tag: 'Search',
        says: 'there is no such phase: a replica executes what it is prepared for',
        of: { system: 'pbft', mutant: 'execute-on-prepared' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a commit too few is enough',
        of: { system: 'pbft', mutant: 'commit-quorum-2f' },
        claims: 'violated'
      }
    ],
    because:
      'If one replica alone is prepared, a new view may come about without it, and do something else. With 2f + 1 commits f + 1 honest replicas are prepared, and one of them is among any 2f + 1 that begin a view.',
    loose:
      'The slides do not say what the third phase is for. In one view it is for nothing: without it, and with one commit too few, agreement holds there. It takes a view change to see why it is needed.',
    page: 'pbft.md#every-rule-is-needed'
  },
  {
    name: 'replies',
    part: 'PBFT',
    slide: 'Reply: the client trusts N/3 + 1 matching responses',
    claim: 'Of N/3 + 1 matching responses at least one is from an honest replica.',
    trials: [
      {
        _tag: 'Lemma',
        says: 'every set of w nodes has an honest one: if and only if w > f',
        lemma: 'Q5',
        expect: { verdict: 'derived', inputs: 512, met: 288 }
      },
      {
        _tag: 'Lemma',
        says: 'a quorum of 2f + 1 and any f + 1 nodes share one, of 3f + 1',
        lemma: 'Q6',
        expect: { verdict: 'derived', inputs: 4, met: 4 }
      },
      {
        _tag: 'Search',
        says: 'the client believes f of them',
        of: { system: 'pbft', mutant: 'client-accepts-f-replies' },
        claims: 'violated'
      }
    ],
    because: 'At most f lie, and f + 1 cannot all be among them.',
    loose:
      '⌊N/3⌋ + 1 is f + 1 for 3f + 1 nodes and for 3f + 2; for 3f + 3 it is one more than need be, which does no harm.',
    page: 'quorums.md'
  },
  {
    name: 'stuck',
    part: 'PBFT',
    slide: 'What if Primary is compromised? The system would “get stuck” between the phases',
    claim:
      'A primary that sends inconsistent messages does not break the integrity of good replicas: it keeps them from reaching the end of commit.',
    trials: [
      {
        _tag: 'Search',
        says: 'one view, which a liar leads: no two replicas execute different digests',
        of: { system: 'pbft', preset: '1 view' },
        claims: 'holds'
      },
      {
        _tag: 'CanAlways',
        says: 'that all honest ones execute by their own steps, in this view',
        of: { system: 'pbft', preset: 'stuck' },
        expect: { verdict: 'stuck', states: 97, among: 145 }
      },
      {
        _tag: 'CanAlways',
        says: 'the same, where they can change the view, and an honest replica leads the next',
        of: { system: 'pbft', preset: 'unstuck' },
        expect: { verdict: 'always', states: 0, among: 30_640 }
      },
      {
        _tag: 'CanAlways',
        says: 'the same, where the liar leads the last view',
        of: { system: 'pbft', preset: 'stuck in the last view' },
        expect: { verdict: 'stuck', states: 16_553, among: 26_616 }
      }
    ],
    changes: 'Backups that have waited too long launch a view change, and another primary leads.',
    because:
      'Where backups have accepted different digests, none has enough prepares, and none accepts another in this view. In 24 of the 145 states all three have accepted something, not the same, and nothing more happens.',
    loose:
      'It takes an honest primary of some later view, and that is all it takes. “Re-electing” is no election: the next one in turn leads.',
    page: 'pbft.md#stuck-and-unstuck-by-a-view-change'
  },
  {
    name: 'view-change',
    part: 'PBFT',
    slide: 'What if Primary is compromised? View-change gets tricky in the presence of partially committed values',
    claim:
      'A new view goes on with what somebody may have executed: it is similar to reaching a consensus, and every check in it is needed.',
    trials: [
      {
        _tag: 'Witness',
        says: 'something is pre-prepared in a later view that was prepared in an earlier one',
        of: { system: 'pbft', preset: '2 views' },
        sought: 'carried-over',
        expect: { verdict: 'happens', steps: 6 }
      },
      {
        _tag: 'Search',
        says: 'two view changes begin a view',
        of: { system: 'pbft', mutant: 'new-view-from-2f-view-changes' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'backups count view changes, not their senders',
        of: { system: 'pbft', mutant: 'senders-not-distinct' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'backups accept whatever the new primary proposes',
        of: { system: 'pbft', mutant: 'o-not-verified' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the new primary may leave out what it has a certificate for',
        of: { system: 'pbft', mutant: 'null-over-a-certificate' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a replica goes on in the view that it has given up',
        of: { system: 'pbft', mutant: 'keep-preparing-in-the-old-view' },
        claims: 'violated'
      }
    ],
    because:
      'What anybody has executed f + 1 honest replicas are prepared for; one of them is among any 2f + 1 that give the view up, and its certificate binds the new primary, which backups check.',
    loose:
      'The slide leaves the details to the paper. Two of them show only after a second view change: that of several certificates the one of the highest view counts, and that a replica reports a certificate also of a view before the last.',
    beyond: [
      { system: 'pbft', mutant: 'any-certificate' },
      { system: 'pbft', mutant: 'forget' }
    ],
    page: 'pbft.md#every-rule-is-needed'
  },
  {
    name: 'time-outs',
    part: 'PBFT',
    slide: 'PBFT uses time-outs (partial synchrony) to detect faults',
    claim: 'Where messages arrive before anybody has waited too long, all execute at last, though the primary may lie.',
    trials: [
      {
        _tag: 'Search',
        says: 'messages arrive in time, and an honest replica leads the second view',
        of: { system: 'pbft', preset: 'in time' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'in time, and there is one view only, which a liar leads',
        of: { system: 'pbft', preset: 'in time, in one view' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'nothing is known of time: anybody may suspect an honest primary',
        of: { system: 'pbft', preset: 'at any time' },
        claims: 'violated'
      }
    ],
    because:
      'Nobody suspects a primary with whom they get on; and with one with whom they do not, they change the view until an honest one leads. Where time means nothing, all may leave an honest primary at once, and wait for ever for one that lies (Fischer, Lynch and Paterson: no protocol can do without such an assumption).',
    loose:
      'That the network becomes synchronous at last, and that timeouts grow until they are long enough, is what “in time” stands for: it is assumed, not shown.',
    page: 'pbft.md#at-last'
  },
  {
    name: 'shortcomings',
    part: 'PBFT',
    slide: 'PBFT Shortcomings: a fixed set of replicas, fixed-size quorums',
    claim: 'PBFT can be used only for a fixed set of replicas, as agreement is based on quorums of a fixed size.',
    trials: [
      {
        _tag: 'Search',
        says: 'four nodes, quorums of three, one lies, in a single view of two phases',
        of: { system: 'ladder', preset: 'N4-byz0-q3-k2' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'a fifth one joins, and quorums stay as large as they were',
        of: { system: 'ladder', preset: 'N5-byz0-q3-k2' },
        claims: 'violated'
      },
      {
        _tag: 'Lemma',
        says: 'any two sets of q of N nodes share an honest one: if and only if 2q − N > f',
        lemma: 'Q2',
        expect: { verdict: 'derived', inputs: 512, met: 288 }
      }
    ],
    because:
      'How large a quorum must be follows from how many there are, so that all must know that at all times; and whoever can join as often as it likes is more than a third.',
    loose:
      'A set of replicas can be changed by agreement on that as well, as many systems do; it is the open ones, in which nobody is asked, that need something else. The slide before it names systems that build on similar ideas; they are not run here.',
    page: 'quorums.md'
  }
]
