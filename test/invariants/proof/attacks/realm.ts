/**
 * Attacks by what is replaced after the kernel was loaded: methods of lists and registers, iterators, setters. A program of
 * its own, since nothing else would survive them; it prints what each came to, in a line.
 */
import {
  derive,
  falsum,
  given,
  not,
  refute,
  theorem,
  theoremOf,
  vocabulary
} from '../../../../invariants/proof/kernel.js'

Error.stackTraceLimit = 0
const { defineProperty, getOwnPropertyDescriptor, deleteProperty } = Reflect
const { stringify } = JSON
const write = process.stdout.write.bind(process.stdout)
const words = vocabulary('nothing')

/** A theorem of something false, by the hypothesis of a branch that was left, or by an object that is no proof. */
const falsely = (name: string, how: 'leaked' | 'forged'): unknown =>
  theorem({ name, source: 'an attack', variables: [], vocabulary: words })(() =>
    given()
      .infer(falsum)
      .by(() => {
        let out: unknown = {}
        refute(not(falsum), (h) => {
          if (how === 'leaked') out = h
          return h
        })
        return out as never
      })
  )

/** The `get` of registers that give away whatever they have seen. */
const generous = (get: (key: any) => unknown) => {
  let seen: unknown
  return function (this: unknown, key: unknown): unknown {
    const found = get.call(this, key)
    seen ??= found
    return found ?? seen
  }
}

interface Replacement {
  readonly says: string
  readonly of: object
  readonly key: PropertyKey
  readonly by: PropertyDescriptor
}

const method = (says: string, of: object, key: PropertyKey, value: unknown): Replacement => ({
  says,
  of,
  key,
  by: { value, configurable: true, writable: true }
})

const replacements: ReadonlyArray<Replacement> = [
  method('every', Array.prototype, 'every', () => true),
  method('some', Array.prototype, 'some', () => true),
  method('includes', Array.prototype, 'includes', () => true),
  method('map', Array.prototype, 'map', () => []),
  method('push', Array.prototype, 'push', () => 0),
  method('has of weak maps', WeakMap.prototype, 'has', () => true),
  method('get of weak maps', WeakMap.prototype, 'get', generous(WeakMap.prototype.get)),
  method('set of weak maps', WeakMap.prototype, 'set', () => undefined),
  method('get of maps', Map.prototype, 'get', generous(Map.prototype.get)),
  method('has of sets', Set.prototype, 'has', () => true),
  method('weak maps', globalThis, 'WeakMap', Map),
  method('the identity of objects', Object, 'is', () => true),
  method('freezing', Object, 'freeze', (x: unknown) => x),
  method('calling', Function.prototype, 'call', () => true),
  method('applying', Reflect, 'apply', () => true),
  method('an iterator of lists', Array.prototype, Symbol.iterator, function* () {
    yield undefined
  }),
  method('what is an instance', Function.prototype, Symbol.hasInstance, () => true),
  { says: 'a setter of lists', of: Array.prototype, key: '0', by: { set: () => undefined, configurable: true } },
  { says: 'a getter of all objects', of: Object.prototype, key: 'node', by: { get: () => 0, configurable: true } },
  { says: 'a value of all objects', of: Object.prototype, key: 'get', by: { value: () => falsum, configurable: true } }
]

const outcome = (f: unknown): string => {
  const made = theoremOf(f)
  try {
    return made !== undefined && derive(made) !== undefined ? 'DERIVED' : 'no theorem'
  } catch (error) {
    return (error as Error).message
  }
}

for (const { says, of, key, by } of replacements)
  for (const how of ['leaked', 'forged'] as const) {
    const lemma = falsely(`${says}, ${how}`, how)
    const before = getOwnPropertyDescriptor(of, key)
    defineProperty(of, key, by)
    const found = outcome(lemma)
    if (before === undefined) deleteProperty(of, key)
    else defineProperty(of, key, before)
    write(`${stringify([says, how, found])}\n`)
  }
