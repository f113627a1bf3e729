/**
 * The lecture's last part: smart contracts, and why accounts that use them are like threads that use concurrent objects.
 */
import type { Station } from './station.js'

const [ACCOUNTING, DAO, KING, COUNTER, TOKEN, CROWDFUNDING, HISTORIES, REPLICATED] = [
  'contracts/accounting',
  'contracts/dao',
  'contracts/blockking',
  'contracts/counter',
  'contracts/token',
  'contracts/crowdfunding',
  'contracts/histories',
  'contracts/replicated'
] as const

/** What is on the slides before the DAO. */
const objects: ReadonlyArray<Station> = [
  {
    name: 'replicated',
    part: 'Smart contracts',
    slide: 'Smart Contracts: stateful mutable objects replicated via a consensus protocol',
    claim: 'Nodes that agree on what to execute, and in which order, have one state of every contract.',
    trials: [
      {
        _tag: 'Search',
        says: 'nodes of Toychain that go on executing as their chains change, and undo what is replaced',
        of: { system: REPLICATED, preset: 'chain' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'a contract that reads the number of its block',
        of: { system: REPLICATED, preset: 'chain, a clock' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'a transaction is valid only if the contract does not throw, and so is a block',
        of: { system: REPLICATED, preset: 'chain, what succeeds' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'that what a node has told of a transaction it tells ever after',
        of: { system: REPLICATED, preset: 'chain, final' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a node that executes new blocks, and undoes none',
        of: { system: REPLICATED, mutant: 'never-undoes' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'on the log of PBFT, with a contract that asks each replica for the time',
        of: { system: REPLICATED, mutant: 'own-clocks' },
        claims: 'violated'
      }
    ],
    because: 'What contracts have is a function of what was executed before, as long as they read nothing else.',
    loose:
      'On a chain the last blocks may be replaced: what a user sees of a contract is not final. On the log of PBFT it is.',
    page: 'contracts.md#contracts-on-top-of-consensus'
  },
  {
    name: 'usages',
    part: 'Smart contracts',
    slide: 'Smart Contracts. Main usages: crowdfunding',
    claim: 'A contract keeps its promises by itself: whoever gives money to a campaign that fails gets it back.',
    trials: [
      {
        _tag: 'Search',
        says: 'what is proved of it in Coq: it has what it owes, no donation is forgotten, all of them can be claimed back',
        of: { system: CROWDFUNDING, preset: 'published' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'that a donation which is refused comes back, which nobody has proved',
        of: { system: CROWDFUNDING, preset: 'refused donations' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'that the owner collects only if the donations have reached the goal',
        of: { system: CROWDFUNDING, preset: 'late donations' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'both, of a contract that throws where it refuses',
        of: { system: CROWDFUNDING, preset: 'goal, repaired' },
        claims: 'holds'
      }
    ],
    changes: 'What is refused is thrown, which undoes that the money has come.',
    because: 'The money is there before the first line runs; a contract that returns in good order has taken it.',
    loose: 'What a contract promises is what somebody has asked of it, and that was less than its users expect.',
    page: 'contracts.md#crowdfunding'
  },
  {
    name: 'accounting',
    part: 'Smart contracts',
    slide: 'Smart Contracts are Like Concurrent Objects: contract Accounting',
    claim: 'Who invests is remembered, and nobody invests twice: a second investment throws, and changes nothing.',
    trials: [
      {
        _tag: 'Search',
        says: 'two users, investments from 0 to 2, four transactions',
        of: { system: ACCOUNTING, preset: '2 users' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'initialized means that what is stored is not 0',
        of: { system: ACCOUNTING, mutant: 'zero-is-absent' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a second investment takes the place of the first',
        of: { system: ACCOUNTING, mutant: 'invest-again' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'that the contract has just what was invested, where money may arrive without a call',
        of: { system: ACCOUNTING, preset: 'forced money, exact' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'that it has at least that much',
        of: { system: ACCOUNTING, preset: 'forced money' },
        claims: 'holds'
      }
    ],
    because: 'A transaction runs alone, and a throw undoes all of it, the money too.',
    loose:
      'The slide leaves open what initialized() asks. And the contract takes money which nobody ever gets out again.',
    page: 'contracts.md#accounting'
  }
]

const reentrancy: ReadonlyArray<Station> = [
  {
    name: 'context-switch',
    part: 'Smart contracts',
    slide: 'contract state — object state, call/send — context switching',
    claim: 'A contract that calls another gives up control, as a thread does that is interrupted.',
    trials: [
      {
        _tag: 'Search',
        says: 'fields change by one transaction at a time, where nothing is called',
        of: { system: ACCOUNTING, preset: '2 users' },
        claims: 'holds'
      },
      {
        _tag: 'Witness',
        says: 'in line 1012 the DAO calls who is paid, and is called back before it has gone on',
        of: { system: DAO, preset: 'original' },
        sought: 'reentered',
        expect: { verdict: 'happens', steps: 5 }
      },
      {
        _tag: 'Witness',
        says: 'the same with send in place of call',
        of: { system: DAO, preset: 'stipend' },
        sought: 'reentered',
        expect: { verdict: 'never', states: 33 }
      }
    ],
    because:
      'A call hands over all gas, and whoever has control may call anybody. The stipend of a send is too little for a call.',
    loose:
      'The slide has call and send in one word. A thread is interrupted anywhere, a contract where it calls; and a send is a switch from which nobody can do anything, as long as a call costs more than the stipend.',
    page: 'contracts.md#the-dao'
  },
  {
    name: 'reentrancy',
    part: 'Smart contracts',
    slide: 'Reentrancy and multitasking: lines 1010 to 1017. Reentrancy — (un)cooperative multitasking',
    claim: 'Who is paid before its tokens are burnt calls back, and is paid again.',
    trials: [
      {
        _tag: 'Search',
        says: 'it passes the tokens on while it is paid, and they are not burnt: the DAO owes more than it has',
        of: { system: DAO, preset: 'original' },
        claims: 'violated'
      },
      {
        _tag: 'Witness',
        says: 'it calls splitDAO again, and has got its share twice',
        of: { system: DAO, preset: 'original' },
        sought: 'paid-2-times',
        expect: { verdict: 'happens', steps: 16 }
      },
      {
        _tag: 'Witness',
        says: 'and three times',
        of: { system: DAO, preset: 'original' },
        sought: 'paid-3-times',
        expect: { verdict: 'happens', steps: 24 }
      },
      {
        _tag: 'Search',
        says: 'a lock on splitDAO alone',
        of: { system: DAO, preset: 'mutex on splitDAO only' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a lock on all functions; callbacks reach nothing that cannot be reached without them',
        of: { system: DAO, preset: 'mutex' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the reward is sent with a stipend of gas',
        of: { system: DAO, preset: 'stipend' },
        claims: 'holds'
      }
    ],
    changes: 'Functions refuse to be entered while splitDAO runs; or the reward comes with too little gas for calls.',
    because: 'When line 1012 calls, the money has moved, and lines 1013 to 1015 have not run yet.',
    loose:
      'It takes no recursion: whoever may transfer its tokens in between needs to call back once only, and a lock on splitDAO does not help against that.',
    page: 'contracts.md#the-dao'
  },
  {
    name: 'atomicity',
    part: 'Smart contracts',
    slide: 'Reentrancy and multitasking: Inv(contract.state, balance). Invariants — Atomicity',
    claim: 'What the contract has stored must agree with what it has, whenever somebody else has control.',
    trials: [
      {
        _tag: 'Search',
        says: 'the lines of the slide, asked at every yield',
        of: { system: DAO, preset: 'original, at yields' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the tokens are burnt before the reward is paid, asked at every yield',
        of: { system: DAO, preset: 'effects first' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'a lock on all functions, asked at every yield',
        of: { system: DAO, preset: 'mutex, at yields' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'that whatever is reached with callbacks is reached without them, of the lines of the slide',
        of: { system: DAO, preset: 'original, called back' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the repair, where tokens are not burnt after all',
        of: { system: DAO, mutant: 'unburnt' },
        claims: 'violated'
      }
    ],
    changes: 'Lines 1013 to 1015 come before line 1012.',
    because:
      'An invariant that holds wherever control is given up, and that the contract keeps from there to where it gives it up again, holds however it is called back.',
    loose:
      'With a lock the invariant is broken at the yield, and nobody can use that: it holds between transactions, and at yields the books are in order or the lock is set.',
    page: 'contracts.md#the-dao'
  }
]

const races: ReadonlyArray<Station> = [
  {
    name: 'oracle',
    part: 'Smart contracts',
    slide: 'Querying an Oracle. Call/Return in Two Transactions',
    claim: 'Who asks an oracle is answered in another transaction, and others come in between.',
    trials: [
      {
        _tag: 'Search',
        says: 'that asking and being answered is as if it happened at one moment',
        of: { system: HISTORIES, preset: 'blockking' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the same, of a contract with a record for each query',
        of: { system: HISTORIES, preset: 'blockking, records' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the same, of one that lets nobody enter while a query is open',
        of: { system: HISTORIES, preset: 'blockking, one-pending' },
        claims: 'holds'
      }
    ],
    because: 'Each transaction is atomic, and the two together are not.',
    page: 'contracts.md#histories'
  },
  {
    name: 'blockking',
    part: 'Smart contracts',
    slide: 'BlockKing via Oraclize. Non-determinism — data races',
    claim: 'The contract remembers one warrior: who enters later is judged by the answer to who entered before.',
    trials: [
      {
        _tag: 'Search',
        says: 'two queries, and the answer to the first',
        of: { system: KING, preset: 'as on the slide' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a record for each query',
        of: { system: KING, preset: 'records' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'one query at a time',
        of: { system: KING, preset: 'one pending' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'one query at a time, and that players can enter though an answer is lost',
        of: { system: KING, preset: 'one pending, answers are lost' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'records, and the same',
        of: { system: KING, preset: 'records, answers are lost' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'anybody may call process_payment, as in the published source',
        of: { system: KING, mutant: 'public-payment' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the age of a reign is reckoned backwards, and wraps, as in the published source',
        of: { system: KING, mutant: 'reversed-difference' },
        claims: 'violated'
      }
    ],
    changes: 'What was entered is kept under the number of its query; or nobody enters while one is open.',
    because:
      'The function enter() writes warrior and warriorBlock, and __callback() reads them, whoever has written them last.',
    loose: 'The race is not the only fault of that contract: two more are in the source that the slide leaves out.',
    page: 'contracts.md#blockking'
  },
  {
    name: 'counter',
    part: 'Smart contracts',
    slide: 'More on that in the paper: synchronization',
    claim: 'Two clients that read and then write lose an update, as two threads do.',
    trials: [
      {
        _tag: 'Search',
        says: 'two clients that get and set',
        of: { system: COUNTER, preset: 'get and set' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'two clients that test and set',
        of: { system: COUNTER, preset: 'test and set, 2 clients' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'three',
        of: { system: COUNTER, preset: 'test and set, 3 clients' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'four',
        of: { system: COUNTER, preset: 'test and set, 4 clients' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'three clients with permissions to read and to write',
        of: { system: COUNTER, preset: 'permissions' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'permissions, and that all can finish though clients stop for ever',
        of: { system: COUNTER, preset: 'permissions, clients stop' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'that adding one by get and set is as if it happened at one moment',
        of: { system: HISTORIES, preset: 'counter' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the same of test and set',
        of: { system: HISTORIES, preset: 'counter, test-and-set' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'that what clients get and set has an order of whole operations at least, whichever',
        of: { system: HISTORIES, preset: 'counter, serializable' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the same, with permissions',
        of: { system: HISTORIES, preset: 'counter, permissions, serializable' },
        claims: 'holds'
      }
    ],
    changes:
      'The contract writes only if it still has what the client has read; or it remembers who may read and write.',
    because: 'Between two transactions of one client come those of others.',
    loose: 'A lock costs more here than among threads: a chain does not notice that who holds it is gone.',
    page: 'contracts.md#counter'
  },
  {
    name: 'token',
    part: 'Smart contracts',
    slide: 'More on that in the paper: interference',
    claim: 'An owner that changes what a spender may take may lose both the old allowance and the new one.',
    trials: [
      {
        _tag: 'Search',
        says: 'approve writes the allowance anew',
        of: { system: TOKEN, preset: 'overwrite' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the owner allows nothing first, looks how much was taken, and allows the rest',
        of: { system: TOKEN, preset: 'zero first' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the same, and the owner does not look',
        of: { system: TOKEN, mutant: 'no-look' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'approve compares with what the owner expects',
        of: { system: TOKEN, preset: 'compare' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the allowance is lowered by a difference',
        of: { system: TOKEN, preset: 'decrease' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'that changing it by approve is as if it happened at one moment',
        of: { system: HISTORIES, preset: 'token' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'that nothing comes between what the owner sees and what it writes',
        of: { system: HISTORIES, preset: 'token, serializable' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'the same, where approve compares',
        of: { system: HISTORIES, preset: 'token, compare, serializable' },
        claims: 'holds'
      }
    ],
    changes: 'The new allowance is written only where the old one is what the owner takes it for.',
    because: 'What the owner has seen may be spent before its transaction runs.',
    page: 'contracts.md#a-token'
  }
]

export const contracts: ReadonlyArray<Station> = [...objects, ...reentrancy, ...races]
