/**
 * What lives on the pages of the site, as a reader uses it: on a telephone and on a desk, in light and in dark.
 */
import axe from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { inChromium } from '../support/chromium.js'
import { builtSite, serving } from '../support/site.js'

const MINUTES = 60_000

let site = ''
beforeAll(async () => {
  site = await builtSite()
}, 10 * MINUTES)

/** How pages are looked at. */
interface Look {
  readonly width: number
  readonly scheme: 'light' | 'dark'
}

/** A page in a browser, what went wrong on it, and how it is opened. */
interface Visit {
  readonly page: Page
  readonly open: (path: string) => Promise<void>
}

/**
 * Uses pages as a reader does; in the end nothing has gone wrong: no error, nothing missing, nothing asked of anybody else, and
 * no serious fault that axe would find in what lives.
 */
const visiting = async (
  skip: (why: string) => void,
  { width, scheme }: Look,
  use: (visit: Visit) => Promise<void>
): Promise<void> => {
  const faults: string[] = []
  await inChromium(skip, (context: BrowserContext) =>
    serving(site, async (address) => {
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) faults.push(message.text())
      })
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url())
        if (origin !== address && protocol.startsWith('http')) faults.push(`asked of others: ${request.url()}`)
      })
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme: scheme })
      await use({
        page,
        open: async (path) => {
          await page.goto(`${address}/${path}`, { waitUntil: 'load' })
        }
      })
      await page.evaluate(axe.source)
      faults.push(...(await page.evaluate<ReadonlyArray<string>>(SERIOUS)))
      const sideways = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
      if (sideways) faults.push('the page scrolls sideways')
    })
  )
  expect(faults).toEqual([])
}

/** Runs in the browser: the serious faults that axe finds in what lives. */
const SERIOUS = `axe.run(document.querySelectorAll('.live').length > 0 ? '.live' : 'main').then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 120)))`

const PHONE: Look = { width: 390, scheme: 'light' }
const DESK: Look = { width: 1280, scheme: 'dark' }

describe('the lecture', () => {
  test('shows on a telephone why three generals fail, lets one see it happen, and see it again', async ({ skip }) => {
    await visiting(skip, PHONE, async ({ page, open }) => {
      await open('lecture')
      const station = page.getByRole('region', { name: 'Run the station majority' })
      await station.getByRole('button', { name: 'Run it here' }).click()
      await station.getByText('it came out as claimed').waitFor()
      const trials = station.getByRole('listitem')
      expect(await trials.first().getByText('violated after 4 steps').count()).toBe(1)
      expect(await station.getByText('holds in all 512 states').count()).toBe(1)
      const film = station.getByRole('region', { name: /^An execution/ }).first()
      expect(await film.getByText('step 0 of 4').count()).toBe(1)
      for (let step = 1; step <= 4; step++) await film.getByRole('button', { name: 'Step', exact: true }).click()
      expect(await film.locator('.says').innerText()).toMatch(
        /general 2, a traitor, tells general 1: retreat[^]*✗ agreement: general 0 attacks, and general 1 retreats/
      )
      expect(await film.getByText('node 2: lies').count()).toBe(1)
      await film.getByRole('button', { name: 'Play again' }).click()
      await film.getByText('step 1 of 4').waitFor()
    })
  })

  test('reads without JavaScript, pictures and all', async ({ skip }) => {
    await inChromium(skip, (context) =>
      serving(site, async (address) => {
        const page = await context.newPage()
        await page.route('**/*.js', (route) => route.abort())
        await page.goto(`${address}/lecture`)
        const text = await page.locator('main').innerText()
        expect(text).toContain('Three generals who decide by majority do not agree')
        expect(text).toContain('violated after 4 steps')
        expect(await page.locator('main img').count()).toBeGreaterThan(15)
      })
    )
  })

  test('runs a station that has no states: three nodes that fail whatever they do', async ({ skip }) => {
    await visiting(skip, DESK, async ({ page, open }) => {
      await open('lecture')
      const station = page.getByRole('region', { name: 'Run the station three-nodes' })
      await station.getByRole('button', { name: 'Run it here' }).click()
      await station.getByText('it came out as claimed').waitFor()
      expect(await station.getByText('each of 256 protocols fails').count()).toBe(1)
      const film = station.getByRole('region', { name: /^An execution/ })
      await film.getByRole('button', { name: 'Step', exact: true }).click()
      expect(await film.locator('svg').count()).toBe(1)
    })
  })
})

describe('pages that live', () => {
  test('Toychain’s invariant: the sums are equal until a packet is lost', async ({ skip }) => {
    await visiting(skip, PHONE, async ({ page, open }) => {
      await open('invariant')
      const parts = page.getByRole('region', { name: /^Local state/ })
      await parts.getByRole('checkbox').check()
      const next = parts.getByRole('group', { name: 'What can happen next' })
      await next.getByRole('button', { name: 'node 0 mints block 1@0 on g' }).click()
      expect(await parts.getByText('✓ all nodes add up to one forest').count()).toBe(1)
      await next.getByRole('button', { name: 'the network loses Block 1@0 from node 0 to node 1' }).click()
      expect(await parts.getByText('✗ the nodes do not add up to one forest').count()).toBe(1)
      expect(await parts.getByText(/GSyncing_clique ▸ 5/).count()).toBe(1)
      expect(await page.getByRole('heading', { name: 'Why the initial world satisfies it' }).count()).toBe(1)
    })
  })

  test('the choice among forks: the head moves where a branch becomes longer, and real forks are decided', async ({
    skip
  }) => {
    await visiting(skip, DESK, async ({ page, open }) => {
      await open('fork-choice')
      const forks = page.getByRole('region', { name: 'Forks by hand' })
      await forks.locator('[data-block="d"]').first().click()
      expect(await forks.getByRole('status').first().innerText()).toMatch(
        /The head is e, .*the head has moved to another branch, and a, b are abandoned/
      )
      await forks.locator('.new-block').dragTo(forks.locator('[data-block="e"]').first())
      expect(await forks.getByRole('status').first().innerText()).toMatch(/^The head is f, .*the chain has grown/)
      await forks.getByRole('combobox').selectOption({ label: '824221' })
      const film = forks.getByRole('region', { name: /^An execution/ })
      for (let step = 1; step <= 3; step++) await film.getByRole('button', { name: 'Step', exact: true }).click()
      expect(await film.locator('.says').innerText()).toContain('the head is 824222 B')
    })
  })

  test('quorums: two Paxos quorums of seven may share nobody but liars', async ({ skip }) => {
    await visiting(skip, PHONE, async ({ page, open }) => {
      await open('quorums')
      const quorums = page.getByRole('region', { name: 'Two quorums' })
      expect(await quorums.getByText('Agreement can be kept').count()).toBe(1)
      await quorums.getByRole('slider', { name: /^N =/ }).fill('7')
      await quorums.getByRole('slider', { name: /^f =/ }).fill('2')
      await quorums.getByRole('slider', { name: /^q =/ }).fill('4')
      expect(await quorums.getByText('✗ any two quorums share an honest node').count()).toBe(1)
      expect(await quorums.getByText('agreement can be broken').count()).toBe(1)
    })
  })

  test('the ladder: a place is searched, and its execution opens in the explorer', async ({ skip }) => {
    await visiting(skip, DESK, async ({ page, open }) => {
      await open('quorums')
      const scene = page.getByRole('region', { name: 'Search all executions' })
      await scene.getByRole('button', { name: 'Search all executions' }).click()
      await scene.getByText('violated after 4 steps, and after no fewer').waitFor()
      await scene.getByRole('link', { name: 'Walk it in the explorer' }).click()
      await page.getByRole('region', { name: 'Explorer' }).getByText('agreement').first().waitFor()
    })
  })

  test('PBFT: three phases, and a change of views that carries on what was prepared', async ({ skip }) => {
    await visiting(skip, DESK, async ({ page, open }) => {
      await open('pbft')
      const change = page.getByRole('region', { name: 'Change the view' })
      await change.getByRole('button', { name: 'Change the view' }).click()
      await change.getByText('14 steps, after each of which all invariants hold').waitFor()
      await change.getByRole('slider').fill('14')
      expect(await change.locator('.says').innerText()).toContain('replica 1 executes a')
      const phases = page.getByRole('region', { name: 'Run the three phases' })
      await phases.getByRole('button', { name: 'Run the three phases' }).click()
      await phases.getByText('33 steps, after each of which all invariants hold').waitFor()
    })
  })

  test('contracts: the attack on the DAO as a stack, and the race of BlockKing', async ({ skip }) => {
    await visiting(skip, PHONE, async ({ page, open }) => {
      await open('contracts')
      const dao = page.getByRole('region', { name: 'Find the attack' })
      await dao.getByRole('button', { name: 'Find the attack' }).click()
      await dao.getByText('by calling back: after 16 steps').waitFor()
      await dao.getByRole('slider').fill('6')
      expect(await dao.locator('.drawings svg text').allTextContents()).toEqual(
        expect.arrayContaining(['attacker', 'the attacker: it waits for the call above', 'hands over', 'calls'])
      )
      const race = page.getByRole('region', { name: 'Find the race' })
      await race.getByRole('button', { name: 'Find the race' }).click()
      await race.getByText('violated after 3 steps, and after no fewer').waitFor()
    })
  })
})
