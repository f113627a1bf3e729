/**
 * Building the site of the documentation, once for all processes that take part in a run of the tests.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Builds the site into a folder; says what VitePress says where it cannot be built. */
const buildSite = (folder: string, signal: AbortSignal | undefined): Promise<string> =>
  new Promise((resolve) => {
    const vitepress = join(ROOT, 'node_modules/vitepress/bin/vitepress.js')
    const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
    // These are what a test runner says of itself, and make Vite build for development.
    delete env['NODE_ENV']
    delete env['VITEST']
    execFile(
      process.execPath,
      [vitepress, 'build', 'docs', '--outDir', folder],
      { cwd: ROOT, env, signal },
      (error, out, err) => {
        resolve(error === null ? '' : `the site cannot be built:\n${out}\n${err}`)
      }
    )
  })

/** How often to look whether the site is there that another process builds, in milliseconds. */
const LOOK = 200

/**
 * The site, in a folder that the tests of a run share, and what is wrong with it, or nothing: built by the first process that
 * asks, while the others wait.
 */
export const siteIn = async (
  folder: string,
  signal?: AbortSignal
): Promise<{ readonly site: string; readonly fault: string }> => {
  const [site, begun, ended] = [join(folder, 'site'), join(folder, 'begun'), join(folder, 'ended')]
  // One process alone makes a folder.
  const isFirst = await mkdir(begun).then(
    () => true,
    () => false
  )
  if (isFirst) {
    const fault = await buildSite(site, signal)
    writeFileSync(`${ended}.part`, fault)
    renameSync(`${ended}.part`, ended)
  }
  while (!existsSync(ended)) await setTimeout(LOOK)
  return { site, fault: readFileSync(ended, 'utf8') }
}
