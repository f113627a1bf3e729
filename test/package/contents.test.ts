/**
 * What the package's README names is in the package.
 */
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { links } from '../../scripts/docs/markdown.js'
import { read } from '../../scripts/docs/pages.js'
import { packedFiles } from '../support/package.js'

test('every file that README.md links to is packed', async () => {
  const packed = await packedFiles()
  const named = links(read('README.md') ?? '').flatMap((link) => {
    const [path = ''] = link.split('#')
    return path === '' || URL.canParse(link) ? [] : [posix.normalize(path)]
  })
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((file) => !packed.includes(file))).toEqual([])
})
