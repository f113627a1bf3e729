/**
 * The explorer on the built site, as readers use it: with a mouse and with keys alone, on a desktop and on a telephone, in
 * light and in dark.
 */
import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page, Response } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { catalogue, nameOf } from '../../invariants/systems/index.js'
import { inChromium } from '../support/chromium.js'
import { builtSite, serving } from '../support/site.js'

const MINUTES = 60_000

/** How much JavaScript a page may load until its explorer can be used, by gzip. */
const MOST_BYTES = 150_000

let site = ''
beforeAll(async () => {
  site = await builtSite()
}, 10 * MINUTES)

/** A walk after which clause 5 does not hold: a block is minted and lost. */
const WALKED = '/explorer#system=toychain&--losses=1&path=0.5'

/** A browser on the site, and what must not have happened at the end: errors, and requests to anywhere else. */
const onSite = (
  skip: (why: string) => void,
  use: (context: BrowserContext, address: string) => Promise<void>
): Promise<void> =>
  inChromium(skip, (context) =>
    serving(site, async (address) => {
      const faults: string[] = []
      context.on('console', (message) => {
        if (message.type() === 'error') faults.push(`console: ${message.text()}`)
      })
      context.on('weberror', (error) => faults.push(error.error().message))
      context.on('request', (request) => {
        const url = request.url()
        if (!url.startsWith(`${address}/`) && !url.startsWith('data:') && !url.startsWith('blob:'))
          faults.push(`a request to ${url}`)
      })
      await use(context, address)
      expect(faults).toEqual([])
    })
  )

/** Opens a page of the site, and waits until its explorer can be used. */
const opened = async (context: BrowserContext, address: string): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('.explorer .steps, .explorer [role=alert]').first().waitFor()
  return page
}

const steps = (page: Page) => page.getByRole('list', { name: 'What can happen next' })
const button = (page: Page, name: string | RegExp) => page.locator('.explorer').getByRole('button', { name })
/** The field with a label that begins so. */
const field = (page: Page, label: string) => page.locator('.explorer').getByLabel(new RegExp(`^\\s*${label}`))
/** What has the focus. */
const focused = (page: Page) => page.locator(':focus')
/** The page scrolls sideways. */
const isWide = (page: Page) => page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
/** What is said of where the walk is. */
const said = (page: Page) => page.locator('.explorer .said')

/** What a reader sees of a state: where the walk is, pictures, what can happen next, lights. */
const seen = async (page: Page): Promise<ReadonlyArray<string>> =>
  Promise.all([said(page).innerText(), page.locator('.explorer .columns').innerText()])

test(
  'clause 5 is broken by hand: it says the conjunct, the node and the witness; a link opens the same state',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await opened(context, `${address}/systems/toychain`)
      await page.getByText('Parameters of F220').click()
      await page.getByLabel(/^mints/).fill('1')
      await page.getByLabel(/^losses/).fill('one')
      await button(page, 'Use these parameters').click()
      await page.getByText('expected a whole number from 0 to 1000000, found one', { exact: true }).waitFor()
      await page.getByLabel(/^losses/).fill('1')
      await button(page, 'Use these parameters').click()
      await page.getByText('Parameters of F210 1 lost').waitFor()
      expect(await said(page).innerText()).toBe('At the start: initially: 2 nodes. All invariants hold.')

      await button(page, 'node 0 mints block 1@0 on g').click()
      await button(page, 'the network loses Block 1@0 from node 0 to node 1').click()
      const witness = 'has, with what is in flight, {g}, expected {1@0, g}, missing 1@0'
      await page.getByText(`clique_inv ▸ GSyncing_clique ▸ 5 ▸ node 1: ${witness}`, { exact: true }).waitFor()
      const failing = page.locator('.lights .violated')
      expect(await failing.count()).toBe(3)
      await page.getByText(`node 1: ${witness}`, { exact: true }).waitFor()
      expect(page.url()).toMatch(/#system=toychain&--mints=1&--losses=1&path=0[.]\d+&end=\w+$/)

      const other = await opened(context, page.url())
      expect(await seen(other)).toEqual(await seen(page))
      await button(other, 'Undo').click()
      await expect.poll(() => other.locator('.lights .violated').count()).toBe(0)
      await button(other, 'Redo').click()
      await expect.poll(() => seen(other)).toEqual(await seen(page))
    })
  },
  MINUTES
)

test(
  'the agreement theorem is found: by a search, and by the filter of the ledger',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await context.newPage()
      await page.goto(address)
      await page.getByRole('button', { name: 'Search' }).first().click()
      await page.getByRole('searchbox').fill('clique_eventual_consensus')
      await page.locator('.VPLocalSearchBox .results a[href="/lemmas#clique_eventual_consensus"]').click()
      await page.getByRole('link', { name: 'clique_eventual_consensus', exact: true }).first().click()
      await page.getByText('all nodes have one chain, and it is the largest').first().waitFor()
      await page.getByRole('heading', { name: 'Derivation' }).waitFor()

      await page.goto(`${address}/lemmas`)
      await page.getByLabel('Filter the rows').fill('eventual_consensus')
      await page.getByLabel('that are').selectOption('derived')
      await expect.poll(() => page.getByRole('status').innerText()).toMatch(/^1 of \d+ rows$/)
      expect(await page.locator('.vp-doc tbody tr:visible').count()).toBe(1)
      await page.locator('.vp-doc tbody tr:visible a').first().click()
      await page.getByRole('heading', { name: 'clique_eventual_consensus' }).waitFor()
    })
  },
  MINUTES
)

test(
  'the counterexample of Problem 2 is found, opened, and gone through by keys',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await opened(context, `${address}/explorer`)
      await field(page, 'System').selectOption('ladder')
      await page.getByText('Parameters of ladder').waitFor()
      await field(page, 'Preset').selectOption('N3-byz0-q2-k2')
      await page.getByText('blockforest check ladder --nodes 3 --quorum 2', { exact: true }).waitFor()
      await button(page, 'Check').click()
      await page.getByText('violated after 4 steps, and after no fewer').waitFor()
      await button(page, 'Open the counterexample').click()
      const slider = page.getByRole('slider')
      await expect.poll(() => slider.inputValue()).toBe('4')
      expect(await said(page).innerText()).toMatch(/^After step 4: .* Violated: agreement/)
      await slider.focus()
      await page.keyboard.press('Home')
      await expect.poll(() => said(page).innerText()).toMatch(/^At the start: /)
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => said(page).innerText()).toMatch(/^After step 1: .*All invariants hold[.]$/)
      await page.keyboard.press('End')
      await page.locator('.explorer').getByText('The walk as lanes').click()
      const lanes = page.getByRole('group', { name: 'The walk as lanes' }).getByRole('img')
      await expect.poll(() => lanes.textContent()).toContain('lies')
    })
  },
  MINUTES
)

test(
  'keys alone take a step, and what can be touched in the picture takes one too',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await opened(context, `${address}/systems/toychain`)
      await button(page, 'Undo').waitFor()
      await field(page, 'Mutant').focus()
      for (let i = 0; i < 40 && (await steps(page).locator('button:focus').count()) === 0; i++)
        await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect.poll(() => said(page).innerText()).toMatch(/^After step 1: node 0 mints/)
      await page.locator('.first-picture [data-place^=packet]').first().click()
      await expect.poll(() => said(page).innerText()).toMatch(/^After step 2: node \d receives/)
      await button(page, 'Run until quiet').click()
      await expect.poll(() => page.locator('.observed').innerText()).toContain('quiescence')
    })
  },
  MINUTES
)

test(
  'the focus stays where a key was pressed, when there is nothing more to do there, too',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await opened(context, `${address}/systems/ladder#system=ladder&--nodes=3&--quorum=2`)
      await steps(page).getByRole('button').last().press('Enter')
      await expect.poll(() => said(page).innerText()).toMatch(/^After step 1: /)
      await expect.poll(() => steps(page).locator('button:focus').count()).toBe(1)

      const undo = button(page, 'Undo')
      await undo.press('Enter')
      await expect.poll(() => said(page).innerText()).toMatch(/^At the start: /)
      expect(await undo.isEnabled()).toBe(false)
      expect(await focused(page).innerText()).toBe('← Undo')
      await page.keyboard.press('Enter')
      await button(page, 'Redo').press('Enter')
      await expect.poll(() => said(page).innerText()).toMatch(/^After step 1: /)

      await button(page, 'Check').press('Enter')
      await page.getByText('violated after 4 steps, and after no fewer').waitFor()
      expect(await focused(page).innerText()).toBe('Check')
    })
  },
  MINUTES
)

test(
  'a preset is named where it is the one that is shown, and nowhere else',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await opened(context, `${address}/explorer#system=ladder`)
      const preset = field(page, 'Preset')
      await preset.selectOption('N3-byz0-q2-k2')
      await page.getByText('blockforest check ladder --nodes 3 --quorum 2', { exact: true }).waitFor()
      expect(await preset.inputValue()).toBe('N3-byz0-q2-k2')
      await field(page, 'Mutant').selectOption('any-vote')
      await page.getByText('Wrong on purpose:').waitFor()
      await expect.poll(() => preset.inputValue()).toBe('')
      await field(page, 'System').selectOption('contracts/replicated')
      await page.getByText('Parameters of counter on').waitFor()
      await expect.poll(() => preset.inputValue()).toBe('')
      await preset.selectOption('log')
      await page.getByText('Parameters of counter on PBFT').waitFor()
      expect(await preset.inputValue()).toBe('log')
    })
  },
  MINUTES
)

test(
  'a walk is saved as a trace file and opened again; what is no trace is refused',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await opened(context, `${address}/systems/contracts/dao`)
      await button(page, '10 random steps').click()
      await expect.poll(() => said(page).innerText()).toMatch(/^After step/)
      const waiting = page.waitForEvent('download')
      await button(page, 'Save the walk as a trace file').click()
      const file = await (await waiting).path()
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ '#meta': { format: 'ITF' } })

      const other = await opened(context, `${address}/explorer`)
      const input = other.getByLabel('Open a trace file')
      await input.setInputFiles({ name: 'no.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
      await other.getByRole('alert').getByText('no.json: not a trace in ITF').waitFor()
      expect(await said(other).innerText()).toMatch(/^At the start/)
      await input.setInputFiles(file)
      await expect.poll(() => seen(other)).toEqual(await seen(page))
      expect(await field(other, 'System').inputValue()).toBe('contracts/dao')

      await button(other, 'Start over').click()
      await expect.poll(() => said(other).innerText()).toMatch(/^At the start/)
      const dragged = await other.evaluateHandle(
        `const dragged = new DataTransfer(); dragged.items.add(new File([${JSON.stringify(readFileSync(file, 'utf8'))}], 'dao.json')); dragged`
      )
      await other.locator('.explorer .state').dispatchEvent('drop', { dataTransfer: dragged })
      await expect.poll(() => seen(other)).toEqual(await seen(page))
    })
  },
  MINUTES
)

test(
  'a search says how far it is, and ends when it is told to',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await opened(context, `${address}/explorer#system=toychain&--nodes=3&--mints=4`)
      await page.getByLabel('most states').fill('1000000000')
      await button(page, 'Check').click()
      await page.getByText(/\d states a second/).waitFor()
      await button(page, 'Stop').click()
      await page.getByText('ended early: nothing is said of the rest').waitFor()
      expect(await button(page, 'Check').isEnabled()).toBe(true)
    })
  },
  MINUTES
)

test(
  'an address that is wrong says what is wrong, and the page can be used',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const page = await opened(context, `${address}/systems/om#system=om&path=99`)
      await page
        .getByRole('alert')
        .getByText('This address cannot be opened: step 1 of the path is number 99')
        .waitFor()
      await steps(page).getByRole('button').first().click()
      await expect.poll(() => said(page).innerText()).toMatch(/^After step 1/)
      const other = await opened(context, `${address}/systems/om#system=sm`)
      await other.getByRole('alert').getByText('This page is about om, and not about sm').waitFor()
    })
  },
  MINUTES
)

test(
  'every system has a page with an explorer of it',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      for (const system of catalogue.map(nameOf)) {
        const page = await opened(context, `${address}/systems/${system}`)
        await steps(page).getByRole('button').first().click()
        await expect.poll(() => said(page).innerText()).toMatch(/^After step 1/)
        expect(page.url()).toContain(`#${new URLSearchParams({ system }).toString()}&path=0`)
        await page.setViewportSize({ width: 390, height: 800 })
        expect(await isWide(page), system).toBe(false)
        await page.close()
      }
    })
  },
  2 * MINUTES
)

test(
  'on a desktop and a telephone, in light and in dark, nothing leaves the window, and axe finds no serious fault',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const found: string[] = []
      const looks = [390, 1280].flatMap((width) =>
        (['light', 'dark'] as const).map((colorScheme) => ({ path: WALKED, width, colorScheme }))
      )
      const others = ['/systems/pbft', '/systems/contracts/dao'].map((path, i) => ({
        path,
        width: 390,
        colorScheme: i === 0 ? ('light' as const) : ('dark' as const)
      }))
      for (const { path, width, colorScheme } of [...looks, ...others]) {
        const page = await context.newPage()
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.goto(`${address}${path}`)
        await steps(page).waitFor()
        for (const folded of await page.locator('.explorer > * details:not([open]) > summary').all())
          if (await folded.isVisible()) await folded.click()
        if (path === WALKED) expect(await page.locator('.lights .violated').count()).toBe(3)
        await page.evaluate(axe.source)
        const { violations } = await page.evaluate<AxeResults>(`axe.run('.explorer')`)
        found.push(
          ...violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${path} ${width} ${colorScheme}: ${id}: ${nodes[0]?.html ?? ''}`),
          ...((await isWide(page)) ? [`${path} ${width}: the page scrolls sideways`] : [])
        )
        await page.close()
      }
      expect(found).toEqual([])
    })
  },
  2 * MINUTES
)

test(
  'a page loads what it needs, and no page without an explorer loads any of it',
  async ({ skip }) => {
    await onSite(skip, async (context, address) => {
      const loadedBy = async (path: string, until: string) => {
        const page = await context.newPage()
        const scripts = new Map<string, Promise<number>>()
        const note = (response: Response): void => {
          if (response.url().endsWith('.js'))
            scripts.set(
              response.url(),
              response.body().then((body) => gzipSync(body).length)
            )
        }
        context.on('response', note)
        await page.goto(`${address}${path}`, { waitUntil: 'networkidle' })
        await page.locator(until).first().waitFor()
        context.off('response', note)
        await page.close()
        // What VitePress fetches ahead are other pages, which are not needed here.
        const own = [...scripts].filter(([url]) => !url.includes('.md.') || url.includes('.lean.'))
        const sizes = await Promise.all(own.map(([, size]) => size))
        return { names: own.map(([url]) => url), bytes: sizes.reduce((sum, size) => sum + size, 0) }
      }
      const lives = /worker|Explorer/
      const without = await loadedBy('/contracts', '.vp-doc h1')
      expect(without.names.filter((name) => lives.test(name))).toEqual([])
      for (const path of ['/explorer', '/systems/pbft', '/systems/paxos']) {
        const { names, bytes } = await loadedBy(path, '.explorer .steps')
        expect(names.filter((name) => lives.test(name))).toHaveLength(2)
        expect(bytes, path).toBeLessThanOrEqual(MOST_BYTES)
        expect(bytes, path).toBeGreaterThan(without.bytes)
      }
    })
  },
  MINUTES
)
