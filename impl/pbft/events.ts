/**
 * What happens to a replica, and what it has to do.
 */
import type { PbftMessage } from '../../spec/byzantine/pbft/messages.js'
import type { Address } from '../../spec/system/address.js'
import type { Refusal } from './refusals.js'

/** What happens to a replica. */
export type Input =
  /** A message arrives. Whose it is its signature shows, not who has brought it: a request is from its client. */
  | { readonly _tag: 'Receive'; readonly from: Address; readonly message: PbftMessage }
  /** A timer that was set has run out. */
  | { readonly _tag: 'Timer'; readonly serial: number }

/** What a replica has to do. */
export type Output =
  /** The input must be in stable storage before anything is sent that comes after this. */
  | { readonly _tag: 'Store'; readonly input: Input }
  | { readonly _tag: 'Send'; readonly to: ReadonlyArray<Address>; readonly message: PbftMessage }
  /** In so many times the time that a request takes at most, this input is due. It stands in the place of an earlier one. */
  | { readonly _tag: 'SetTimer'; readonly serial: number; readonly times: number }
  /** Nothing has happened. */
  | { readonly _tag: 'Refused'; readonly because: Refusal }
