/**
 * Addresses that can be shared: a system, its parameters, its mutant and a path, as what stands behind the `#`.
 *
 * `system=toychain&--nodes=3&--losses=1&path=0.4.2&end=1k2j3`: parameters stand under their options of the command line,
 * as far as they are not as they are initially, and the path is the places of its steps. Places mean what they mean in one
 * version of the specification; so the end of the path has a mark, by which another version is found out.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Texts } from './choice.js'
import type { Path } from './walk.js'

/** What an address names. */
export interface Address {
  readonly system: string
  readonly texts: Texts
  readonly mutant?: string
  readonly path: Path
  /** The mark of the state at the end of the path. Default: it is not known. */
  readonly end?: string
}

/** The mark of a state: 32 bits of its key (FNV-1a). */
export const markOf = (key: string): string => {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** What stands in an address besides parameters. */
const KEYS = ['system', 'mutant', 'start', 'path', 'loop', 'end']

const natural = (key: string, text: string): Either<string, number> =>
  /^\d{1,9}$/.test(text) ? E.right(Number(text)) : E.left(`${key}: expected a whole number, found ${text}`)

/** What an address names. Left: what is wrong with it. */
export const readAddress = (text: string): Either<string, Address> => {
  const fields = new Map<string, string>()
  for (const [key, value] of new URLSearchParams(text.replace(/^#/, ''))) {
    if (fields.has(key)) return E.left(`${key} occurs twice`)
    if (!KEYS.includes(key) && !key.startsWith('--'))
      return E.left(`it says ${key}, which is none of ${KEYS.join(', ')} and no parameter (--${key})`)
    fields.set(key, value)
  }
  const [system, mutant, end] = [fields.get('system'), fields.get('mutant'), fields.get('end')]
  if (system === undefined || system === '') return E.left('it names no system')
  const start = natural('start', fields.get('start') ?? '0')
  const loop = fields.get('loop')
  const known = loop === undefined ? E.right(undefined) : natural('loop', loop)
  const path = fields.get('path') ?? ''
  if (E.isLeft(start)) return start
  if (E.isLeft(known)) return known
  if (!/^(\d{1,9}([.]\d{1,9})*)?$/.test(path))
    return E.left(`path: expected the numbers of steps with dots between them, found ${path}`)
  return E.right({
    system,
    texts: Object.fromEntries(
      [...fields].flatMap(([key, value]) => (key.startsWith('--') ? [[key.slice(2), value] as const] : []))
    ),
    ...(mutant === undefined ? {} : { mutant }),
    path: {
      start: start.right,
      places: path === '' ? [] : path.split('.').map(Number),
      ...(known.right === undefined ? {} : { loop: known.right })
    },
    ...(end === undefined ? {} : { end })
  })
}

/** An address as what stands behind the `#`. */
export const writeAddress = ({ system, texts, mutant, path, end }: Address): string => {
  const written = new URLSearchParams({ system })
  const add = (key: string, text: string | undefined): void => {
    if (text !== undefined) written.append(key, text)
  }
  for (const [flag, text] of Object.entries(texts)) add(`--${flag}`, text)
  add('mutant', mutant)
  add('start', path.start === 0 ? undefined : String(path.start))
  add('path', path.places.length === 0 ? undefined : path.places.join('.'))
  add('loop', path.loop === undefined ? undefined : String(path.loop))
  add('end', end)
  return written.toString()
}
