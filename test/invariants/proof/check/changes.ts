/**
 * What can be wrong with a file of derivations: changes of the file about lists, each with what the independent checker says
 * of it, where.
 */
import type { DerivationsFile, TheoremFile } from './lists.js'

export type Change = (file: DerivationsFile, theorem: (name: string) => TheoremFile) => void
export const theoremIn =
  (file: DerivationsFile) =>
  (name: string): TheoremFile => {
    const found = file.theorems.find((t) => t.name === name)
    if (found === undefined) throw new Error(`no theorem ${name}`)
    return found
  }
export const nodesOf = (t: TheoremFile): unknown[][] => t.derivation?.nodes ?? []
export const put = (list: unknown[], i: number, x: unknown): void => void list.splice(i, 1, x)
/** Puts something into a node. */
const inNode =
  (name: string, n: number, i: number, x: unknown): Change =>
  (_file, theorem) =>
    put(nodesOf(theorem(name))[n] ?? [], i, x)
const withNode =
  (name: string, n: number, node: unknown[]): Change =>
  (_file, theorem) =>
    put(nodesOf(theorem(name)), n, node)
const inScope =
  (name: string, scope: number, x: unknown): Change =>
  (_file, theorem) =>
    put(theorem(name).derivation?.scopes ?? [], scope, x)
const inTerm =
  (name: string, t: number, x: TheoremFile['terms'][number]): Change =>
  (_file, theorem) =>
    put(theorem(name).terms, t, x)
export const set = (x: object, field: string, value: unknown): void => void Object.assign(x, { [field]: value })

/** The entry of a formula, as a number: added, if it is not there. */
export const formula = (t: TheoremFile, ...entry: ReadonlyArray<unknown>): number => t.formulas.push(entry) - 1

export const changes: ReadonlyArray<readonly [what: string, change: Change, where: string, expected: string]> = [
  ['another format', (f) => set(f, 'format', '2'), 'format', '"blockforest derivations 1"'],
  ['a field too many', (f) => set(f, 'more', 1), 'the file', 'no field "more"'],
  ['a field that is missing', (f) => Reflect.deleteProperty(f, 'words'), 'the file', 'a field "words"'],
  ['no list', (f) => set(f, 'words', {}), 'words', 'a list'],
  ['no object', (f) => put(f.sorts, 0, []), 'sorts[0]', 'an object'],
  ['no text', (f) => set(f.words[0] ?? {}, 'name', 1), 'words[0], name', 'a text'],

  ['null, where an object is', (f) => put(f.sorts, 0, null), 'sorts[0]', 'an object'],
  ['a text, where an object is', (f) => put(f.sorts, 0, 'Number'), 'sorts[0]', 'an object'],
  ['a number below 0', (f) => set(f.words[0] ?? {}, 'gives', -1), 'words[0], gives', 'the number of a sort'],
  ['half a number', (f) => set(f.words[0] ?? {}, 'gives', 0.5), 'words[0], gives', 'the number of a sort'],
  ['a number as a text', (f) => set(f.words[0] ?? {}, 'gives', '1'), 'words[0], gives', 'the number of a sort'],
  ['a number that is too large', (f) => set(f.words[0] ?? {}, 'gives', 3), 'words[0], gives', 'the number of a sort'],

  [
    'two vocabularies of one name',
    (f) => set(f.vocabularies[1] ?? {}, 'name', 'lists'),
    'vocabularies[1], name',
    'a name that no other'
  ],
  [
    'a vocabulary that includes itself',
    (f) => set(f.vocabularies[1] ?? {}, 'includes', [1]),
    'vocabularies[1], includes[0]',
    'the number of an earlier'
  ],
  ['two sorts of one name', (f) => set(f.sorts[1] ?? {}, 'name', 'Number'), 'sorts[1], name', 'a name that no other'],
  [
    'a sort of no vocabulary',
    (f) => set(f.sorts[0] ?? {}, 'vocabulary', 3),
    'sorts[0], vocabulary',
    'the number of a vocabulary'
  ],
  ['lists without an equality', (f) => set(f.sorts[1] ?? {}, 'equality', null), 'sorts[1], list', 'an equality'],
  ['an equality without a name', (f) => set(f.sorts[2] ?? {}, 'equality', 1), 'sorts[2], equality', 'a text'],
  [
    'lists of what is not seen',
    (f) => set(f.sorts[1]?.list ?? {}, 'of', 2),
    'sorts[1], list, of',
    'a sort that the vocabulary sees'
  ],
  [
    'a nil of another sort',
    (f) => set(f.sorts[1]?.list ?? {}, 'nil', 3),
    'sorts[1], list, nil',
    'a word that takes []'
  ],
  [
    'a nil that gives an element',
    (f) => set(f.words[0] ?? {}, 'gives', 0),
    'sorts[1], list, nil',
    'a word that takes []'
  ],
  [
    'a nil that takes a list',
    (f) => set(f.words[0] ?? {}, 'takes', [1]),
    'sorts[1], list, nil',
    'a word that takes []'
  ],
  [
    'a cons that takes a list more',
    (f) => set(f.words[1] ?? {}, 'takes', [0, 1, 1]),
    'sorts[1], list, cons',
    'a word that takes [0,1]'
  ],
  [
    'a cons that is none',
    (f) => set(f.sorts[1]?.list ?? {}, 'cons', 3),
    'sorts[1], list, cons',
    'a word that takes [0,1]'
  ],
  [
    'an rcons that is none',
    (f) => set(f.sorts[1]?.list ?? {}, 'rcons', 3),
    'sorts[1], list, rcons',
    'a word that takes [1,0]'
  ],
  [
    'one word for two',
    (f) => set(f.sorts[1]?.list ?? {}, 'rcons', 1),
    'sorts[1], list, rcons',
    'a word that takes [1,0] and gives 1'
  ],
  [
    'a nil that is not seen',
    (f) => set(f.words[0] ?? {}, 'vocabulary', 1),
    'sorts[1], list, nil',
    'a word that the vocabulary sees'
  ],
  ['two words of one name', (f) => set(f.words[1] ?? {}, 'name', 'nil'), 'words[1], name', 'a name that no other'],
  [
    'a word of a sort that is not seen',
    (f) => set(f.words[4] ?? {}, 'takes', [2]),
    'words[4], takes[0]',
    'a sort that the vocabulary sees'
  ],
  [
    'a word that gives what is not seen',
    (f) => set(f.words[4] ?? {}, 'gives', 2),
    'words[4], gives',
    'a sort that the vocabulary sees'
  ],

  [
    'two theorems of one name',
    (_f, t) => set(t('swap'), 'name', 'not not'),
    'theorems[8] (not not), name',
    'a name that no other'
  ],
  ['a grade that is none', (_f, t) => set(t('swap'), 'grade', 'proved'), 'theorems[7] (swap), grade', '"derived"'],
  [
    'derived, without a derivation',
    (_f, t) => Reflect.deleteProperty(t('swap'), 'derivation'),
    'theorems[7] (swap)',
    'a derivation'
  ],
  ['tested, with one', (_f, t) => set(t('swap'), 'grade', 'tested'), 'theorems[7] (swap)', 'no derivation'],
  [
    'more variables than symbols',
    (_f, t) => set(t('swap'), 'variables', 3),
    'theorems[7] (swap), variables',
    'the number'
  ],
  [
    'a premise of a symbol that is no variable',
    (_f, t) => set(t('swap'), 'variables', 1),
    'theorems[7] (swap), premises[0]',
    'variables only'
  ],
  [
    'a conclusion of a symbol that is no variable',
    (_f, t) => set(t('append nil'), 'variables', 0),
    'theorems[0] (append nil), conclusion',
    'variables only'
  ],
  [
    'a symbol of a sort that is not seen',
    (_f, t) => set(t('swap').symbols[0] ?? {}, 'sort', 2),
    'theorems[7] (swap), symbols[0], sort',
    'a sort that the vocabulary sees'
  ],
  [
    'a word that is not seen',
    inTerm('append nil', 1, [8]),
    'theorems[0] (append nil), terms[1][0]',
    'a word that the vocabulary sees'
  ],
  [
    'a term of a later one',
    inTerm('append nil', 1, [3, 2, 2]),
    'theorems[0] (append nil), terms[1][1]',
    'the number of an earlier term'
  ],
  [
    'a term of a symbol that there is not',
    inTerm('append nil', 0, 1),
    'theorems[0] (append nil), terms[0]',
    'the number of a symbol'
  ],
  ['a term of a predicate', inTerm('append nil', 2, [5, 0]), 'theorems[0] (append nil), terms[2]', 'a function'],
  ['too few arguments', inTerm('append nil', 2, [3, 1]), 'theorems[0] (append nil), terms[2]', 'more than 2 entries'],
  [
    'an argument of another sort',
    inTerm('rcons is full', 2, [2, 1, 0]),
    'theorems[3] (rcons is full), terms[2][1]',
    'a term of sort 1'
  ],
  [
    'an atom of a function',
    (_f, t) => put(t('rcons is full').formulas, 0, ['atom', 3, 0, 0]),
    'theorems[3] (rcons is full), formulas[0]',
    'a predicate'
  ],
  [
    'an equation of two sorts',
    (_f, t) => put(t('rcons is full').formulas, 0, ['equal', 0, 1]),
    'theorems[3] (rcons is full), formulas[0]',
    'two terms of one sort'
  ],
  [
    'an equation without an equality',
    (_f, t) => put(t('rcons is full').formulas, 0, ['equal', 1, 1]),
    'theorems[3] (rcons is full), formulas[0]',
    'terms of a sort with an equality'
  ],
  [
    'an equation of one term',
    (_f, t) => put(t('append nil').formulas, 0, ['equal', 0]),
    'theorems[0] (append nil), formulas[0]',
    'more than 2 entries'
  ],
  [
    'a formula of a later one',
    (_f, t) => put(t('swap').formulas, 2, ['and', 0, 2]),
    'theorems[7] (swap), formulas[2][2]',
    'an earlier formula'
  ],
  [
    'a formula that is none',
    (_f, t) => put(t('swap').formulas, 0, ['all', 0]),
    'theorems[7] (swap), formulas[0][0]',
    'a formula'
  ],
  [
    'a formula of no kind',
    (_f, t) => put(t('swap').formulas, 0, ['true']),
    'theorems[7] (swap), formulas[0][0]',
    'a formula'
  ],
  [
    'false of something',
    (_f, t) => put(t('swap').formulas, 3, ['false', 0]),
    'theorems[7] (swap), formulas[3]',
    '1 entries, and no more'
  ],

  ['no whole argument', inScope('swap', 0, [0, 0, []]), 'theorems[7] (swap), derivation, scopes', 'null'],
  [
    'no scope',
    (_f, t) => set(t('transitive').derivation ?? {}, 'scopes', []),
    'theorems[6] (transitive), derivation, scopes',
    'the whole argument'
  ],
  [
    'a scope in itself',
    inScope('swap', 1, [1, 2, []]),
    'theorems[7] (swap), derivation, scopes[1][0]',
    'an earlier scope'
  ],
  [
    'a scope of four',
    inScope('swap', 1, [0, 2, [], 1]),
    'theorems[7] (swap), derivation, scopes[1]',
    '3 entries, and no more'
  ],
  [
    'a scope of one symbol',
    inScope('empty or full', 2, [0, 3, [1]]),
    'theorems[10] (empty or full), derivation, scopes[2]',
    'two symbols'
  ],
  [
    'a variable introduced',
    inScope('empty or full', 2, [0, 3, [0, 1]]),
    'theorems[10] (empty or full), derivation, scopes[2]',
    'symbols that are introduced here alone'
  ],
  [
    'a symbol introduced twice',
    inScope('empty or full', 2, [0, 3, [1, 1]]),
    'theorems[10] (empty or full), derivation, scopes[2]',
    'symbols that are introduced here alone'
  ],
  [
    'a hypothesis that is not visible',
    inScope('empty or full', 2, [0, 3, []]),
    'theorems[10] (empty or full), derivation, scopes[2]',
    'a hypothesis of symbols'
  ],

  [
    'a rule that is none',
    inNode('swap', 1, 1, 'trust'),
    'theorems[7] (swap), derivation, nodes[1][1]',
    'the name of a rule'
  ],
  [
    'a rule of every object',
    inNode('swap', 1, 1, 'constructor'),
    'theorems[7] (swap), derivation, nodes[1][1]',
    'the name of a rule'
  ],
  [
    'more than a rule has',
    inNode('swap', 1, 3, 0),
    'theorems[7] (swap), derivation, nodes[1]',
    '3 entries, and no more'
  ],
  [
    'a node of no scope',
    inNode('swap', 1, 0, 3),
    'theorems[7] (swap), derivation, nodes[1][0]',
    'the number of a scope'
  ],
  [
    'a premise that there is not',
    inNode('swap', 0, 2, 1),
    'theorems[7] (swap), derivation, nodes[0][2]',
    'the number of a premise'
  ],
  [
    'the hypothesis of the whole',
    inNode('swap', 1, 2, 0),
    'theorems[7] (swap), derivation, nodes[1][2]',
    'a scope with a hypothesis'
  ],
  [
    'the hypothesis of another scope',
    inNode('swap', 1, 2, 2),
    'theorems[7] (swap), derivation, nodes[1][2]',
    'a scope around this one'
  ],
  [
    'the hypothesis of no scope',
    inNode('swap', 1, 2, 3),
    'theorems[7] (swap), derivation, nodes[1][2]',
    'the number of a scope'
  ],
  [
    'a node of another scope',
    inNode('swap', 6, 2, 1),
    'theorems[7] (swap), derivation, nodes[6][2]',
    'a node of a scope around this one'
  ],
  [
    'a later node',
    inNode('swap', 2, 2, 3),
    'theorems[7] (swap), derivation, nodes[2][2]',
    'the number of an earlier node'
  ],
  [
    'the node itself',
    inNode('swap', 2, 2, 2),
    'theorems[7] (swap), derivation, nodes[2][2]',
    'the number of an earlier node'
  ],
  ['a part of what has none', inNode('swap', 2, 2, 0), 'theorems[7] (swap), derivation, nodes[2]', 'a node with "and"'],
  ['no falsehood', inNode('swap', 6, 2, 0), 'theorems[7] (swap), derivation, nodes[6]', 'a node with "false"'],
  [
    'cases of what has none',
    inNode('swap', 7, 2, 4),
    'theorems[7] (swap), derivation, nodes[7][2]',
    'a node of a scope around'
  ],
  [
    'the second case first',
    withNode('swap', 7, [0, 'cases', 0, 2, 6, 1, 4]),
    'theorems[7] (swap), derivation, nodes[7]',
    'a branch with the first case'
  ],
  [
    'the first case second',
    withNode('swap', 7, [0, 'cases', 0, 1, 4, 1, 4]),
    'theorems[7] (swap), derivation, nodes[7]',
    'a branch with the second case'
  ],
  [
    'two cases with two ends',
    inNode('swap', 7, 4, 3),
    'theorems[7] (swap), derivation, nodes[7]',
    'one formula in both branches'
  ],
  [
    'the whole as a branch',
    inNode('swap', 7, 3, 0),
    'theorems[7] (swap), derivation, nodes[7][3]',
    'a branch of the scope of this node'
  ],
  [
    'no scope as a branch',
    inNode('swap', 7, 3, 3),
    'theorems[7] (swap), derivation, nodes[7][3]',
    'the number of a scope'
  ],
  [
    'another root',
    (_f, t) => set(t('swap').derivation ?? {}, 'root', 0),
    'theorems[7] (swap), derivation, root',
    'a node with the conclusion'
  ],
  [
    'a root in a branch',
    (_f, t) => set(t('swap').derivation ?? {}, 'root', 4),
    'theorems[7] (swap), derivation, root',
    'a node of scope 0'
  ],
  [
    'a root that there is not',
    (_f, t) => set(t('swap').derivation ?? {}, 'root', 8),
    'theorems[7] (swap), derivation, root',
    'the number of a node'
  ],
  [
    'what is not implied from',
    inNode('not not', 3, 3, 1),
    'theorems[8] (not not), derivation, nodes[3]',
    'a node with what is implied from'
  ],
  [
    'detached from what implies nothing',
    inNode('not not', 3, 2, 0),
    'theorems[8] (not not), derivation, nodes[3][2]',
    'a node of a scope around'
  ],
  [
    'decided, and not the opposite',
    inScope('not not', 2, [0, 0, []]),
    'theorems[8] (not not), derivation, nodes[3]',
    'a node with what is implied from'
  ],
  [
    'decided twice the same',
    (_f, t) =>
      set(t('not not'), 'derivation', {
        scopes: [null, [0, 0, []], [0, 0, []]],
        nodes: [
          [1, 'hypothesis', 1],
          [2, 'hypothesis', 2],
          [0, 'decide', 1, 0, 2, 1]
        ],
        root: 2
      }),
    'theorems[8] (not not), derivation, nodes[2]',
    'a branch with the second case'
  ],
  [
    'supposed elsewhere',
    inNode('one or other', 5, 2, 2),
    'theorems[9] (one or other), derivation, nodes[5][2]',
    'a branch of the scope of this node'
  ],
  [
    'supposed by a branch with symbols',
    (_f, t) => {
      const one = t('empty or full')
      nodesOf(one).push([0, 'suppose', 2, 9])
    },
    'theorems[10] (empty or full), derivation, nodes[11][2]',
    'a branch without symbols'
  ],

  [
    'a later theorem',
    inNode('empty or full', 1, 2, 11),
    'theorems[10] (empty or full), derivation, nodes[1][2]',
    'the number of an earlier theorem'
  ],
  [
    'the theorem itself',
    inNode('empty or full', 1, 2, 10),
    'theorems[10] (empty or full), derivation, nodes[1][2]',
    'the number of an earlier theorem'
  ],
  [
    'a theorem that is not seen',
    (_f, t) => set(t('nil is empty'), 'vocabulary', 1),
    'theorems[10] (empty or full), derivation, nodes[2][2]',
    'an earlier theorem that the vocabulary sees'
  ],
  [
    'too few terms',
    inNode('empty or full', 7, 3, [2]),
    'theorems[10] (empty or full), derivation, nodes[7]',
    '2 terms for «rcons is full»'
  ],
  [
    'too few nodes',
    inNode('empty or full', 1, 4, []),
    'theorems[10] (empty or full), derivation, nodes[1]',
    '1 nodes for'
  ],
  [
    'too many nodes',
    inNode('empty or full', 7, 4, [5]),
    'theorems[10] (empty or full), derivation, nodes[7]',
    '0 nodes for'
  ],
  [
    'terms of other sorts',
    inNode('empty or full', 7, 3, [1, 2]),
    'theorems[10] (empty or full), derivation, nodes[7]',
    'a term of the sort of variable 0'
  ],
  [
    'a term that is not visible',
    inNode('empty or full', 1, 3, [0, 2]),
    'theorems[10] (empty or full), derivation, nodes[1][3][1]',
    'a term of symbols that are visible'
  ],
  [
    'a premise that is not met',
    inNode('empty or full', 1, 3, [0, 0]),
    'theorems[10] (empty or full), derivation, nodes[1]',
    'a node with premise 0'
  ],
  [
    'reflexive without an equality',
    (_f, t) => nodesOf(t('one or other')).push([0, 'refl', 0]),
    'theorems[9] (one or other), derivation, nodes[6]',
    'a term of a sort with an equality'
  ],
  [
    'the hole is a variable',
    inNode('symmetric', 2, 3, 0),
    'theorems[5] (symmetric), derivation, nodes[2]',
    'a symbol that is not visible'
  ],
  [
    'a hole of another sort',
    (_f, t) => set(t('symmetric').symbols[2] ?? {}, 'sort', 0),
    'theorems[5] (symmetric), formulas[2]',
    'two terms of one sort'
  ],
  [
    'a formula without that hole',
    (_f, t) => {
      const s = t('symmetric')
      s.symbols.push({ name: 'other', sort: 1 })
      inNode('symmetric', 2, 3, 3)(_f, t)
    },
    'theorems[5] (symmetric), derivation, nodes[2]',
    'a node with the formula'
  ],
  [
    'a hole of another sort than the terms',
    (_f, t) => {
      const s = t('symmetric')
      s.symbols.push({ name: 'other', sort: 0 })
      inNode('symmetric', 2, 3, 3)(_f, t)
    },
    'theorems[5] (symmetric), derivation, nodes[2]',
    'a hole of the sort'
  ],
  [
    'what is not rewritten from',
    inNode('symmetric', 2, 5, 0),
    'theorems[5] (symmetric), derivation, nodes[2]',
    'a node with the formula'
  ],
  [
    'rewritten by what is no equation',
    inNode('empty or full', 3, 2, 2),
    'theorems[10] (empty or full), derivation, nodes[3]',
    'a node with "equal"'
  ],
  [
    'rewritten backwards',
    (_f, t) => put(nodesOf(t('symmetric')), 2, [0, 'substitute', 0, 2, formula(t('symmetric'), 'equal', 1, 2), 1]),
    'theorems[5] (symmetric), derivation, nodes[2]',
    'a node with the formula'
  ],
  [
    'a formula that is not visible',
    inNode('empty or full', 4, 3, 3),
    'theorems[10] (empty or full), derivation, nodes[4]',
    'a formula of symbols that are visible'
  ],

  [
    'split at neither end',
    inNode('empty or full', 10, 2, 'top'),
    'theorems[10] (empty or full), derivation, nodes[10][2]',
    '"left" or "right"'
  ],
  [
    'split at the other end',
    inNode('empty or full', 10, 2, 'left'),
    'theorems[10] (empty or full), derivation, nodes[10]',
    'a branch with the second case'
  ],
  [
    'split with two ends',
    inNode('empty or full', 10, 5, 3),
    'theorems[10] (empty or full), derivation, nodes[10]',
    'one formula in both branches'
  ],
  [
    'split, not empty',
    inNode('empty or full', 10, 4, 2),
    'theorems[10] (empty or full), derivation, nodes[10][4]',
    'a branch without symbols'
  ],
  [
    'split, not longer',
    inNode('empty or full', 10, 6, 1),
    'theorems[10] (empty or full), derivation, nodes[10][6]',
    'a branch with two symbols'
  ],
  [
    'split of what is not visible',
    inNode('empty or full', 10, 3, 2),
    'theorems[10] (empty or full), derivation, nodes[10][3]',
    'a term of symbols'
  ],
  [
    'split of what is no list',
    (_f, t) => put(nodesOf(t('swap')), 7, [0, 'split', 'left', 0, 1, 4, 2, 6]),
    'theorems[7] (swap), derivation, nodes[7]',
    'a term of a sort of lists'
  ],
  [
    'split with the wrong nil',
    (_f, t) => {
      const one = t('empty or full')
      inScope('empty or full', 1, [0, formula(one, 'equal', 0, 0), []])(_f, t)
      nodesOf(one).splice(1, 3, [1, 'refl', 0], [1, 'absurd', 0, 0], [1, 'refl', 0])
    },
    'theorems[10] (empty or full), derivation, nodes[2]',
    'a node with "false"'
  ],

  [
    'an induction that is not said',
    (_f, t) => Reflect.deleteProperty(t('append to nil').derivation ?? {}, 'induction'),
    'theorems[11] (append to nil), derivation, nodes[5]',
    'a derivation with "induction"'
  ],
  [
    'an induction on what is no variable',
    (_f, t) => set(t('append to nil').derivation ?? {}, 'induction', 2),
    'theorems[11] (append to nil), derivation, induction',
    'the number of a variable'
  ],
  [
    'an induction on what is no list',
    (_f, t) => set(t('not not').derivation ?? {}, 'induction', 0),
    'theorems[8] (not not), derivation, induction',
    'a variable of a sort of lists'
  ],
  [
    'again, of the list itself',
    inNode('append to nil', 5, 2, [0]),
    'theorems[11] (append to nil), derivation, nodes[5]',
    'the list that the hypotheses come to'
  ],
  [
    'again, without a shorter list',
    inNode('append to nil', 5, 4, []),
    'theorems[11] (append to nil), derivation, nodes[5]',
    'a hypothesis at least'
  ],
  [
    'again, by the whole argument',
    inNode('append to nil', 5, 4, [0]),
    'theorems[11] (append to nil), derivation, nodes[5][4][0]',
    'a scope with a hypothesis'
  ],
  [
    'again, by a hypothesis elsewhere',
    inNode('append to nil', 5, 4, [1]),
    'theorems[11] (append to nil), derivation, nodes[5][4][0]',
    'a scope around'
  ],
  [
    'again, by one hypothesis twice',
    inNode('append to nil', 5, 4, [2, 2]),
    'theorems[11] (append to nil), derivation, nodes[5][4][1]',
    'a hypothesis that takes one element'
  ],
  [
    'again, of a list that is appended to',
    (_f, t) => {
      const one = t('append to nil')
      const longer = one.terms.push([3, 0, 0]) - 1
      inScope('append to nil', 1, [0, formula(one, 'equal', 0, longer), []])(_f, t)
      put(nodesOf(one), 1, [1, 'again', [0], [], [1]])
    },
    'theorems[11] (append to nil), derivation, nodes[1][4][0]',
    'a hypothesis that takes one element'
  ],
  [
    'again, of a list that is another',
    (_f, t) => {
      const one = t('append to nil')
      inScope('append to nil', 1, [0, formula(one, 'equal', 0, 0), []])(_f, t)
      put(nodesOf(one), 1, [1, 'again', [0], [], [1]])
    },
    'theorems[11] (append to nil), derivation, nodes[1][4][0]',
    'a hypothesis that takes one element'
  ],
  [
    'again, in the empty case',
    (_f, t) => {
      const one = t('append to nil')
      put(nodesOf(one), 5, [1, 'again', [0], [], [1]])
    },
    'theorems[11] (append to nil), derivation, nodes[5][4][0]',
    'a hypothesis that takes one element'
  ]
]
