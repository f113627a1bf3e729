/**
 * The explorer as a page speaks to it: requests and replies, plain data both, so that they can be sent to a worker.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { AnySystem } from '../../invariants/systems/system.js'
import { readAddress } from './address.js'
import type { Texts } from './choice.js'
import type { Search } from './search.js'
import { openSession } from './session.js'
import type { Choice, Session, Shown } from './session.js'
import type { Path } from './walk.js'

/** The systems that there are, by their names; each is loaded when it is asked for. */
export type Systems = Readonly<Record<string, () => Promise<AnySystem>>>

/** What a page asks. */
export type Request =
  /** Open what an address names; an empty one names a system at its initial state. */
  | { readonly _tag: 'Open'; readonly address: string; readonly otherwise: string }
  /** Open a system with what was chosen. */
  | { readonly _tag: 'Choose'; readonly system: string; readonly choice: Choice }
  | { readonly _tag: 'Take'; readonly place: number }
  | { readonly _tag: 'GoTo'; readonly at: number }
  | { readonly _tag: 'Randomly'; readonly seed: number; readonly steps: number }
  | { readonly _tag: 'ToRest' }
  | { readonly _tag: 'Restart'; readonly start: number }
  | { readonly _tag: 'Follow'; readonly path: Path }
  /** Open the execution in the text of a trace file. */
  | { readonly _tag: 'Load'; readonly name: string; readonly text: string }
  /** The text of a trace file with the walk. */
  | { readonly _tag: 'Save' }

/** What it is answered. */
export type Reply =
  | {
      readonly _tag: 'Shown'
      readonly shown: Shown
      /** What is to be said besides. */
      readonly notice: string | undefined
    }
  /** It cannot be done; what was shown stays. */
  | { readonly _tag: 'Refused'; readonly says: string; readonly fields: Texts }
  | { readonly _tag: 'Saved'; readonly name: string; readonly text: string }

const refused = (says: string, fields: Texts = {}): Reply => ({ _tag: 'Refused', says, fields })

/** What was thrown, as a clause. */
const thrownText = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** The system with a name. Left: there is none. */
const systemCalled = async (systems: Systems, name: string): Promise<Either<string, AnySystem>> => {
  const load = Object.hasOwn(systems, name) ? systems[name] : undefined
  return load === undefined
    ? E.left(`there is no system '${name}'; there are ${Object.keys(systems).join(', ')}`)
    : E.right(await load())
}

/** The session that an address names, at the end of its path. Left: what is wrong with the address. */
export const openAddress = async (systems: Systems, text: string): Promise<Either<string, Session>> => {
  const address = readAddress(text)
  if (E.isLeft(address)) return address
  const { system: name, texts, mutant, path, end } = address.right
  const system = await systemCalled(systems, name)
  if (E.isLeft(system)) return system
  const session = openSession(system.right, { texts, ...(mutant === undefined ? {} : { mutant }) })
  return E.isLeft(session) ? E.left(session.left.says) : session.right.follow(path, end)
}

/** A session, and what is to be said of it. */
interface Opened {
  readonly session: Session
  readonly notice: string | undefined
}

/** The session that is opened, or why it is none. */
type Opening = Either<{ readonly says: string; readonly fields: Texts }, Opened>

const opening = (session: Either<string, Session>, notice?: string): Opening =>
  E.isLeft(session) ? E.left({ says: session.left, fields: {} }) : E.right({ session: session.right, notice })

const opened = async (systems: Systems, address: string, otherwise: string): Promise<Opening> => {
  const found = address === '' ? E.left('') : await openAddress(systems, address)
  if (E.isRight(found)) return opening(found)
  const usual = await openAddress(systems, `system=${encodeURIComponent(otherwise)}`)
  return opening(usual, address === '' ? undefined : `This address cannot be opened: ${found.left}.`)
}

const chosen = async (systems: Systems, name: string, choice: Choice): Promise<Opening> => {
  const system = await systemCalled(systems, name)
  if (E.isLeft(system)) return opening(system)
  return E.map((session: Session) => ({ session, notice: undefined }))(openSession(system.right, choice))
}

const loaded = async (systems: Systems, file: string, text: string): Promise<Opening> => {
  const wrong = (says: string): Opening => opening(E.left(`${file}: ${says}`))
  // What reads and writes files is loaded when there is one.
  const { openTrace, readTrace } = await import('./traces.js')
  const trace = readTrace(text)
  if (E.isLeft(trace)) return wrong(trace.left)
  const { system: name = Object.keys(systems)[0] ?? '' } = trace.right
  const system = await systemCalled(systems, name)
  if (E.isLeft(system)) return wrong(`an execution of '${name}', which is no system of the catalogue`)
  const recorded = openTrace(system.right, trace.right)
  if (E.isLeft(recorded)) return wrong(recorded.left)
  const { session, departure } = recorded.right
  return opening(E.right(session), departure === undefined ? undefined : `${file}: ${departure}`)
}

/** The session after a request that goes on from one. */
const moved = (
  session: Session,
  request: Exclude<Request, { readonly _tag: 'Open' | 'Choose' | 'Load' | 'Save' }>
): Either<string, Session> => {
  switch (request._tag) {
    case 'Take':
      return session.take(request.place)
    case 'GoTo':
      return E.right(session.goTo(request.at))
    case 'Randomly':
      return E.right(session.randomly(request))
    case 'ToRest':
      return E.right(session.toRest())
    case 'Restart':
      return session.restart(request.start)
    case 'Follow':
      return session.follow(request.path)
  }
}

/** A file's name without what file systems dislike. */
const fileName = ({ system, at }: Shown): string => `${system.name.replaceAll('/', '-')}-${at}.itf.json`

const saved = async (session: Session): Promise<Reply> => {
  const { traceText } = await import('./traces.js')
  const shown = session.shown()
  return { _tag: 'Saved', name: fileName(shown), text: traceText(session, shown.system.name) }
}

/** The explorer: it answers requests one after another, and keeps the session between them. */
export const explorer = (systems: Systems): ((request: Request) => Promise<Reply>) => {
  let session: Session | undefined
  const show = (one: Opening): Reply => {
    if (E.isLeft(one)) return refused(one.left.says, one.left.fields)
    const shown = one.right.session.shown()
    session = one.right.session
    return { _tag: 'Shown', shown, notice: one.right.notice }
  }
  const answer = async (request: Request): Promise<Reply> => {
    if (request._tag === 'Open') return show(await opened(systems, request.address, request.otherwise))
    if (request._tag === 'Choose') return show(await chosen(systems, request.system, request.choice))
    if (request._tag === 'Load') return show(await loaded(systems, request.name, request.text))
    if (session === undefined) return refused('nothing is open')
    if (request._tag === 'Save') return saved(session)
    return show(opening(moved(session, request)))
  }
  return async (request) => {
    try {
      return await answer(request)
    } catch (thrown) {
      return refused(`an error of blockforest's own (please report it with the address): ${thrownText(thrown)}`)
    }
  }
}

/** What a page asks of a worker that searches. */
export interface SearchRequest {
  /** What is searched: the system, parameters and mutant of an address; its path does not matter. */
  readonly address: string
  readonly search: Search
}
