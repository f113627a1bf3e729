/**
 * Makes the pictures in docs/drawings/: executions of systems that pages show, besides those of the lecture.
 *
 *     npx tsx scripts/docs/drawings.ts            writes them
 *     npx tsx scripts/docs/drawings.ts --check    changes nothing, and fails where one is missing or stale
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { drawScene } from '../../impl/live/scenes.js'
import type { SceneRequest } from '../../impl/live/scenes.js'
import { catalogue, nameOf } from '../../invariants/systems/index.js'
import { read, ROOT } from './pages.js'

/** Where the pictures are. */
export const DRAWINGS = 'docs/drawings'

const systems = Object.fromEntries(catalogue.map((system) => [nameOf(system), () => Promise.resolve(system)]))

/** The view change that the page on PBFT has a reader run, too. */
const VIEW_CHANGE: SceneRequest = {
  system: 'pbft',
  preset: '2 views, all honest',
  wanted: {
    _tag: 'Walk',
    words: [
      'view 0  replica 0 proposes a',
      'view 0  replica 1 accepts a',
      'view 0  replica 2 accepts a',
      'view 0  replica 1 is prepared for a',
      'view 1  replica 1 waits for it',
      'view 1  replica 2 waits for it',
      'view 1  replica 3 waits for it',
      'view 1  replica 1 begins it with a',
      'view 1  replica 2 follows its new view with a',
      'view 1  replica 3 follows its new view with a',
      'view 1  replica 1 is prepared for a',
      'view 1  replica 2 is prepared for a',
      'view 1  replica 3 is prepared for a',
      'view 1  replica 1 executes a'
    ],
    then: 0
  }
}

/** All pictures, by their files. */
export const drawings = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([
    [
      `${DRAWINGS}/dao.svg`,
      await drawScene(
        systems,
        { system: 'contracts/dao', preset: 'original', wanted: { _tag: 'Sought', name: 'paid-2-times' } },
        'The attack on the DAO: calls that are open, step by step'
      )
    ],
    [
      `${DRAWINGS}/blockking.svg`,
      await drawScene(
        systems,
        { system: 'contracts/blockking', preset: 'as on the slide', wanted: { _tag: 'Violation' } },
        'BlockKing, when query 1 was answered'
      )
    ],
    [`${DRAWINGS}/view-change.svg`, await drawScene(systems, VIEW_CHANGE, 'A change of views in PBFT')],
    [
      `${DRAWINGS}/three-parts.svg`,
      await drawScene(
        systems,
        {
          system: 'toychain',
          texts: { nodes: '2', mints: '2', 'block-only': 'on' },
          wanted: {
            _tag: 'Walk',
            words: ['node 0 mints block 1@0', 'node 0 receives Block 1@0', 'node 1 mints block 2@1'],
            then: 0
          }
        },
        'Two nodes, two blocks in flight'
      )
    ]
  ])

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const stale = [...(await drawings())].filter(([file, text]) => read(file) !== text)
  const isCheck = process.argv.includes('--check')
  if (!isCheck) mkdirSync(join(ROOT, DRAWINGS), { recursive: true })
  for (const [file, text] of stale) {
    if (!isCheck) writeFileSync(join(ROOT, file), text)
    process.stdout.write(`${isCheck ? 'stale' : 'wrote'}: ${file}\n`)
  }
  if (isCheck && stale.length > 0) process.exitCode = 1
}
