/**
 * Pictures of states, as data: what there is to see, and not where it stands. `impl/draw/` makes SVG of them, and a page may
 * let a reader touch what a step can be taken at.
 */

/**
 * How a block of a forest is seen. `best`: it is on the chain that its owner has chosen. `other`: it is not. `invalid`: it is
 * refused after the blocks before it. `arriving`: it is in flight to the owner, which does not have it. `colliding`: so it is,
 * and the owner has another block with its hash.
 */
export type BlockKind = 'best' | 'other' | 'invalid' | 'arriving' | 'colliding'

/** A block, with all that stands upon it. */
export interface ForestBlock {
  readonly name: string
  /** What is in it; empty: nothing is worth saying. */
  readonly says: string
  readonly kind: BlockKind
  readonly children: ReadonlyArray<ForestBlock>
}

/** A tree of a forest. */
export interface ForestTree {
  readonly root: ForestBlock
  /** Why it does not begin with genesis, in a clause: `c is missing`. None: it does. */
  readonly orphaned?: string
}

/** The forest of an owner, which may be all nodes together. */
export interface ForestPicture {
  readonly _tag: 'Forest'
  readonly title: string
  /** That of genesis first. */
  readonly trees: ReadonlyArray<ForestTree>
  /** What is to be said of it in its place: that there is none, since two blocks with one hash have met. */
  readonly note?: string
}

/** A node of a network. `liar`: it is not honest. `failed`: it does nothing until it restarts. */
export interface NetworkNode {
  readonly name: string
  /** What it holds, in lines. */
  readonly says: ReadonlyArray<string>
  readonly kind: 'honest' | 'liar' | 'failed'
}

/** Equal packets from one node to another. `lie`: it is not what is so, or an honest node would not have sent it. */
export interface NetworkPacket {
  /** Places in the list of nodes. */
  readonly from: number
  readonly to: number
  readonly says: string
  readonly times: number
  readonly kind: 'honest' | 'lie'
}

/** Nodes, and packets between them. */
export interface NetworkPicture {
  readonly _tag: 'Network'
  readonly title: string
  readonly nodes: ReadonlyArray<NetworkNode>
  readonly packets: ReadonlyArray<NetworkPacket>
}

/** A call that has not ended. */
export interface StackFrame {
  /** Whose code runs, and which: `dao.splitDAO`. */
  readonly name: string
  /** Where it is: the line that runs next, or that waits for the call above to end. Empty: nothing is known of it. */
  readonly says: string
  readonly kind: 'contract' | 'attacker'
  /** What came with the call. Empty: nothing. */
  readonly pays: string
}

/** An account, with what it has. */
export interface StackAccount {
  readonly name: string
  readonly money: string
  /** What its contract has stored, by name. */
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>
}

/** The calls that have not ended, the first of them first, and what accounts have. */
export interface StackPicture {
  readonly _tag: 'Stack'
  readonly title: string
  readonly frames: ReadonlyArray<StackFrame>
  readonly accounts: ReadonlyArray<StackAccount>
  /** What there is to say besides, in lines. */
  readonly notes: ReadonlyArray<string>
}

/** A cell of a grid. `done`: it is final, as a decision is. */
export interface GridCell {
  readonly says: string
  readonly kind: 'empty' | 'some' | 'done'
}

/** A row of a grid: a node, with a cell for each column. */
export interface GridRow {
  readonly name: string
  /** Where the node is now: a column; none: nowhere yet. */
  readonly at?: number | undefined
  readonly kind: 'honest' | 'liar'
  readonly cells: ReadonlyArray<GridCell>
}

/** What nodes have done in each of some columns: ballots, or views. */
export interface GridPicture {
  readonly _tag: 'Grid'
  readonly title: string
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<GridRow>
  /** What there is to say of all of it, in lines. */
  readonly notes: ReadonlyArray<string>
}

/** A picture of a state. */
export type StatePicture = ForestPicture | NetworkPicture | StackPicture | GridPicture

/** Where in a picture a step is taken: at a thing of a list, by its number there; of a grid, at a row. */
export interface Place {
  readonly _tag: 'Node' | 'Packet' | 'Frame' | 'Row'
  readonly at: number
}

/** The tags of places as they stand in drawings: `packet-3`. */
export const placeName = ({ _tag, at }: Place): string => `${_tag.toLowerCase()}-${String(at)}`
