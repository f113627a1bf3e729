/**
 * PBFT on one sequence number: which messages there are. Those of honest replicas follow from the state; of a Byzantine
 * replica there is every message that it can make, so that it counts for every digest.
 */
import { iota } from '../../../prelude/seq.js'
import { sublists } from '../../generals.js'
import { primaryOf } from '../replication.js'
import type { Replica, View } from '../replication.js'
import { honestOf, isPrepared, newViewsOf, prePrepared, viewChangeOf, viewsOf } from './state.js'
import type { SlotRules } from './rules.js'
import type { Digest, Outcome, Report, SlotOptions, SlotState } from './state.js'

/** The messages that there are in a state. */
export interface Messages {
  /** The primary of a view has sent a pre-prepare for a digest. */
  readonly isProposed: (s: SlotState, v: View, d: Digest) => boolean
  /** Enough prepares for a digest in a view. */
  readonly hasPrepares: (s: SlotState, v: View, d: Digest) => boolean
  /** Enough commits. */
  readonly hasCommits: (s: SlotState, v: View, d: Digest) => boolean
  /** What the primary of a view may pre-prepare in a new view, by the view changes for it. */
  readonly outcomes: (s: SlotState, v: View) => ReadonlyArray<Outcome>
  /** What the backups of a view take for its new view. */
  readonly accepted: (s: SlotState, v: View) => ReadonlyArray<Outcome>
}

/** Every way to choose so many times from a list. */
const tuples = <X>(many: number, list: ReadonlyArray<X>): ReadonlyArray<ReadonlyArray<X>> =>
  many === 0 ? [[]] : tuples(many - 1, list).flatMap((rest) => list.map((x) => [x, ...rest]))

/** What the messages say of new views, given what they say of pre-prepares and prepares. */
const newViewMessages = (
  options: SlotOptions,
  rules: SlotRules,
  liars: ReadonlyArray<Replica>,
  { isProposed, hasPrepares }: Pick<Messages, 'isProposed' | 'hasPrepares'>
): Pick<Messages, 'outcomes' | 'accepted'> => {
  const honest = honestOf(options)
  const isLiar = (i: Replica): boolean => liars.includes(i)
  /** Every outcome that there can be. */
  const all: ReadonlyArray<Outcome> = [null, ...options.digests]

  /** All that a liar may report in a view change for a view: nothing, or a certificate that exists, as far as that is asked. */
  const lies = (s: SlotState, w: View): ReadonlyArray<Report> => [
    null,
    ...viewsOf(options)
      .slice(0, w)
      .flatMap((view) => options.digests.map((digest) => ({ view, digest })))
      .filter(
        ({ view, digest }) =>
          !rules.certificatesAreVerified || (isProposed(s, view, digest) && hasPrepares(s, view, digest))
      )
  ]

  /** What a new view may pre-prepare, given the reports of its view changes. */
  const outcomesOf = (reports: ReadonlyArray<Report>): ReadonlyArray<Outcome> => {
    const certificates = reports.filter((report) => report !== null)
    return certificates.length === 0
      ? [null]
      : [...(rules.mayLeaveOut ? [null] : []), ...rules.binding(certificates).map(({ digest }) => digest)]
  }

  /** What a new view may pre-prepare, by view changes that are there, among them at most so many of liars. */
  const outcomesWith = (s: SlotState, w: View, most: number): ReadonlyArray<Outcome> => {
    const sent = honest.flatMap((i) => {
      const report = viewChangeOf(s, i, w)
      return report === 'unsent' ? [] : [{ i, report }]
    })
    const primary = primaryOf(options, w)
    const hasOwn = (of: ReadonlyArray<{ readonly i: Replica }>): boolean =>
      isLiar(primary) || of.some(({ i }) => i === primary)
    if (sent.length + most < rules.viewChanges || !hasOwn(sent)) return []
    const found = iota(most + 1).flatMap((lying) => {
      const told = tuples(lying, lying === 0 ? [] : lies(s, w))
      return sublists(rules.viewChanges - lying, sent)
        .filter(hasOwn)
        .flatMap((set) => told.flatMap((lie) => outcomesOf([...set.map(({ report }) => report), ...lie])))
    })
    return all.filter((outcome) => found.includes(outcome))
  }
  const outcomes: Messages['outcomes'] = (s, w) => outcomesWith(s, w, liars.length)
  const accepted: Messages['accepted'] = (s, w) => {
    if (!isLiar(primaryOf(options, w))) return newViewsOf(s, w)
    if (!rules.newViewsAreVerified) return all
    // A liar that is counted as often as it speaks needs nobody else.
    return rules.sendersAreDistinct ? outcomes(s, w) : outcomesWith(s, w, rules.viewChanges)
  }
  return { outcomes, accepted }
}

/**
 * The messages that there are in a state.
 * @param liars the Byzantine replicas that speak; where none does, the messages of honest replicas alone.
 */
export const messagesOf = (options: SlotOptions, rules: SlotRules, liars: ReadonlyArray<Replica>): Messages => {
  const honest = honestOf(options)
  const isLiar = (i: Replica): boolean => liars.includes(i)

  /** At least so many of the replicas: liars, who count, and honest ones that are so. No more is looked at than need be. */
  const atLeast = (
    count: number,
    lying: ReadonlyArray<Replica>,
    is: (i: Replica) => boolean,
    all = honest
  ): boolean => {
    const [first, ...rest] = all
    const missing = count - lying.length
    return (
      missing <= 0 ||
      (first !== undefined && missing <= all.length && atLeast(is(first) ? count - 1 : count, lying, is, rest))
    )
  }

  const isProposed: Messages['isProposed'] = (s, v, d) => {
    const primary = primaryOf(options, v)
    return isLiar(primary) || prePrepared(s, primary, v) === d
  }
  const hasPrepares: Messages['hasPrepares'] = (s, v, d) => {
    const counts = (i: Replica): boolean => rules.countsPrepare(i, v)
    return atLeast(rules.prepares, liars.filter(counts), (i) => prePrepared(s, i, v) === d, honest.filter(counts))
  }
  const hasCommits: Messages['hasCommits'] = (s, v, d) =>
    atLeast(rules.commits, liars, (i) => isPrepared(s, i, v) && prePrepared(s, i, v) === d)

  return { isProposed, hasPrepares, hasCommits, ...newViewMessages(options, rules, liars, { isProposed, hasPrepares }) }
}
