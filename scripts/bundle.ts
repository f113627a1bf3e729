/**
 * Bundles the command line into `dist/bin`, after `tsc` has compiled the library: a command that loads hundreds of small
 * files takes longer to start than many a search to end.
 */
import { chmodSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

// The names of shared pieces change with what is in them.
rmSync('dist/bin', { recursive: true, force: true })
await build({
  entryPoints: {
    blockforest: 'impl/cli/main.ts',
    // What the threads of a parallel search load, under the names that they are looked for beside the bundle.
    worker: 'invariants/checker/threads/worker.ts',
    source: 'invariants/systems/source.ts',
    // What loads a user's TypeScript, in the command and in its threads.
    modules: 'impl/cli/modules.ts'
  },
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // It finds its own files beside itself.
  external: ['tsx'],
  logLevel: 'warning',
  // Bundled packages that are CommonJS call require for what Node has built in.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);"
  }
})
chmodSync('dist/bin/blockforest.js', 0o755)
