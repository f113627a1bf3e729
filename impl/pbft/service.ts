/**
 * What is replicated. The specification has a service whose states are texts; here they are values of any type, which are
 * written as texts where one is asked for: at checkpoints, and for replicas that are behind.
 */
import type { Replies, ServiceState } from '../../spec/byzantine/pbft/messages.js'
import type { Service as SpecService } from '../../spec/byzantine/pbft/replica.js'

/** A service: a deterministic one, for every replica must compute the same. States are never changed in place. */
export interface Service<S> {
  readonly initial: S
  /** The state after an operation, and what its client is told. It is total: it must not throw. */
  readonly execute: (state: S, operation: string) => { readonly state: S; readonly result: string }
  /** A state as a text: equal states as equal texts. */
  readonly write: (state: S) => string
  /** The state of a text that `write` has made. */
  readonly read: (text: string) => S
}

/** Line breaks, and halves of surrogate pairs: a state's digest is that of its lines, in UTF-8, which has no such halves. */
const UNSAFE = /[\\\n\ud800-\udfff]/gu

/** A text in one line that UTF-8 can express. `unescaped(escaped(text))` is the text. */
const escaped = (text: string): string =>
  text.search(UNSAFE) < 0
    ? text
    : text.replaceAll(UNSAFE, (c) => (c === '\\' ? '\\\\' : c === '\n' ? '\\n' : `\\u${c.charCodeAt(0).toString(16)}`))

/** The text that was escaped. */
export const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/g, (_, code: string | undefined, c: string) =>
        code === undefined ? (c === 'n' ? '\n' : c) : String.fromCharCode(parseInt(code, 16))
      )
    : text

/** A state of a service with the last replies to clients. It is written as a text when somebody asks, once. */
export class Held<S> implements ServiceState {
  readonly #service: Service<S>
  readonly value: S
  readonly replies: Replies
  #text: string | undefined

  constructor(service: Service<S>, value: S, replies: Replies) {
    this.#service = service
    this.value = value
    this.replies = replies
  }

  get snapshot(): string {
    this.#text ??= escaped(this.#service.write(this.value))
    return this.#text
  }

  /** As the specification has it. */
  toJSON(): ServiceState {
    return { snapshot: this.snapshot, replies: this.replies }
  }
}

/** A state of the specification as one that is held: itself, where it is. */
export const held = <S>(service: Service<S>, state: ServiceState): Held<S> =>
  state instanceof Held ? (state as Held<S>) : new Held(service, service.read(unescaped(state.snapshot)), state.replies)

/** What an operation makes of a state, and the result as replies have it. */
export const executeOn = <S>(service: Service<S>, value: S, operation: string): readonly [S, string] => {
  const { state, result } = service.execute(value, operation)
  return [state, escaped(result)]
}

/** The service as the specification has it. */
export const specService = <S>(service: Service<S>): SpecService => ({
  initial: escaped(service.write(service.initial)),
  execute: (snapshot, operation) => {
    const [state, result] = executeOn(service, service.read(unescaped(snapshot)), operation)
    return { snapshot: escaped(service.write(state)), result }
  }
})
