/**
 * Output that cannot be written is no verdict, and files are written whole or not at all.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { checkpointTo, temporaryStore } from '../../../impl/cli/files.js'
import { interruption } from '../../../impl/cli/interrupt.js'
import { bundledCommand } from '../../support/bundled.js'
import { newFolder } from '../../support/command.js'

const { folder, run, shell } = bundledCommand()
const VIOLATED = 'check --mints 1 --losses 1 --no-progress'
const hasFull = existsSync('/dev/full')

/** The parts of files that were left behind. */
const parts = (): ReadonlyArray<string> => readdirSync(folder).filter((name) => name.includes('.part'))

describe('where there is no room', () => {
  test.runIf(hasFull)('the command says so in a line, and exits with 4', async () => {
    expect(await shell('$BLOCKFOREST systems toychain > /dev/full')).toEqual({
      code: 4,
      out: '',
      err: 'blockforest: cannot write the output: ENOSPC: no space left on device, write\n'
    })
  })

  test.runIf(hasFull)('for a trace, what was found is shown all the same', async () => {
    const { code, out, err } = await shell(`$BLOCKFOREST ${VIOLATED} --trace-out /dev/full`)
    expect([code, err]).toEqual([4, 'blockforest: cannot write /dev/full: ENOSPC: no space left on device, write\n'])
    expect(out).toContain('F210 1 lost: an invariant is violated after 2 steps')
    expect(out).not.toContain('trace written')
    const sought = await shell('$BLOCKFOREST check --mints 2 --block-only --witness forks --trace-out /dev/full')
    expect([sought.code, sought.out.includes('can happen'), sought.out.includes('trace written')]).toEqual([
      4,
      true,
      false
    ])
  })

  test.runIf(hasFull)('for messages, the exit code is that of what happened, and no other', async () => {
    expect((await shell('$BLOCKFOREST check --nodes 0 2> /dev/full')).code).toBe(2)
    expect((await shell('$BLOCKFOREST check --mints 1 --progress-every 0 2> /dev/full')).code).toBe(0)
  })

  test('for the frontier, it stays in memory, and the search is to end', () => {
    const temporary = newFolder()
    const given = interruption()
    vi.stubEnv('TMPDIR', temporary)
    const store = temporaryStore(given)
    vi.unstubAllEnvs()
    const kept = store.write(new Uint8Array([1]))
    expect(given.aborted).toBe(false)
    // What happens to a full disk happens to a folder that is gone.
    rmSync(temporary, { recursive: true })
    mkdirSync(temporary)
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const inMemory = [2, 3].map((n) => store.write(new Uint8Array([n])))
    expect(said.mock.calls).toHaveLength(1)
    said.mockRestore()
    expect(given.cause).toEqual({ says: 'ended early, as there was no room for the frontier', exitCode: 4 })
    expect(inMemory.map((id) => [...store.read(id), ...store.take(id)])).toEqual([
      [2, 2],
      [3, 3]
    ])
    expect(() => store.take(kept)).toThrow('cannot read the temporary file')
    store.remove()
  })

  test('for a checkpoint, the search goes on, and the older one stays', () => {
    const closed = join(newFolder(), 'folder')
    mkdirSync(closed)
    const file = join(closed, 'checkpoint')
    const given = interruption()
    const { isDue, save } = checkpointTo(file, 3600, given)
    save(new Uint8Array([1]))
    expect([...readFileSync(file)]).toEqual([1])
    rmSync(closed, { recursive: true })
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    save(new Uint8Array([2]))
    expect(String(said.mock.calls[0]?.[0])).toMatch(
      /^blockforest: cannot write .*checkpoint: ENOENT.*; the search goes on\n$/
    )
    expect([given.aborted, isDue()]).toEqual([false, false])
    given.interrupt({ says: 'interrupted by SIGINT', exitCode: 130 })
    expect(isDue()).toBe(true)
    save(new Uint8Array([2]))
    said.mockRestore()
    expect(given.cause?.exitCode).toBe(4)
  })
})

test('where nobody reads it any more, the command ends without a word, and with 4', async () => {
  // The reader is gone before anything is written.
  const { out, err } = await shell('{ sleep 1; $BLOCKFOREST systems toychain; echo "$?" >&2; } | true')
  expect([out, err]).toEqual(['', '4\n'])
})

describe('a checkpoint', () => {
  const SMALL = ['check', '--mints', '1', '--checkpoint-every', '0', '--checkpoint'] as const

  test.each([
    ['/dev/null', 'it is a device, expected a file'],
    ['.', 'it is a folder, expected a file'],
    ['pipe', 'it is a pipe, expected a file'],
    ['missing/file', 'ENOENT'],
    ['', 'expected a path']
  ])('is not written to %j', async (path, says) => {
    if (path === 'pipe') await shell('mkfifo pipe')
    const { code, out, err } = await run(...SMALL, path)
    expect([code, out, err.trimEnd().split('\n').length]).toEqual([2, '', 1])
    expect(err).toContain(says)
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test('is written through links, with the rights of the file, and leaves no parts', async () => {
    writeFileSync(join(folder, 'target'), 'old', { mode: 0o600 })
    symlinkSync('target', join(folder, 'link'))
    symlinkSync('new', join(folder, 'dangling'))
    for (const [link, target] of [
      ['link', 'target'],
      ['dangling', 'new']
    ] as const) {
      expect((await run(...SMALL, link)).code).toBe(0)
      expect(lstatSync(join(folder, link)).isSymbolicLink()).toBe(true)
      expect(readFileSync(join(folder, target), 'latin1')).toMatch(/^\{"blockforest":"checkpoint"/)
    }
    expect(statSync(join(folder, 'target')).mode & 0o777).toBe(0o600)
    expect(parts()).toEqual([])
  })

  test('of several runs at once is that of one of them, whole', async () => {
    const runs = [1, 2, 3].map(() => run(...SMALL, 'shared'))
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0, 0])
    expect((await run('check', '--mints', '1', '--resume', 'shared')).code).toBe(0)
    expect(parts()).toEqual([])
  })
})

describe('a trace', () => {
  const first = (text: string): string => text.slice(0, 12)

  test('is written to standard output, a pipe, and through a link', async () => {
    symlinkSync('trace', join(folder, 'to-trace'))
    const toFile = await shell(`$BLOCKFOREST ${VIOLATED} --trace-out to-trace`)
    expect(toFile.code).toBe(1)
    expect(lstatSync(join(folder, 'to-trace')).isSymbolicLink()).toBe(true)
    const trace = readFileSync(join(folder, 'trace'), 'utf8')
    const piped = await shell(`$BLOCKFOREST ${VIOLATED} --trace-out /dev/stdout`)
    expect([piped.code, piped.out.startsWith(trace)]).toEqual([1, true])
    await shell(`$BLOCKFOREST ${VIOLATED} --trace-out /dev/stdout > both`)
    const both = readFileSync(join(folder, 'both'), 'utf8')
    expect([both.startsWith(trace), both.endsWith('trace written to /dev/stdout\n')]).toEqual([true, true])
    const fifo = await shell(`mkfifo fifo; cat fifo & $BLOCKFOREST ${VIOLATED} --trace-out fifo > /dev/null; wait`)
    expect(first(fifo.out)).toBe(first(trace))
  })

  test('and another file must not be one and the same, by whatever path', async () => {
    writeFileSync(join(folder, 'one'), '')
    symlinkSync('one', join(folder, 'two'))
    const { code, err } = await shell(`$BLOCKFOREST ${VIOLATED} --trace-out one --dot two`)
    expect([code, err]).toEqual([
      2,
      'blockforest: --trace-out, --dot and --checkpoint write a file each: name different ones\n'
    ])
  })
})

describe('what is read', () => {
  test.each([
    ['/dev/zero', 'it is a device, expected a file'],
    ['.', 'EISDIR'],
    ['latin1', 'it is no text in UTF-8'],
    ['random', 'it is no text in UTF-8']
  ])('is refused in one line: %s', async (path, says) => {
    writeFileSync(join(folder, 'latin1'), Buffer.from('{"vars": ["\u00e4"]}', 'latin1'))
    writeFileSync(join(folder, 'random'), Buffer.from([0xff, 0xfe, 0, 1, 2, 200]))
    const { code, err } = await run('replay', path)
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
    expect(err).toContain(says)
  })

  test('may have the line ends and the mark of Windows, and come from a pipe', async () => {
    await shell(`$BLOCKFOREST ${VIOLATED} --trace-out unix`)
    const text = readFileSync(join(folder, 'unix'), 'utf8')
    writeFileSync(join(folder, 'windows'), `\ufeff${text.replaceAll('\n', '\r\n')}`)
    const [unix, windows] = [await run('replay', 'unix'), await run('replay', 'windows')]
    expect([unix.code, windows]).toEqual([1, unix])
    expect(await shell('cat windows | $BLOCKFOREST replay /dev/stdin')).toEqual(unix)
  })
})
