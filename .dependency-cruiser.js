/**
 * Which folder may import which. The direction is spec <- invariants <- impl, and never back; inside `impl`,
 * each part shows one index.ts. Type-only imports count like any others.
 */

const NPM = 'node_modules/'
/** The specification's vocabulary, and the only packages that `spec/` sees. */
const SPEC_PACKAGES = `${NPM}(fp-ts|io-ts|@noble/hashes)/`
const CODEC = '(^|/)codec[.]ts$'
/** Node's own modules that the checker needs to use more than one core and to time itself. */
const CHECKER_BUILTINS = '^(node:)?(worker_threads|os|perf_hooks|url)$'

/**
 * The rooms of the checker, and for each those that it may import beside itself. Each sees what is more general than it:
 * values, what a model is, the three ways to hold its states, executions of it, what their clients saw, searches, searches by
 * several threads.
 *
 * @type {Readonly<Record<string, ReadonlyArray<string>>>}
 */
const CHECKER_ROOMS = {
  data: [],
  model: ['data'],
  network: ['data', 'model'],
  state: ['data', 'model'],
  components: ['data', 'model'],
  trace: ['data', 'model', 'network', 'state'],
  graph: ['data', 'model', 'network', 'state', 'trace'],
  history: ['data', 'model', 'trace'],
  search: ['data', 'model', 'network', 'state', 'trace', 'graph'],
  threads: ['data', 'model', 'network', 'state', 'trace', 'graph', 'search']
}

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const checkerRooms = Object.entries(CHECKER_ROOMS).map(([room, seen]) => ({
  name: `checker-${room}`,
  comment: `Of the checker, invariants/checker/${room}/ imports ${['itself', ...seen.map((other) => `${other}/`)].join(', ')}.`,
  severity: 'error',
  from: { path: `^invariants/checker/${room}/` },
  to: { path: '^invariants/checker/', pathNot: `^invariants/checker/(${[room, ...seen].join('|')})/` }
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'spec-is-closed',
      comment: 'spec/ imports only spec/, fp-ts, and in their places io-ts and @noble/hashes.',
      severity: 'error',
      from: { path: '^spec/' },
      to: { pathNot: ['^spec/', SPEC_PACKAGES] }
    },
    {
      name: 'spec-decodes-in-codecs',
      comment: 'Within spec/ only files named codec.ts import io-ts.',
      severity: 'error',
      from: { path: '^spec/', pathNot: CODEC },
      to: { path: `${NPM}io-ts/` }
    },
    {
      name: 'spec-hashes-in-instances',
      comment: 'Within spec/ only spec/blockchain/instances/ imports @noble/hashes; elsewhere the hash is a parameter.',
      severity: 'error',
      from: { path: '^spec/', pathNot: '^spec/blockchain/instances/' },
      to: { path: `${NPM}@noble/hashes/` }
    },
    {
      name: 'invariants-speak-of-the-spec',
      comment:
        'invariants/ imports spec/, itself, fp-ts, fast-check, pure-rand and @noble/hashes, and io-ts in its codecs; never impl/.',
      severity: 'error',
      from: { path: '^invariants/' },
      to: {
        dependencyTypesNot: ['core'],
        pathNot: ['^(spec|invariants)/', `${NPM}(fp-ts|fast-check|io-ts|pure-rand|@noble/hashes)/`]
      }
    },
    {
      name: 'invariants-decode-in-codecs',
      comment: 'Within invariants/ only files named codec.ts import io-ts.',
      severity: 'error',
      from: { path: '^invariants/', pathNot: CODEC },
      to: { path: `${NPM}io-ts/` }
    },
    {
      name: 'invariants-run-no-machine',
      comment:
        "Of Node's own modules, invariants/checker/ may import worker_threads, os, perf_hooks and url; the rest of invariants/ none.",
      severity: 'error',
      from: { path: '^invariants/', pathNot: '^invariants/checker/' },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'checker-runs-workers-only',
      comment: "Of Node's own modules, invariants/checker/ may import worker_threads, os, perf_hooks and url.",
      severity: 'error',
      from: { path: '^invariants/checker/' },
      to: { dependencyTypes: ['core'], pathNot: CHECKER_BUILTINS }
    },
    {
      name: 'checker-knows-no-protocol',
      comment: 'Of spec/, invariants/checker/ imports prelude/ and system/; of the rest of invariants/, property/.',
      severity: 'error',
      from: { path: '^invariants/checker/' },
      to: { path: '^(spec|invariants)/', pathNot: '^(spec/(prelude|system)|invariants/(checker|property))/' }
    },
    ...checkerRooms,
    {
      name: 'impl-parts-meet-at-their-index',
      comment: 'A part of impl/ imports another part only by its index.ts.',
      severity: 'error',
      from: { path: '^impl/([^/]+)/' },
      to: { path: '^impl/[^/]+/', pathNot: ['^impl/$1/', '^impl/[^/]+/index[.]ts$'] }
    },
    {
      name: 'impl-root-sees-indexes',
      comment: 'The files directly in impl/ import its parts only by their index.ts.',
      severity: 'error',
      from: { path: '^impl/[^/]+[.]ts$' },
      to: { path: '^impl/[^/]+/', pathNot: '^impl/[^/]+/index[.]ts$' }
    },
    {
      name: 'explorer-knows-no-system',
      comment:
        'impl/explorer/ imports neither spec/, nor a system or the catalogue, and no module of Node: it runs in browsers, which load the systems that they show.',
      severity: 'error',
      from: { path: '^impl/explorer/' },
      to: {
        path: [
          '^spec/',
          '^invariants/(blockchain|byzantine|contracts|lecture)/',
          '^invariants/systems/(catalogue|index|source)[.]ts$',
          '^invariants/checker/(index[.]ts$|threads/)',
          '^(node:)?(assert|child_process|crypto|fs|http|net|os|path|perf_hooks|process|url|util|worker_threads)$'
        ]
      }
    },
    {
      name: 'nothing-ships-tests',
      comment: 'What is published imports neither tests, scripts nor documentation, nor its own build.',
      severity: 'error',
      from: { path: '^(spec|invariants|impl)/' },
      to: { path: '^(test|test-d|scripts|docs|dist|coverage)/' }
    },
    {
      name: 'no-development-packages',
      comment: 'What is published imports only packages in "dependencies".',
      severity: 'error',
      from: { path: '^(spec|invariants|impl)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only']
      }
    },
    {
      name: 'no-cycles',
      comment: 'No module imports itself, however far around.',
      severity: 'error',
      from: {},
      to: { circular: true }
    },
    {
      name: 'no-unresolved',
      comment: 'Every import leads to a file.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true }
    }
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['main', 'types']
    }
  }
}
