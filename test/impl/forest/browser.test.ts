/**
 * The library as users get it in a browser: bundled, within its size, and run in headless Chromium.
 */
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { inChromium } from '../../support/chromium.js'

const bundle = async (contents: string): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../../../', import.meta.url)), loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023'
  })
  return outputFiles.map((file) => file.text).join('')
}

test('the entry point, with all that it pulls in, is under 6 kB in brotli', async () => {
  const code = await bundle(`export * from './impl/forest/index.ts'`)
  expect(brotliCompressSync(code).length).toBeLessThan(6000)
  expect(code).not.toMatch(/require|fast-check|sha256/)
})

test('a bundle runs in Chromium', async ({ skip }) => {
  const code = await bundle(`
    import { createForest, heaviestChain, right } from './impl/forest/index.ts'
    import { decodeForest, encodeForest, noBytes, numberBytes, textBytes } from './impl/forest/binary.ts'
    const options = {
      genesis: { hash: 'G', parent: '', weight: 0 },
      hash: (b) => b.hash, parent: (b) => b.parent, equals: (a, b) => a.parent === b.parent,
      forkChoice: heaviestChain((b) => b.weight)
    }
    const forest = createForest(options)
    const changes = []
    forest.onHeadChange(({ _tag, to }) => changes.push(_tag + ' ' + to))
    for (const [hash, parent, weight] of [['c', 'b', 1], ['x', 'G', 2], ['b', 'a', 1], ['a', 'G', 1]])
      forest.insert({ hash, parent, weight })
    const json = { encode: (b) => textBytes.encode(JSON.stringify(b)), decode: (b) => JSON.parse(textBytes.decode(b)) }
    const bytes = encodeForest(forest.toData(), options, { block: json, score: numberBytes, state: noBytes })
    const read = decodeForest(bytes, options, { block: json, score: numberBytes, state: noBytes })
    globalThis.result = { head: forest.head(), changes, read: read._tag === 'Right' && read.right.blocks.length }
  `)
  await inChromium(skip, async (context) => {
    const page = await context.newPage()
    await page.addScriptTag({ content: code })
    expect(await page.evaluate('globalThis.result')).toEqual({
      head: 'c',
      changes: ['Extended x', 'Reorg c'],
      read: 5
    })
  })
})
