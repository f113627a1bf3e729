/**
 * Vocabularies, sorts and words: what all theorems of a file are about.
 */
import type { Json } from './json.js'

export interface Vocabulary {
  /** Itself, what it includes, and what those see. */
  readonly sees: ReadonlySet<Vocabulary>
  /** The names that are taken in it, each with what it is a name of. */
  readonly names: Set<string>
}

export interface Sort {
  readonly number: number
  readonly vocabulary: Vocabulary
  readonly hasEquality: boolean
  /** Where it is one of lists: the sort of elements, and three words. */
  list: { readonly of: Sort; readonly nil: Word; readonly cons: Word; readonly rcons: Word } | undefined
}

export interface Word {
  readonly number: number
  readonly vocabulary: Vocabulary
  readonly takes: ReadonlyArray<Sort>
  /** Null for a predicate. */
  readonly gives: Sort | null
}

export interface Signature {
  readonly vocabularies: ReadonlyArray<Vocabulary>
  readonly sorts: ReadonlyArray<Sort>
  readonly words: ReadonlyArray<Word>
}

/** Counts steps that are not bounded by the length of the file. */
type Spend = (steps: number) => void

const readVocabularies = (json: Json, spend: Spend): ReadonlyArray<Vocabulary> => {
  const names = new Set<string>()
  const vocabularies: Vocabulary[] = []
  for (const entry of json.list()) {
    const field = entry.fields(['name', 'includes'])
    field('name').newName('vocabulary', names)
    const sees = new Set<Vocabulary>()
    for (const included of field('includes').list()) {
      const earlier = included.among(vocabularies, 'an earlier vocabulary')
      if (sees.has(earlier)) continue
      spend(earlier.sees.size)
      for (const v of earlier.sees) sees.add(v)
    }
    const vocabulary = { sees, names: new Set<string>() }
    sees.add(vocabulary)
    vocabularies.push(vocabulary)
  }
  return vocabularies
}

/** A sort, and what is said of its lists: words are read after sorts. */
const readSort = (json: Json, number: number, vocabularies: ReadonlyArray<Vocabulary>) => {
  const field = json.fields(['vocabulary', 'name', 'equality'], ['list'])
  const vocabulary = field('vocabulary').among(vocabularies, 'a vocabulary')
  field('name').newName('sort', vocabulary.names)
  const hasEquality = field('equality').value !== null
  if (hasEquality) field('equality').text()
  const sort: Sort = { number, vocabulary, hasEquality, list: undefined }
  return { sort, list: field('list') }
}

/** What has this number in a list, and is of a vocabulary that another sees. */
export const seen = <X extends { readonly vocabulary: Vocabulary }>(
  json: Json,
  all: ReadonlyArray<X>,
  by: Vocabulary,
  what: string
): X => {
  const x = json.among(all, what)
  json.expect(by.sees.has(x.vocabulary), `${what} that the vocabulary sees`)
  return x
}

const readWord = (
  json: Json,
  number: number,
  vocabularies: ReadonlyArray<Vocabulary>,
  sorts: ReadonlyArray<Sort>
): Word => {
  const field = json.fields(['vocabulary', 'name', 'takes', 'gives'])
  const vocabulary = field('vocabulary').among(vocabularies, 'a vocabulary')
  field('name').newName('word', vocabulary.names)
  const takes = field('takes')
    .list()
    .map((sort) => seen(sort, sorts, vocabulary, 'a sort'))
  const gives = field('gives').value === null ? null : seen(field('gives'), sorts, vocabulary, 'a sort')
  return { number, vocabulary, takes, gives }
}

/** What makes a sort one of lists. */
const readList = (json: Json, sort: Sort, { sorts, words }: Signature): Sort['list'] => {
  const field = json.fields(['of', 'nil', 'cons', 'rcons'])
  const of = seen(field('of'), sorts, sort.vocabulary, 'a sort')
  const read = (name: 'nil' | 'cons' | 'rcons', takes: ReadonlyArray<Sort>): Word => {
    const word = seen(field(name), words, sort.vocabulary, 'a word')
    const isSo = word.gives === sort && word.takes.length === takes.length && takes.every((s, i) => s === word.takes[i])
    field(name).expect(isSo, `a word that takes [${takes.map((s) => s.number).join()}] and gives ${sort.number}`)
    return word
  }
  const list = { of, nil: read('nil', []), cons: read('cons', [of, sort]), rcons: read('rcons', [sort, of]) }
  json.expect(sort.hasEquality, 'an equality of lists')
  json.expect(list.cons !== list.rcons, 'different words')
  return list
}

export const readSignature = (vocabularies: Json, sorts: Json, words: Json, spend: Spend): Signature => {
  const known = readVocabularies(vocabularies, spend)
  const said = sorts.list().map((json, number) => readSort(json, number, known))
  const made = said.map(({ sort }) => sort)
  const signature = {
    vocabularies: known,
    sorts: made,
    words: words.list().map((json, number) => readWord(json, number, known, made))
  }
  for (const { sort, list } of said) if (list.value !== undefined) sort.list = readList(list, sort, signature)
  return signature
}
