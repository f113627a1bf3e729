/**
 * Bundles the command line into `dist/bin`, after `tsc` has compiled the library: a command that loads hundreds of small
 * files takes longer to start than many a search to end.
 */
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** The root of the project. */
const ROOT = join(import.meta.dirname, '..')

/** Bundles the command line into a folder, from the sources alone. */
export const bundle = async (outdir: string): Promise<void> => {
  // The names of shared pieces change with what is in them.
  rmSync(outdir, { recursive: true, force: true })
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      blockforest: 'impl/cli/main.ts',
      // What the threads of a parallel search load, under the names that they are looked for beside the bundle.
      worker: 'invariants/checker/threads/worker.ts',
      source: 'invariants/systems/source.ts',
      // What loads a user's TypeScript, in the command and in its threads.
      modules: 'impl/cli/modules.ts'
    },
    outdir,
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
  chmodSync(join(outdir, 'blockforest.js'), 0o755)
}

if (process.argv[1] === import.meta.filename) await bundle(join(ROOT, 'dist/bin'))
