/**
 * What the code may say. Formatting is Biome's business, and which folder may import which is
 * dependency-cruiser's; here are the rules of the language itself:
 *
 * - everywhere: typescript-eslint's strict and stylistic rules, with type information;
 * - `spec/` and `invariants/`: no `any`, no type assertion but `as const`, no suppressed type error.
 *   The proof kernel alone is exempt, since the types of typed proofs are phantoms, and nothing rests on them;
 * - `spec/`: pure, total functions. No statement that changes state or leaves a function early by an
 *   exception, and nothing that reaches outside: no I/O, no clock, no randomness.
 */
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** What makes data of what writers write: their types are phantoms, and are asserted here. No trust rests on them. */
const KERNEL = 'invariants/proof/kernel/*.ts'

/** @typedef {{ readonly regex: string, readonly message: string }} Pattern */

/** Import paths that type-check and then fail in plain Node. */
const UNRESOLVABLE = [
  { regex: '^fp-ts($|/(?!lib/))', message: "Import 'fp-ts/lib/Module.js': other paths throw in plain Node." },
  { regex: '^fp-ts/lib/.*(?<!\\.js)$', message: "Write the extension: 'fp-ts/lib/Module.js'." },
  {
    regex: '^io-ts/(?!lib/.*\\.js$)',
    message: "Import 'io-ts' or 'io-ts/lib/Module.js': other paths throw in plain Node."
  },
  {
    regex: '^@noble/hashes($|/.*(?<!\\.js)$)',
    message: "Import a module of it, with its extension: '@noble/hashes/sha2.js'."
  }
]
const IO_TS = { regex: '^io-ts($|/)', message: 'Only files named codec.ts decode: import io-ts there.' }
const HASHES = {
  regex: '^@noble/hashes/',
  message: 'Only spec/blockchain/instances/ makes the hash concrete; elsewhere take it as a parameter.'
}
const OUTSIDE = {
  regex: '^node:',
  message: 'The specification reaches nothing outside itself: no I/O, no clock, no randomness.'
}
const UPWARD = { regex: '(^|/)(impl|invariants|test)/', message: 'The specification imports only itself.' }
const RUNNING = { regex: '(^|/)(impl|test)/', message: 'Invariants speak of the specification, never of what runs.' }

/**
 * @param {readonly Pattern[]} more
 * @returns {['error', { patterns: Pattern[] }]}
 */
const imports = (...more) => ['error', { patterns: [...UNRESOLVABLE, ...more] }]

/** What a pure, total function has no need of. */
const IMPURE_SYNTAX = [
  {
    selector: 'ClassDeclaration, ClassExpression',
    message: 'No classes in the specification: data are read-only records, behaviour is functions.'
  },
  {
    selector: "VariableDeclaration[kind!='const']",
    message: 'No let, var or using in the specification: name a new value.'
  },
  {
    selector: 'AssignmentExpression, UpdateExpression, UnaryExpression[operator="delete"]',
    message: 'Nothing is changed in place in the specification: return a new value.'
  },
  {
    selector: 'ForStatement, ForInStatement, ForOfStatement, WhileStatement, DoWhileStatement',
    message: 'No loops in the specification: use recursion or the sequence functions of spec/prelude.'
  },
  {
    selector: 'ThrowStatement, TryStatement',
    message: 'No exceptions in the specification: functions are total; return an Option or an Either.'
  },
  {
    selector: ':function[async=true], AwaitExpression, ImportExpression',
    message: 'Nothing in the specification waits: a step is a function from a state to a state.'
  },
  {
    selector: "NewExpression[callee.name='Date'], MetaProperty",
    message: 'No clock and no surroundings in the specification: pass what is needed as a parameter.'
  }
]
const IMPURE_GLOBALS = [
  ...['process', 'console', 'fetch', 'require', 'globalThis', 'global', 'navigator'].map((name) => ({
    name,
    message: 'No I/O and no surroundings in the specification.'
  })),
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({
    name,
    message: 'No clock in the specification: pass the time as a parameter.'
  })),
  { name: 'crypto', message: 'No randomness in the specification: pass the choice as a parameter.' },
  { name: 'Promise', message: 'Nothing in the specification waits.' }
]

export default defineConfig(
  // The last are files of VitePress that are there for a moment, while it builds the site.
  globalIgnores([
    '**/dist/',
    'coverage/',
    'reports/',
    '.stryker-tmp/',
    'test-d/',
    'docs/.vitepress/',
    '**/*.timestamp-*.mjs'
  ]),

  {
    name: 'blockforest/everywhere',
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-constant-binary-expression': 'error',
      'no-self-compare': 'error',
      // No 'no-unmodified-loop-condition': it does not see what closures and methods change.
      'no-unreachable-loop': 'error',
      'object-shorthand': 'error',
      'no-restricted-imports': imports(),

      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
      ],

      // A property of function type is checked contravariantly; a method is not.
      '@typescript-eslint/method-signature-style': ['error', 'property'],
      '@typescript-eslint/array-type': ['error', { default: 'array-simple', readonly: 'generic' }],

      // Rules that are at odds with a functional style, relaxed.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' }
      ],
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      '@typescript-eslint/consistent-type-definitions': 'off', // data are interfaces, sums and functions are types
      '@typescript-eslint/no-unnecessary-type-parameters': 'off', // the names in a typed proof are such parameters
      '@typescript-eslint/unified-signatures': 'off' // overloads follow the source they transcribe
    }
  },

  {
    name: 'blockforest/sound',
    files: ['spec/**/*.ts', 'invariants/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }]
    }
  },
  {
    name: 'blockforest/kernel',
    files: [KERNEL],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      '@typescript-eslint/non-nullable-type-assertion-style': 'off'
    }
  },

  {
    name: 'blockforest/spec',
    files: ['spec/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...IMPURE_SYNTAX],
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'No randomness in the specification: pass the choice as a parameter.'
        }
      ],
      'no-param-reassign': 'error',
      'no-restricted-imports': imports(OUTSIDE, UPWARD, IO_TS, HASHES)
    }
  },
  {
    name: 'blockforest/spec/instances',
    files: ['spec/blockchain/instances/**/*.ts'],
    rules: { 'no-restricted-imports': imports(OUTSIDE, UPWARD, IO_TS) }
  },
  {
    name: 'blockforest/spec/codec',
    files: ['spec/**/codec.ts'],
    rules: { 'no-restricted-imports': imports(OUTSIDE, UPWARD, HASHES) }
  },
  {
    name: 'blockforest/spec/instances/codec',
    files: ['spec/blockchain/instances/**/codec.ts'],
    rules: { 'no-restricted-imports': imports(OUTSIDE, UPWARD) }
  },

  {
    name: 'blockforest/invariants',
    files: ['invariants/**/*.ts'],
    rules: { 'no-restricted-imports': imports(RUNNING, IO_TS, HASHES) }
  },
  {
    name: 'blockforest/invariants/codec',
    files: ['invariants/**/codec.ts'],
    rules: { 'no-restricted-imports': imports(RUNNING, HASHES) }
  },
  {
    name: 'blockforest/checker/names',
    files: ['invariants/checker/data/names.ts', 'invariants/checker/search/checkpoint.ts'],
    rules: { 'no-restricted-imports': imports(RUNNING, IO_TS) }
  },

  // A function is read at one sight. One that mirrors a functor of the Coq development is as long as the functor; whatever
  // else is longer says why where it is.
  {
    name: 'blockforest/lengths/functions',
    files: ['spec/**/*.ts', 'invariants/**/*.ts', 'impl/**/*.ts', 'scripts/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 80 }] }
  },
  {
    name: 'blockforest/lengths/files',
    files: ['invariants/checker/**/*.ts', 'impl/cli/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300 }] }
  },

  {
    name: 'blockforest/test',
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' }
  },
  {
    // An attack on the kernel does with types what they are there to prevent.
    name: 'blockforest/attacks',
    files: ['test/invariants/proof/attacks/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-floating-promises': 'off'
    }
  }
)
