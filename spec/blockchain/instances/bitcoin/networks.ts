/**
 * Bitcoin's networks, and the difficulty that is due on each after a chain of headers: as a state that is folded along
 * the chain, so that no more of the chain is needed.
 *
 * Source: Bitcoin Core, `src/kernel/chainparams.cpp`, `src/pow.cpp` (`GetNextWorkRequired`,
 * `CalculateNextWorkRequired`) and `src/validation.cpp` (`ContextualCheckBlockHeader`); BIP 94 for testnet4.
 */
import type { Hash256, Header, Uint32 } from './codec.js'
import { hash256Of } from './codec.js'
import { MAINNET_LIMIT, PERIOD, compactOf, retarget } from './difficulty.js'

/** The names of the networks. */
export type NetworkName = 'mainnet' | 'testnet3' | 'testnet4' | 'signet' | 'regtest'

/** What the rules of difficulty of a network depend on. */
export interface Network {
  readonly name: NetworkName
  /** The hash of the block of height 0. */
  readonly genesis: Hash256
  /** The greatest target that is allowed. */
  readonly limit: bigint
  /** A block that comes more than 20 minutes after its parent has the least difficulty; the next one the usual again. */
  readonly leastAfter20Minutes: boolean
  /** What a new period's target follows from: the last bits of the period before, the first, or there is none. */
  readonly retargetsFrom: 'last' | 'first' | 'never'
}

/** A network with the rules of the main one, but for those that are given. */
const network = (name: NetworkName, genesis: string, rules: Partial<Network> = {}): Network => ({
  name,
  genesis: hash256Of(genesis),
  limit: MAINNET_LIMIT,
  leastAfter20Minutes: false,
  retargetsFrom: 'last',
  ...rules
})

/** The networks by their names. */
export const networks: Readonly<Record<NetworkName, Network>> = {
  mainnet: network('mainnet', '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'),
  /** Where a period ends with a block of the least difficulty, the next starts from it: hence its storms of blocks. */
  testnet3: network('testnet3', '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943', {
    leastAfter20Minutes: true
  }),
  /** The first block of a period must not have the least difficulty by its time, and the next period follows from it. */
  testnet4: network('testnet4', '00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043', {
    leastAfter20Minutes: true,
    retargetsFrom: 'first'
  }),
  /** Its blocks are signed; headers do not show it. */
  signet: network('signet', '00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6', {
    limit: 0x377aen << 216n
  }),
  regtest: network('regtest', '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206', {
    limit: 2n ** 255n - 1n,
    retargetsFrom: 'never'
  })
}

/** The time and the bits of a header. */
interface Moment {
  readonly time: Uint32
  readonly bits: Uint32
}

/** What the difficulty of later headers depends on, after a chain of them. */
export interface HeaderState {
  /** The height of the last header. */
  readonly height: number
  readonly last: Moment
  /** The first header of its period; left out where the chain starts later. */
  readonly first?: Moment
  /** The bits that are due where no 20 minutes have passed; left out where the chain does not show them. */
  readonly regular?: Uint32
}

/** Twice the time that a block is meant to take, in seconds. */
const TWENTY_MINUTES = 20 * 60

/** How far the first time of a period may be before the last of the one before, on testnet4. */
const MOST_BACK = 600

/** The state after a header of a given height. */
const after = (
  { limit, leastAfter20Minutes }: Network,
  before: HeaderState | undefined,
  { proof: { time, bits } }: Header,
  height: number
): HeaderState => {
  const last = { time, bits }
  const first = height % PERIOD === 0 ? last : before?.first
  const isRegular = !leastAfter20Minutes || height % PERIOD === 0 || bits !== compactOf(limit)
  const regular = isRegular ? bits : before?.regular
  return {
    height,
    last,
    ...(first === undefined ? {} : { first }),
    ...(regular === undefined ? {} : { regular })
  }
}

/** The state after a chain that is one header alone, at a given height. */
export const startOf = (network: Network, header: Header, height: number): HeaderState =>
  after(network, undefined, header, height)

/** The state after one more header, which is taken for valid. */
export const nextState = (network: Network, state: HeaderState, header: Header): HeaderState =>
  after(network, state, header, state.height + 1)

/**
 * The bits that the next header must have if this is its time; undefined where the chain starts too late to say.
 */
export const dueBits = (
  { limit, leastAfter20Minutes, retargetsFrom }: Network,
  { height, last, first, regular }: HeaderState,
  time: number
): Uint32 | undefined => {
  if (retargetsFrom === 'never') return last.bits
  if ((height + 1) % PERIOD === 0)
    return first === undefined
      ? undefined
      : retarget(first, { time: last.time, bits: (retargetsFrom === 'first' ? first : last).bits }, limit)
  if (!leastAfter20Minutes) return last.bits
  return time > last.time + TWENTY_MINUTES ? compactOf(limit) : regular
}

/** The least time that the next header may have, where that depends on its difficulty period: on testnet4 (BIP 94). */
export const leastTime = ({ retargetsFrom }: Network, { height, last }: HeaderState): number =>
  retargetsFrom === 'first' && (height + 1) % PERIOD === 0 ? last.time - MOST_BACK : 0
