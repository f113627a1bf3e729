/**
 * One line of a case file: what it is, and the run of the spec on it.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Errors } from 'io-ts'
import { BroadcastCase, BYTHOS_PROTOCOLS, BythosKind } from './bythos/codec.js'
import type { BythosProtocol } from './bythos/codec.js'
import { runBroadcast } from './bythos/run.js'
import type { CaseHead, Family, Inst } from './codec.js'
import { caseHead, CaseKind } from './codec.js'
import type { Comparison } from './comparison.js'
import { explain } from './explain.js'
import { forestCase } from './forest/codec.js'
import { runForest } from './forest/run.js'
import { localCase } from './local/codec.js'
import { runLocal } from './local/run.js'
import { tables, traceCase } from './trace/codec.js'
import { runTrace } from './trace/run.js'

/** What a case is called, and of what kind it is: of a family of Toychain's with its instance, or of a protocol of Bythos. */
export type CaseName = { readonly id: string } & (
  | { readonly family: Family; readonly inst: Inst }
  | { readonly family: 'bythos'; readonly inst: BythosProtocol }
)

/** A well-formed case. */
export interface Case {
  readonly head: CaseName
  /** All comparisons, in the order of the file; each is computed when it is asked for. */
  readonly comparisons: Iterable<Comparison>
}

/** Why a line cannot be run. */
export interface Refusal {
  readonly says: string
  /** It is a case of this protocol, of which there is no specification here. */
  readonly protocol?: string
}

type Decode = (head: CaseHead, json: unknown) => Either<Errors, Iterable<Comparison>>

const families: Readonly<Record<Family, Decode>> = {
  forest: (head, json) =>
    pipe(
      forestCase(head).decode(json),
      E.map((rest) => runForest({ ...rest, ...head }))
    ),
  local: (head, json) =>
    pipe(
      localCase(head).decode(json),
      E.map((rest) => runLocal({ ...rest, ...head }))
    ),
  trace: (head, json) =>
    pipe(
      tables(head).decode(json),
      E.chain((sizes) =>
        pipe(
          traceCase(head, sizes).decode(json),
          E.map((rest) => runTrace({ ...rest, ...sizes, ...head }))
        )
      )
    )
}

const parse = (line: string): Either<Refusal, unknown> =>
  E.tryCatch(
    (): unknown => JSON.parse(line),
    (error) => ({
      says: `expected one JSON value on a line: ${error instanceof Error ? error.message : String(error)}`
    })
  )

const protocols: Readonly<Record<BythosProtocol, (json: unknown) => Either<Errors, Case>>> = {
  RB: (json) =>
    pipe(
      BroadcastCase.decode(json),
      E.map((c) => ({ head: { id: c.id, family: 'bythos', inst: 'RB' }, comparisons: runBroadcast(c) }))
    )
}

/** Cases of Bythos name a protocol, those of Toychain a family. */
const isOfBythos = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'protocol' in json && !('family' in json)

const explained: (errors: Errors) => Refusal = (errors) => ({ says: explain(errors) })

const decodeBythos = (json: unknown): Either<Refusal, Case> =>
  pipe(
    BythosKind.decode(json),
    E.mapLeft(explained),
    E.chain(({ protocol }) => {
      const known = BYTHOS_PROTOCOLS.find((one) => one === protocol)
      return known === undefined
        ? E.left({
            says: `of the protocol ${protocol} there is no specification here, only of ${BYTHOS_PROTOCOLS.join(', ')}`,
            protocol
          })
        : pipe(protocols[known](json), E.mapLeft(explained))
    })
  )

const decodeToychain = (json: unknown): Either<Errors, Case> =>
  pipe(
    CaseKind.decode(json),
    E.chain((kind) =>
      pipe(
        caseHead(kind).decode(json),
        E.map((rest) => ({ ...rest, ...kind }))
      )
    ),
    E.chain((head) =>
      pipe(
        families[head.family](head, json),
        E.map((comparisons) => ({ head, comparisons }))
      )
    )
  )

/** The case on a line; or why there is none to run. */
export const readCase = (line: string): Either<Refusal, Case> =>
  pipe(
    parse(line),
    E.chain((json) => (isOfBythos(json) ? decodeBythos(json) : pipe(decodeToychain(json), E.mapLeft(explained))))
  )
