/**
 * Small pictures of every kind, with something of everything in them, for those who draw them.
 */
import type { CallsPicture, GraphPicture, QuorumsPicture } from '../../impl/draw/index.js'
import type {
  BlockKind,
  ForestBlock,
  ForestPicture,
  GridPicture,
  NetworkPicture,
  StackFrame,
  StackPicture
} from '../../invariants/systems/index.js'

const block = (name: string, kind: BlockKind, children: ReadonlyArray<ForestBlock> = [], says = ''): ForestBlock => ({
  name,
  kind,
  says,
  children
})

/** A fork, of which one block is refused and one has the hash of another; and an orphan. */
export const forest: ForestPicture = {
  _tag: 'Forest',
  title: 'Node <1>',
  trees: [
    {
      root: block('g', 'best', [
        block('a', 'best', [block('b', 'arriving')], 'tx 1'),
        block('c', 'other', [block('d', 'invalid'), block('e', 'colliding')])
      ])
    },
    { root: block('h', 'other'), orphaned: 'x is missing' }
  ]
}

/** The same before the block `a` was chosen, and without the orphan. */
export const forestBefore: ForestPicture = {
  ...forest,
  trees: [
    {
      root: block('g', 'best', [
        block('a', 'other', [block('b', 'arriving')], 'tx 1'),
        block('c', 'other', [block('d', 'invalid'), block('e', 'colliding')])
      ])
    }
  ]
}

/** A node that lies, one that has failed, and packets: two the same way, one back, one to its sender. */
export const network: NetworkPicture = {
  _tag: 'Network',
  title: 'A network',
  nodes: [
    { name: 'node 0', says: ['has a'], kind: 'honest' },
    { name: 'node 1', says: [], kind: 'liar' },
    { name: 'node 2', says: [], kind: 'failed' }
  ],
  packets: [
    { from: 0, to: 1, says: 'hello', times: 2, kind: 'honest' },
    { from: 0, to: 1, says: 'again', times: 1, kind: 'honest' },
    { from: 1, to: 0, says: 'attack', times: 1, kind: 'lie' },
    { from: 2, to: 2, says: 'myself', times: 1, kind: 'honest' }
  ]
}

const frame = (name: string, kind: StackFrame['kind'], says = '', pays = ''): StackFrame => ({ name, kind, says, pays })

/** A contract that has paid an attacker, which runs. */
export const stack: StackPicture = {
  _tag: 'Stack',
  title: 'Calls',
  frames: [frame('dao.split(…)', 'contract', '7 pay(msg.sender);'), frame('attacker', 'attacker', '', '1')],
  accounts: [
    { name: 'dao', money: '3', fields: [['supply', '4']] },
    { name: 'attacker', money: '1', fields: [] }
  ],
  notes: ['a note']
}

const empty: StackPicture = { ...stack, frames: [] }

/** A call that calls the attacker, which calls back, and all of it unwinds. */
export const calls: CallsPicture = {
  title: 'An attack',
  steps: [
    { says: 'begins', after: { ...stack, frames: stack.frames.slice(0, 1) }, fails: false },
    { says: 'pays', after: stack, fails: false },
    {
      says: 'calls back',
      after: { ...stack, frames: [...stack.frames, frame('dao.split(…)', 'contract')] },
      fails: false
    },
    {
      says: 'returns',
      after: { ...stack, accounts: [{ name: 'attacker', money: '4', fields: [] }] },
      fails: false
    },
    { says: 'is over', after: { ...empty, accounts: [{ name: 'attacker', money: '4', fields: [] }] }, fails: true }
  ]
}

/** An acceptor that has voted for what is chosen, one that has not voted, and one that lies. */
export const grid: GridPicture = {
  _tag: 'Grid',
  title: 'Ballots',
  columns: ['ballot 0', 'ballot 1'],
  rows: [
    {
      name: 'acceptor 0',
      at: 1,
      kind: 'honest',
      cells: [
        { says: 'votes W', kind: 'done' },
        { says: '', kind: 'empty' }
      ]
    },
    {
      name: 'acceptor 1',
      kind: 'liar',
      cells: [
        { says: 'anything', kind: 'some' },
        { says: 'anything', kind: 'some' }
      ]
    }
  ],
  notes: ['chosen: W']
}

/** A counter that wraps, and may stay as it is. */
export const graph: GraphPicture = {
  title: 'A counter',
  nodes: [
    { says: ['count 0'], isInitial: true, violates: false },
    { says: ['count 1'], isInitial: false, violates: true }
  ],
  edges: [
    { from: 0, to: 1, says: 'adds one' },
    { from: 0, to: 1, says: 'jumps' },
    { from: 1, to: 0, says: 'starts again' },
    { from: 1, to: 1, says: 'stays' }
  ]
}

/** Two quorums of three among four nodes, one of which may lie. */
export const quorums: QuorumsPicture = {
  title: 'N = 4, q = 3',
  nodes: 4,
  first: [0, 1, 2],
  second: [1, 2, 3],
  liars: [1],
  notes: ['They meet in 2.']
}
