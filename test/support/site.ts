/**
 * The site of the documentation as a folder of files: built, crawled without a network, and served on this machine.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { defaultTreeAdapter, parse } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'
import { inject } from 'vitest'
import { siteIn } from './siteBuild.js'

/** The folder of the site, which is built once for all tests of a run. Rejects with what VitePress says if it cannot be built. */
export const builtSite = async (): Promise<string> => {
  const { site, fault } = await siteIn(inject('siteFolder'))
  if (fault !== '') throw new Error(fault)
  return site
}

/** The file that a server sends for a path, as web servers do for addresses without a suffix. */
const fileFor = (folder: string, path: string): string | undefined =>
  [path, `${path}.html`, join(path, 'index.html')]
    .map((name) => join(folder, name))
    .find((file) => existsSync(file) && statSync(file).isFile())

/** What a page of HTML names: the anchors that it has, and the addresses that it refers to. */
interface Named {
  readonly anchors: ReadonlySet<string>
  readonly references: ReadonlyArray<string>
}

/** Attributes whose values are addresses. */
const REFERRING = new Set(['href', 'src', 'poster'])

const namedIn = (html: string): Named => {
  const anchors = new Set<string>()
  const references: string[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if (defaultTreeAdapter.isElementNode(node))
      for (const { name, value } of node.attrs) {
        if (name === 'id' || (name === 'name' && node.tagName === 'a')) anchors.add(value)
        if (REFERRING.has(name)) references.push(value)
      }
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  visit(parse(html))
  return { anchors, references }
}

/** What a crawl found. */
interface Crawl {
  /** The pages that were reached from the first one, as paths in the folder. */
  readonly reached: ReadonlyArray<string>
  /** How many references within the site were looked at. */
  readonly references: number
  /** References that lead nowhere: to no file, or to no anchor of a page. */
  readonly broken: ReadonlyArray<string>
}

const ORIGIN = 'http://site.invalid'

/** Follows all references of the site from its first page, and looks at those of pages that are not reached too. */
export const crawl = (folder: string): Crawl => {
  const known = new Map<string, Named>()
  const named = (file: string): Named => {
    const found = known.get(file) ?? namedIn(readFileSync(file, 'utf8'))
    known.set(file, found)
    return found
  }
  const broken: string[] = []
  let references = 0
  const leads = (file: string): ReadonlyArray<string> =>
    named(file).references.flatMap((reference) => {
      const from = file.slice(folder.length).replaceAll('\\', '/')
      if (!URL.canParse(reference, `${ORIGIN}${from}`)) {
        broken.push(`${from}: ${reference}`)
        return []
      }
      const to = new URL(reference, `${ORIGIN}${from}`)
      if (to.origin !== ORIGIN) return []
      references += 1
      const target = fileFor(folder, decodeURIComponent(to.pathname))
      // What the explorer opens is no anchor.
      const isState = to.pathname === '/explorer' && to.hash.startsWith('#system=')
      const anchor = isState ? '' : decodeURIComponent(to.hash.slice(1))
      const isPage = target !== undefined && extname(target) === '.html'
      if (target === undefined || (anchor !== '' && !(isPage && named(target).anchors.has(anchor))))
        broken.push(`${from}: ${reference}`)
      return isPage ? [target] : []
    })
  const reached = new Set([join(folder, 'index.html')])
  // What is added to a set while it is iterated over is visited too.
  for (const file of reached) for (const target of leads(file)) reached.add(target)
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => join(folder, name))
  for (const file of all) if (!reached.has(file)) leads(file)
  return { reached: [...reached].map((file) => file.slice(folder.length + 1)).sort(), references, broken }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml'
}

/** Serves a folder on this machine while a function is at work with its address. */
export const serving = async <A>(folder: string, use: (address: string) => Promise<A>): Promise<A> => {
  const server = createServer((request, response) => {
    const file = fileFor(folder, decodeURIComponent(new URL(request.url ?? '/', ORIGIN).pathname))
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': TYPES[extname(file ?? '')] ?? 'text/plain' })
    response.end(file === undefined ? undefined : readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const address = server.address()
    return await use(`http://127.0.0.1:${String(typeof address === 'object' ? address?.port : address)}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
