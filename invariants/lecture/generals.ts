/**
 * The lecture's first part: the Byzantine generals problem, and why it is hard.
 */
import type { Station } from './station.js'

export const generals: ReadonlyArray<Station> = [
  {
    name: 'majority',
    part: 'Byzantine generals',
    slide: 'Why is Byzantine Agreement Hard? Simple scenario',
    claim:
      'Three generals who decide by majority do not agree if one of them is a traitor who sends different plans to the two others.',
    trials: [
      {
        _tag: 'Search',
        says: 'three generals, one of them a traitor',
        of: { system: 'generals', preset: '1 of 3' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'three generals, all of them loyal',
        of: { system: 'generals', preset: '0 of 3' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'four generals, one of them a traitor',
        of: { system: 'generals', preset: '1 of 4' },
        claims: 'violated'
      }
    ],
    because:
      'Where the loyal ones plan different things, the traitor has the casting vote of each, and nobody learns what it has told the other. So four generals, or more, are no better off, as long as there is one round.',
    loose:
      'The slide leaves open what a general does without a majority, as there may be among four: here it retreats.',
    page: 'generals.md#one-round'
  },
  {
    name: 'hearsay',
    part: 'Byzantine generals',
    slide: 'Why is Byzantine Agreement Hard? More complicated scenarios',
    claim: 'A traitor confuses the others by what it says that somebody else has said.',
    trials: [
      {
        _tag: 'Search',
        says: 'OM(1), three generals, one of them a traitor',
        of: { system: 'om', preset: '3 generals' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'OM(1), four generals',
        of: { system: 'om', preset: '4 generals' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'OM(1), five generals',
        of: { system: 'om', preset: '5 generals' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'OM(2), four generals: passed on once too often',
        of: { system: 'om', preset: 'passed on twice' },
        claims: 'violated'
      }
    ],
    changes:
      'What the commander has said is passed on in a second round, and a lieutenant takes the majority of what it hears; and there is a fourth general.',
    because:
      'With three generals a lieutenant hears one thing from the commander and another from the other lieutenant, and cannot know which of them lies. With four, the two loyal ones among those it hears are the majority.',
    loose:
      'It is not the number of traitors alone that counts: OM(m) takes more than 3m generals, so that a round too many does harm.',
    page: 'generals.md#oral-messages'
  },
  {
    name: 'three-nodes',
    part: 'Byzantine generals',
    slide: 'Byzantine Consensus: a small number of traitors (f << N)',
    claim:
      'A small number of traitors cannot make the loyal generals disagree; but one of three is not small: whatever three generals do, a traitor can.',
    trials: [
      {
        _tag: 'ThreeNodes',
        says: 'all 256 ways in which three nodes may decide from what each has told the others, in one round',
        expect: { verdict: 'all fail', protocols: 256 }
      },
      {
        _tag: 'Lemma',
        says: 'more than three times as many generals as traitors suffice, in small cases',
        lemma: 'Q8',
        expect: { verdict: 'tested', inputs: 30, met: 10 }
      }
    ],
    because:
      'Put two copies of each node in a ring, three that would retreat and three that would attack: what two neighbours see there, they also see among three if the third plays the rest of the ring to them. Of three pairs of neighbours, one must break what was asked for (Fischer, Lynch and Merritt). The function takes any deterministic synchronous protocol of three nodes, of any number of rounds, and returns the execution in which it fails.',
    loose:
      '“f << N” is: N ≥ 3f + 1. That fewer never suffice is a theorem about all protocols, which is cited, and run for three nodes only.',
    page: 'generals.md#three-nodes-and-one-traitor'
  },
  {
    name: 'seals',
    part: 'Byzantine generals',
    slide: "Byzantine Generals Problem: messengers cannot forge a general's seal",
    claim: 'With seals that nobody can forge, three generals stand a traitor.',
    trials: [
      {
        _tag: 'Search',
        says: 'SM(1), three generals, one of them a traitor',
        of: { system: 'sm', preset: '3 generals' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'SM(2), four generals, two of them traitors',
        of: { system: 'sm', preset: '2 traitors of 4' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'SM(1), four generals, two of them traitors: a round too few',
        of: { system: 'sm', preset: 'passed on too seldom' },
        claims: 'violated'
      }
    ],
    changes: 'Orders are signed, so that nobody can say that another has said what it has not.',
    because:
      'A commander who signs two orders is found out, since all that is signed is passed on: all who see both retreat. It takes a round for each traitor, or the last of them shows the second order to one alone.',
    loose:
      'On the same slide messengers may be late or killed: then seals do not help, and 3f + 1 are needed again (Dwork, Lynch and Stockmeyer), which is cited and not run. Here messages come in rounds, and none is lost.',
    page: 'generals.md#signed-messages'
  }
]
