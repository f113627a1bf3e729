/**
 * A small file of derivations about lists, made by hand, in which every rule is used, and a meaning for its words: so that
 * what a checker accepts can be looked at for truth.
 */

/** An entry of one of the tables of a file. */
export type Entry = ReadonlyArray<unknown> | number

export interface TheoremFile {
  name: string
  vocabulary: number
  symbols: Array<{ name: string; sort: number }>
  variables: number
  terms: Entry[]
  formulas: Array<ReadonlyArray<unknown>>
  premises: number[]
  conclusion: number
  grade: string
  derivation?: { scopes: unknown[]; nodes: unknown[][]; root: number; induction?: number }
}

export interface DerivationsFile {
  format: string
  vocabularies: Array<{ name: string; includes: number[] }>
  sorts: Array<{ vocabulary: number; name: string; equality: string | null; list?: Record<string, number> }>
  words: Array<{ vocabulary: number; name: string; takes: number[]; gives: number | null }>
  theorems: TheoremFile[]
}

export const [NUMBER, LIST] = [0, 1]
export const [NIL, CONS, RCONS, APPEND, SMALL, SHORT, EMPTY, FULL] = [0, 1, 2, 3, 4, 5, 6, 7]

/** The tables of a theorem, each entry once. */
const tables = (): {
  readonly terms: Entry[]
  readonly formulas: Array<ReadonlyArray<unknown>>
  readonly term: (entry: Entry) => number
  readonly formula: (...entry: ReadonlyArray<unknown>) => number
} => {
  const into =
    <E>(all: E[]) =>
    (entry: E): number => {
      const found = all.findIndex((other) => JSON.stringify(other) === JSON.stringify(entry))
      return found >= 0 ? found : all.push(entry) - 1
    }
  const [terms, formulas]: [Entry[], Array<ReadonlyArray<unknown>>] = [[], []]
  const formula = into(formulas)
  return { terms, formulas, term: into(terms), formula: (...entry) => formula(entry) }
}

type Tables = ReturnType<typeof tables>

const theorem = (
  name: string,
  sorts: ReadonlyArray<number>,
  variables: number,
  make: (
    t: Tables,
    symbols: ReadonlyArray<number>
  ) => {
    readonly premises?: number[]
    readonly conclusion: number
    readonly derivation?: TheoremFile['derivation']
  },
  vocabulary = 0
): TheoremFile => {
  const t = tables()
  const {
    premises = [],
    conclusion,
    derivation
  } = make(
    t,
    sorts.map((_, x) => t.term(x))
  )
  const symbols = sorts.map((sort, i) => ({ name: `s${i}`, sort }))
  const { terms, formulas } = t
  const stated = { name, vocabulary, symbols, variables, terms, formulas, premises, conclusion }
  return derivation === undefined ? { ...stated, grade: 'tested' } : { ...stated, grade: 'derived', derivation }
}

const facts = (): ReadonlyArray<TheoremFile> => [
  theorem('append nil', [LIST], 1, ({ term, formula }, [l = -1]) => ({
    conclusion: formula('equal', term([APPEND, term([NIL]), l]), l)
  })),
  theorem('append cons', [NUMBER, LIST, LIST], 3, ({ term, formula }, [x = -1, l = -1, m = -1]) => ({
    conclusion: formula('equal', term([APPEND, term([CONS, x, l]), m]), term([CONS, x, term([APPEND, l, m])]))
  })),
  theorem('nil is empty', [], 0, ({ term, formula }) => ({ conclusion: formula('atom', EMPTY, term([NIL])) })),
  theorem('rcons is full', [LIST, NUMBER], 2, ({ term, formula }, [l = -1, x = -1]) => ({
    conclusion: formula('atom', FULL, term([RCONS, l, x]))
  })),
  {
    ...theorem('nil is short', [], 0, ({ term, formula }) => ({ conclusion: formula('atom', SHORT, term([NIL])) })),
    grade: 'assumed'
  }
]

/** a = b gives b = a, and a = b and b = c give a = c. */
const equality = (): ReadonlyArray<TheoremFile> => [
  theorem('symmetric', [LIST, LIST, LIST], 2, ({ formula }, [a = -1, b = -1, hole = -1]) => ({
    premises: [formula('equal', a, b)],
    conclusion: formula('equal', b, a),
    derivation: {
      scopes: [null],
      nodes: [
        [0, 'premise', 0],
        [0, 'refl', a],
        [0, 'substitute', 0, 2, formula('equal', hole, a), 1]
      ],
      root: 2
    }
  })),
  theorem('transitive', [LIST, LIST, LIST, LIST], 3, ({ formula }, [a = -1, b = -1, c = -1, hole = -1]) => ({
    premises: [formula('equal', a, b), formula('equal', b, c)],
    conclusion: formula('equal', a, c),
    derivation: {
      scopes: [null],
      nodes: [
        [0, 'premise', 0],
        [0, 'premise', 1],
        [0, 'substitute', 1, 3, formula('equal', a, hole), 0]
      ],
      root: 2
    }
  }))
]

const logic = (): ReadonlyArray<TheoremFile> => [
  theorem('swap', [NUMBER, LIST], 2, ({ formula }, [x = -1, l = -1]) => {
    const [p, q] = [formula('atom', SMALL, x), formula('atom', SHORT, l)]
    const [both, never] = [formula('and', p, q), formula('false')]
    const swapped = formula('and', q, p)
    return {
      premises: [formula('or', both, never)],
      conclusion: swapped,
      derivation: {
        scopes: [null, [0, both, []], [0, never, []]],
        nodes: [
          [0, 'premise', 0],
          [1, 'hypothesis', 1],
          [1, 'right', 1],
          [1, 'left', 1],
          [1, 'both', 2, 3],
          [2, 'hypothesis', 2],
          [2, 'absurd', 5, swapped],
          [0, 'cases', 0, 1, 4, 2, 6]
        ],
        root: 7
      }
    }
  }),
  theorem('not not', [NUMBER], 1, ({ formula }, [x = -1]) => {
    const p = formula('atom', SMALL, x)
    const not = formula('implies', p, formula('false'))
    return {
      premises: [formula('implies', not, formula('false'))],
      conclusion: p,
      derivation: {
        scopes: [null, [0, p, []], [0, not, []]],
        nodes: [
          [1, 'hypothesis', 1],
          [0, 'premise', 0],
          [2, 'hypothesis', 2],
          [2, 'detach', 1, 2],
          [2, 'absurd', 3, p],
          [0, 'decide', 1, 0, 2, 4]
        ],
        root: 5
      }
    }
  }),
  theorem('one or other', [NUMBER, LIST], 2, ({ formula }, [x = -1, l = -1]) => {
    const [p, q] = [formula('atom', SMALL, x), formula('atom', SHORT, l)]
    const [pq, qp] = [formula('or', p, q), formula('or', q, p)]
    const first = formula('implies', q, formula('and', pq, qp))
    return {
      conclusion: formula('implies', p, first),
      derivation: {
        scopes: [null, [0, p, []], [1, q, []]],
        nodes: [
          [2, 'hypothesis', 1],
          [2, 'inLeft', 0, q],
          [2, 'inRight', q, 0],
          [2, 'both', 1, 2],
          [1, 'suppose', 2, 3],
          [0, 'suppose', 1, 4]
        ],
        root: 5
      }
    }
  })
]

const lists = (): ReadonlyArray<TheoremFile> => [
  theorem('empty or full', [LIST, NUMBER, LIST, LIST], 1, ({ term, formula }, [l = -1, x = -1, m = -1, hole = -1]) => {
    const rcons = term([RCONS, m, x])
    const [empty, full] = [formula('atom', EMPTY, l), formula('atom', FULL, l)]
    const [isNil, isRcons] = [formula('equal', l, term([NIL])), formula('equal', l, rcons)]
    return {
      conclusion: formula('or', empty, full),
      derivation: {
        scopes: [null, [0, isNil, []], [0, isRcons, [1, 2]]],
        nodes: [
          [1, 'hypothesis', 1],
          [1, 'apply', 5, [l, term([NIL])], [0]],
          [1, 'apply', 2, [], []],
          [1, 'substitute', 1, 3, formula('atom', EMPTY, hole), 2],
          [1, 'inLeft', 3, full],
          [2, 'hypothesis', 2],
          [2, 'apply', 5, [l, rcons], [5]],
          [2, 'apply', 3, [m, x], []],
          [2, 'substitute', 6, 3, formula('atom', FULL, hole), 7],
          [2, 'inRight', empty, 8],
          [0, 'split', 'right', l, 1, 4, 2, 9]
        ],
        root: 10
      }
    }
  }),
  // append(l, nil) = l: an empty l is `append nil`; cons(x, m) is `append cons`, and append(m, nil) = m again.
  theorem(
    'append to nil',
    [LIST, NUMBER, LIST, LIST],
    1,
    ({ term, formula }, [l = -1, x = -1, m = -1, hole = -1]) => {
      const nil = term([NIL])
      const cons = term([CONS, x, m])
      const equalAt = (t: number): number => formula('equal', term([APPEND, t, nil]), t)
      const inner = formula('equal', term([APPEND, cons, nil]), term([CONS, x, hole]))
      return {
        conclusion: equalAt(l),
        derivation: {
          scopes: [null, [0, formula('equal', l, nil), []], [0, formula('equal', l, cons), [1, 2]]],
          nodes: [
            [1, 'hypothesis', 1],
            [1, 'apply', 5, [l, nil], [0]],
            [1, 'apply', 0, [nil], []],
            [1, 'substitute', 1, 3, equalAt(hole), 2],
            [2, 'hypothesis', 2],
            [2, 'again', [m], [], [2]],
            [2, 'apply', 1, [x, m, nil], []],
            [2, 'substitute', 5, 3, inner, 6],
            [2, 'apply', 5, [l, cons], [4]],
            [2, 'substitute', 8, 3, equalAt(hole), 7],
            [0, 'split', 'left', l, 1, 3, 2, 9]
          ],
          root: 10,
          induction: 0
        }
      }
    },
    1
  )
]

/** The file, made anew. */
export const derivationsOfLists = (): DerivationsFile => ({
  format: 'blockforest derivations 1',
  vocabularies: [
    { name: 'lists', includes: [] },
    { name: 'more of lists', includes: [0] },
    { name: 'something else', includes: [] }
  ],
  sorts: [
    { vocabulary: 0, name: 'Number', equality: null },
    { vocabulary: 0, name: 'List', equality: '=', list: { of: NUMBER, nil: NIL, cons: CONS, rcons: RCONS } },
    { vocabulary: 2, name: 'Thing', equality: '=' }
  ],
  words: [
    { vocabulary: 0, name: 'nil', takes: [], gives: LIST },
    { vocabulary: 0, name: 'cons', takes: [NUMBER, LIST], gives: LIST },
    { vocabulary: 0, name: 'rcons', takes: [LIST, NUMBER], gives: LIST },
    { vocabulary: 0, name: 'append', takes: [LIST, LIST], gives: LIST },
    { vocabulary: 0, name: 'small', takes: [NUMBER], gives: null },
    { vocabulary: 0, name: 'short', takes: [LIST], gives: null },
    { vocabulary: 0, name: 'empty', takes: [LIST], gives: null },
    { vocabulary: 0, name: 'full', takes: [LIST], gives: null },
    { vocabulary: 2, name: 'thing', takes: [], gives: 2 }
  ],
  theorems: [...facts(), ...equality(), ...logic(), ...lists()]
})

// ------------------------------------------------------------------------------------------------------- its meaning

type Value = number | ReadonlyArray<number>

const isList = (v: Value | undefined): v is ReadonlyArray<number> => Array.isArray(v)
const listOf = (v: Value | undefined): ReadonlyArray<number> => {
  if (!isList(v)) throw new Error('a term that is no list')
  return v
}

const MEANING: ReadonlyArray<(args: ReadonlyArray<Value>) => Value | boolean> = [
  () => [],
  ([x, l]) => [Number(x), ...listOf(l)],
  ([l, x]) => [...listOf(l), Number(x)],
  ([l, m]) => [...listOf(l), ...listOf(m)],
  ([x]) => x === 0,
  ([l]) => listOf(l).length < 2,
  ([l]) => listOf(l).length === 0,
  ([l]) => listOf(l).length > 0,
  () => 0
]

const DOMAINS: ReadonlyArray<ReadonlyArray<Value>> = [[0, 1], [[], [0], [1], [0, 1], [1, 1, 0]], [0]]

const choices = (sorts: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<Value>> =>
  sorts.reduce<ReadonlyArray<ReadonlyArray<Value>>>(
    (all, sort) => all.flatMap((one) => (DOMAINS[sort] ?? []).map((v) => [...one, v])),
    [[]]
  )

/** Whether the statement of a theorem of the file is true of all values of small domains. */
export const isTrue = ({ symbols, variables, terms, formulas, premises, conclusion }: TheoremFile): boolean => {
  const ofTerm = (t: unknown, values: ReadonlyArray<Value>): Value => {
    const entry = terms[Number(t)]
    if (typeof entry === 'number') return values[entry] ?? 0
    const [w, ...args] = entry ?? []
    const found = MEANING[Number(w)]?.(args.map((a) => ofTerm(a, values)))
    if (found === undefined || typeof found === 'boolean') throw new Error('a term that is none')
    return found
  }
  const holds = (f: unknown, values: ReadonlyArray<Value>): boolean => {
    const [tag, a, b] = formulas[Number(f)] ?? []
    switch (tag) {
      case 'atom':
        return MEANING[Number(a)]?.([ofTerm(b, values)]) === true
      case 'equal':
        return JSON.stringify(ofTerm(a, values)) === JSON.stringify(ofTerm(b, values))
      case 'and':
        return holds(a, values) && holds(b, values)
      case 'or':
        return holds(a, values) || holds(b, values)
      case 'implies':
        return !holds(a, values) || holds(b, values)
      default:
        return false
    }
  }
  return choices(symbols.slice(0, variables).map((s) => s.sort)).every(
    (values) => !premises.every((p) => holds(p, values)) || holds(conclusion, values)
  )
}
