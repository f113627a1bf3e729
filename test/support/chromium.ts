/**
 * Headless Chromium, for what people see in a browser.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContext } from 'playwright-core'
import { expect } from 'vitest'

// No sandbox, as it cannot be had as root; nothing is loaded but what a test gives, and nothing looked up outside.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

/**
 * The path of Chromium. Where there is none, the test that asks is skipped, and the summary says why; in continuous
 * integration, which installs one, it fails.
 */
const pathOfChromium = (skip: (why: string) => void): string => {
  const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  if (!existsSync(path)) {
    const what = `no Chromium at ${path}: install it (on Debian: apt-get install chromium), or set CHROMIUM_PATH to its path`
    if (process.env['CI'] === undefined) skip(what)
    else expect.fail(what)
  }
  return path
}

/** Calls a function with a browser that has a profile of its own; both go after. */
export const inChromium = async <A>(
  skip: (why: string) => void,
  use: (context: BrowserContext) => Promise<A>
): Promise<A> => {
  const executablePath = pathOfChromium(skip)
  const profile = mkdtempSync(join(tmpdir(), 'blockforest-chromium-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args })
  try {
    return await use(context)
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}
