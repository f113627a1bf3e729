/**
 * Makes the generated parts of the documentation: the correspondence table, and the code in pages.
 *
 *     npm run docs:generate    writes them
 *     npm run docs:check       changes nothing, and fails where one is missing or stale
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generated, ROOT } from './pages.js'

const check = process.argv.includes('--check')
const { pages, problems } = generated()
const stale = pages.filter(({ before, after }) => before !== after)

if (!check) for (const { file, after } of stale) writeFileSync(join(ROOT, file), after)
for (const problem of problems) process.stderr.write(`${problem}\n`)
for (const { file } of stale)
  process.stdout.write(check ? `${file} is stale: run \`npm run docs:generate\`\n` : `wrote ${file}\n`)
if (problems.length > 0 || (check && stale.length > 0)) process.exitCode = 1
else if (check) process.stdout.write(`${String(pages.length)} pages are what the sources say\n`)
