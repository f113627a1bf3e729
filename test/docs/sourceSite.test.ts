/**
 * The sources on the site, as a reader goes through them: from a name to its declaration, from a file to the next, and from
 * the search to a definition.
 */
import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import { expect, test } from 'vitest'
import { sourceText } from '../../scripts/docs/site.js'
import { inChromium } from '../support/chromium.js'
import { builtSite, serving } from '../support/site.js'

const MINUTES = 60_000

const FORESTS = 'spec/blockchain/forests'
const SEQ = 'spec/prelude/seq'

/** The anchor of the line of a source that has a text. */
const lineOf = (file: string, text: string): string =>
  `L${String(
    sourceText(`${file}.ts`)
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  )}`

/** Runs in the browser: the lines that are marked. */
const MARKED = `[...document.querySelectorAll('.led-to')].map(({ id }) => id)`

test(
  'a name leads to the line of its declaration, which is marked, on another page and on the same',
  async ({ skip }) => {
    const site = await builtSite()
    await inChromium(skip, (context) =>
      serving(site, async (address) => {
        const page = await context.newPage()
        await page.goto(`${address}/source/${FORESTS}#L3`)
        await page.locator('#L3.led-to').waitFor()
        const foldl = lineOf(SEQ, 'const foldl =')
        await page
          .locator('.source-code a', { hasText: /^foldl$/ })
          .last()
          .click()
        await page.locator(`#${foldl}.led-to`).waitFor()
        expect(page.url()).toBe(`${address}/source/${SEQ}#${foldl}`)
        expect(await page.evaluate(MARKED)).toEqual([foldl])
        await page.goto(`${address}/source/${FORESTS}`)
        const extend = lineOf(FORESTS, 'const btExtend =')
        await page
          .locator('.source-code a', { hasText: /^btExtend$/ })
          .first()
          .click()
        await page.locator(`#${extend}.led-to`).waitFor()
        expect(await page.evaluate(MARKED)).toEqual([extend])
        expect(await page.locator(`#${extend}`).textContent()).toContain('const btExtend =')
      })
    )
  },
  12 * MINUTES
)

test(
  'the next file of a folder, its index, and the search are a step away',
  async ({ skip }) => {
    const site = await builtSite()
    await inChromium(skip, (context) =>
      serving(site, async (address) => {
        const page = await context.newPage()
        const headed = (title: string): Promise<void> => page.getByRole('heading', { level: 1, name: title }).waitFor()
        await page.goto(`${address}/source/spec/prelude/order`)
        await page.getByRole('link', { name: 'Next page seq.ts' }).click()
        await headed(`${SEQ}.ts`)
        await page.getByLabel('Breadcrumbs').getByRole('link', { name: 'prelude' }).click()
        await headed('Source files')
        expect(page.url()).toBe(`${address}/source/#spec-prelude`)
        await page.getByRole('button', { name: 'Search' }).first().click()
        await page.locator('#localsearch-input').fill('btExtendAll')
        const found = page.locator('.VPLocalSearchBox .results a')
        await found.first().waitFor()
        const hrefs = await page.evaluate<ReadonlyArray<string>>(
          `[...document.querySelectorAll('.VPLocalSearchBox .results a')].map((a) => a.getAttribute('href'))`
        )
        expect(hrefs).toContain(`/source/${FORESTS}#${lineOf(FORESTS, 'const btExtendAll =')}`)
      })
    )
  },
  12 * MINUTES
)

test(
  'all of the code can be read, in light and in dark',
  async ({ skip }) => {
    const site = await builtSite()
    await inChromium(skip, (context) =>
      serving(site, async (address) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          const page = await context.newPage()
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          await page.goto(`${address}/source/spec/prelude/order`)
          await page.locator('.source-code').waitFor()
          await page.evaluate(axe.source)
          const { violations, passes } = await page.evaluate<AxeResults>(
            `axe.run('.source-code code', { runOnly: ['color-contrast'] })`
          )
          expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => `${colorScheme}: ${html}`))).toEqual([])
          expect(passes).toHaveLength(1)
          await page.close()
        }
      })
    )
  },
  12 * MINUTES
)
