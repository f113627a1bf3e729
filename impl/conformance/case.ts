/**
 * One line of a case file: what it is, and the run of the spec on it.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Errors } from 'io-ts'
import type { CaseHead, Family } from './codec.js'
import { caseHead, CaseKind } from './codec.js'
import type { Comparison } from './comparison.js'
import { explain } from './explain.js'
import { forestCase } from './forest/codec.js'
import { runForest } from './forest/run.js'
import { localCase } from './local/codec.js'
import { runLocal } from './local/run.js'
import { tables, traceCase } from './trace/codec.js'
import { runTrace } from './trace/run.js'

/** A well-formed case. */
export interface Case {
  readonly head: CaseHead
  /** All comparisons, in the order of the file; each is computed when it is asked for. */
  readonly comparisons: Iterable<Comparison>
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

const parse = (line: string): Either<string, unknown> =>
  E.tryCatch(
    (): unknown => JSON.parse(line),
    (error) => `expected one JSON value on a line: ${error instanceof Error ? error.message : String(error)}`
  )

const decode = (json: unknown): Either<Errors, Case> =>
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

/** The case on a line; or what is wrong with the line. */
export const readCase = (line: string): Either<string, Case> =>
  pipe(
    parse(line),
    E.chain((json) => pipe(decode(json), E.mapLeft(explain)))
  )
