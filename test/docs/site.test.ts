/**
 * The site of the documentation, built once: its links lead somewhere, and nothing of its pages is cut off.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TABLES, writtenPages } from '../../scripts/docs/pages.js'
import { inChromium } from '../support/chromium.js'
import { builtSite, crawl, serving } from '../support/site.js'

const MINUTES = 60_000

/** The pages of the documentation, as addresses without the first `/`. */
const pages = [...writtenPages(), ...TABLES]
  .filter((file) => file.startsWith('docs/') && !file.includes('['))
  .map((file) => file.replace(/^docs\/(?:index)?/, '').replace(/\.md$/, ''))

/** What is cut off on a page, and how many tables, pieces of code, formulas and pictures were looked at. */
interface CutOff {
  readonly wide: number
  readonly cut: ReadonlyArray<string>
}

/**
 * Runs in the browser, after opening all that is folded. What is seen of an element is itself, or the box around it that
 * scrolls: that must be within the window, and nothing up to it may hide a part.
 */
const CUT_OFF = `{
  for (const folded of document.querySelectorAll('details')) folded.open = true
  const cut = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []
  const elements = [...document.querySelectorAll('.vp-doc :is(table, pre, mjx-container, img)')]
  const scrolls = (el) => ['auto', 'scroll'].includes(getComputedStyle(el).overflowX)
  for (const element of elements) {
    const what = element.localName + ' “' + (element.alt ?? element.textContent).trim().slice(0, 40) + '”'
    const around = []
    for (let el = element; !el.matches('.vp-doc'); el = el.parentElement) {
      around.push(el)
      if (scrolls(el)) break
    }
    const seen = around.at(-1)
    const { left, right } = seen.getBoundingClientRect()
    const end = scrolls(seen) ? right : Math.max(right, element.getBoundingClientRect().left + element.scrollWidth)
    const hides = (el) => ['hidden', 'clip'].includes(getComputedStyle(el).overflowX) && el.scrollWidth > el.clientWidth
    if (around.some(hides)) cut.push(what + ' is cut off')
    else if (left < 0 || end > innerWidth) cut.push(what + ' leaves the window')
  }
  ;({ wide: elements.length, cut })
}`

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'blockforest-crawl-')))

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a crawl', () => {
  test('finds what leads nowhere: a page, an anchor, an asset, on pages that nothing leads to as well', () => {
    const small = join(folder, 'small')
    mkdirSync(small)
    const write = (name: string, body: string): void => {
      writeFileSync(join(small, name), `<!doctype html><body>${body}</body>`)
    }
    write('index.html', '<a href="/a#here">a</a> <a href="b#h%C3%A9">b</a> <a href="a#gone">a</a> <img src="no.png">')
    write('a.html', '<h2 id="here">Here</h2> <a href="https://example.org/none">out</a> <a href="./c">c</a>')
    write('b.html', '<p id="hé">é</p> <a href="#nowhere">n</a>')
    write('d.html', '<script src="/d.js"></script> <a href="index.html">first</a>')
    expect(crawl(small)).toEqual({
      reached: ['a.html', 'b.html', 'index.html'],
      references: 8,
      broken: ['/index.html: a#gone', '/index.html: no.png', '/a.html: ./c', '/b.html: #nowhere', '/d.html: /d.js']
    })
  })
})

test('what is cut off in a browser is found out, but for what can be scrolled to', async ({ skip }) => {
  const wide = (text: string): string => `<pre style="margin: 0">${text.repeat(200)}</pre>`
  const inBox = (overflow: string, text: string): string =>
    `<div style="width: 200px; overflow: ${overflow}">${wide(text)}</div>`
  const body = ['auto', 'hidden'].map((overflow) => inBox(overflow, overflow.slice(0, 1))).join('')
  await inChromium(skip, async (context) => {
    const page = await context.newPage()
    await page.setContent(`<div class="vp-doc">${body}</div>`)
    expect(await page.evaluate(CUT_OFF)).toEqual({ wide: 2, cut: [`pre “${'h'.repeat(40)}” is cut off`] })
    await page.setContent(`<div class="vp-doc">${body}${wide('p')}</div>`)
    expect(await page.evaluate(CUT_OFF)).toEqual({
      wide: 3,
      cut: [
        'the page scrolls sideways',
        `pre “${'h'.repeat(40)}” is cut off`,
        `pre “${'p'.repeat(40)}” leaves the window`
      ]
    })
  })
})

describe('the site', () => {
  let site = ''
  beforeAll(async () => {
    site = await builtSite()
  }, 10 * MINUTES)

  test('every link leads to a page, an anchor or a file that is there', () => {
    const { reached, references, broken } = crawl(site)
    expect(broken).toEqual([])
    expect(reached).toEqual(expect.arrayContaining(pages.map((page) => `${page || 'index'}.html`)))
    expect(references).toBeGreaterThan(3000)
  })

  test(
    'no page scrolls sideways, nothing is cut off, and all that it loads is there',
    async ({ skip }) => {
      const long = ['source/spec/blockchain/forests', 'source/bench/checker/README', 'source/test/vectors/VECTORS']
      const faults: string[] = []
      let looked = 0
      await inChromium(skip, (context) =>
        serving(site, async (address) => {
          const page = await context.newPage()
          page.on('response', (r) => {
            if (r.status() >= 400) faults.push(`${r.url()}: ${String(r.status())}`)
          })
          page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
          for (const path of [...pages, ...long]) {
            // Loading a page takes longer than laying it out once more.
            await page.setViewportSize({ width: 390, height: 800 })
            await page.goto(`${address}/${path}`, { waitUntil: 'load' })
            for (const width of [390, 1280]) {
              await page.setViewportSize({ width, height: 800 })
              const { wide, cut } = await page.evaluate<CutOff>(CUT_OFF)
              looked += wide
              faults.push(...cut.map((what) => `/${path} at ${String(width)} pixels: ${what}`))
            }
          }
        })
      )
      expect(faults).toEqual([])
      expect(looked).toBeGreaterThan(400)
    },
    5 * MINUTES
  )

  test(
    'a search finds what is on the pages',
    async ({ skip }) => {
      await inChromium(skip, (context) =>
        serving(site, async (address) => {
          const page = await context.newPage()
          await page.goto(address)
          await page.getByRole('button', { name: 'Search' }).first().click()
          await page.getByRole('searchbox').fill('interning')
          const first = page.locator('.VPLocalSearchBox .results a').first()
          await first.waitFor()
          expect(await first.getAttribute('href')).toBe('/checker#interning-fingerprints-and-what-may-be-missed')
        })
      )
    },
    2 * MINUTES
  )
})
