/**
 * The site of the documentation: `npm run docs` builds it into docs/.vitepress/dist.
 *
 * Pages link to files as people read them in the repository, `../spec/blockchain/forests.ts#L40`. Here such a link leads
 * to a page of the site that shows the file: see `scripts/docs/site.ts` and `source/[path].paths.ts`.
 */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { defineConfig } from 'vitepress'
import { catalogue, nameOf } from '../../invariants/systems/index.js'
import { deferredSearchPlugin } from '../../scripts/docs/deferredSearch.js'
import { lazyCataloguePlugin } from '../../scripts/docs/lazyCatalogue.js'
import { slug } from '../../scripts/docs/markdown.js'
import { onlyInBrowsersPlugin } from '../../scripts/docs/onlyInBrowsers.js'
import { foundOn, linkNames } from '../../scripts/docs/names.js'
import { addressFor, shownAt } from '../../scripts/docs/site.js'
import { footerOf, INDEX } from '../../scripts/docs/source/pages.js'
import { sectionsOf, sourceCodePlugin } from '../../scripts/docs/source/plugin.js'
import type { Section } from '../../scripts/docs/source/plugin.js'
import { pureClassesPlugin } from '../../scripts/docs/pureClasses.js'
import { workerChunks } from '../../scripts/docs/workerChunks.js'

interface Entry {
  readonly text: string
  readonly link: string
}

const DOCS = join(import.meta.dirname, '..')

/** The entries whose pages exist: some pages are made by parts that may be missing. */
const present = (entries: ReadonlyArray<Entry>): Entry[] =>
  entries.filter(({ link }) => existsSync(join(DOCS, `${link === '/' ? 'index' : link}.md`)))

/** What pages and their workers are made with. */
const plugins = () => [lazyCataloguePlugin(), deferredSearchPlugin(), pureClassesPlugin()]

export default defineConfig({
  title: 'blockforest',
  description: 'An executable specification of blockchain consensus, to be read beside the paper.',
  lang: 'en',
  cleanUrls: true,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/icon.svg' }]],
  transformPageData: ({ relativePath, frontmatter }) => {
    if (relativePath === 'source/index.md') return { frontmatter: { ...frontmatter, aside: true } }
    const file = shownAt(relativePath)
    return file === undefined ? undefined : { frontmatter: { ...frontmatter, ...footerOf(file) } }
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        _render: (src, env, md) => {
          const { relativePath } = env as { readonly relativePath: string }
          return `${md.render(src, env)}${foundOn(relativePath)}`
        },
        miniSearch: {
          // Pages that show files have no headings: what is found on them is what they define. Where there is nothing of the
          // kind, VitePress goes by the headings, which its types do not say.
          _splitIntoSections: (path) => {
            const file = shownAt(relative(DOCS, path))
            return (file === undefined ? undefined : sectionsOf(file)) as Section[]
          }
        }
      }
    },
    outline: [2, 3],
    sidebar: [
      {
        text: 'Read',
        items: present([
          { text: 'What this is', link: '/' },
          { text: 'The lecture, run', link: '/lecture' },
          { text: 'Toychain’s invariant', link: '/invariant' },
          { text: 'The choice among forks', link: '/fork-choice' },
          { text: 'Reading guide', link: '/reading-guide' },
          { text: 'Correspondence with Coq', link: '/correspondence' },
          { text: 'Statements compared', link: '/statements' },
          { text: 'Correspondence with Bythos', link: '/correspondence-bythos' },
          { text: 'Two editions', link: '/editions' },
          { text: 'Glossary', link: '/glossary' },
          { text: 'Architecture', link: '/architecture' }
        ])
      },
      {
        text: 'Check',
        items: present([
          { text: 'The explorer', link: '/explorer' },
          { text: 'Systems', link: '/systems' },
          { text: 'The bounded model', link: '/model' },
          { text: 'Environments and adversaries', link: '/environments' },
          { text: 'The checker', link: '/checker' },
          { text: 'A model of your own', link: '/models' },
          { text: 'Properties', link: '/properties' },
          { text: 'Histories', link: '/histories' },
          { text: 'Quorums', link: '/quorums' },
          { text: 'Byzantine generals', link: '/generals' },
          { text: 'Reliable broadcast', link: '/broadcast' },
          { text: 'Paxos', link: '/paxos' },
          { text: 'PBFT', link: '/pbft' },
          { text: 'Smart contracts', link: '/contracts' },
          { text: 'The museum', link: '/museum' },
          { text: 'Typed proofs', link: '/proofs' },
          { text: 'Derivations as data', link: '/derivations' },
          { text: 'The ledger of lemmas', link: '/lemmas' },
          { text: 'Instances and laws', link: '/instances' },
          { text: 'Real Bitcoin headers', link: '/bitcoin' },
          { text: 'Conformance vectors', link: '/conformance' },
          { text: 'The strength of the tests', link: '/mutation' }
        ])
      },
      {
        text: 'Explore',
        collapsed: true,
        items: catalogue.map((system) => ({ text: nameOf(system), link: `/systems/${nameOf(system)}` }))
      },
      {
        text: 'Build',
        items: present([
          { text: 'The block forest', link: '/forest' },
          { text: 'PBFT as a library', link: '/pbft-library' },
          { text: 'Dependencies', link: '/dependencies' }
        ]).concat({ text: 'Source files', link: INDEX })
      }
    ]
  },
  vite: {
    resolve: {
      // These packages are written twice, as CommonJS and as modules: of modules, what is not used falls away.
      alias: [
        { find: /^(fp-ts|io-ts)[/]lib[/]/, replacement: '$1/es6/' },
        { find: /^io-ts$/, replacement: 'io-ts/es6/index.js' }
      ]
    },
    // Private members of classes are not written out for browsers from before 2022.
    build: { target: 'es2022' },
    plugins: [...plugins(), sourceCodePlugin(), onlyInBrowsersPlugin()],
    // Nothing here, and nothing of VitePress, is a component with options.
    define: { __VUE_OPTIONS_API__: 'false' },
    worker: { format: 'es', plugins, rollupOptions: { output: { manualChunks: workerChunks } } }
  },
  markdown: {
    math: true,
    anchor: { slugify: slug },
    config: (md) => {
      md.core.ruler.push('links to files', ({ tokens, env, Token }) => {
        const { relativePath } = env as { readonly relativePath: string }
        linkNames(relativePath, tokens, (address) => {
          const open = new Token('link_open', 'a', 1)
          open.attrSet('href', address)
          return [open, new Token('link_close', 'a', -1)]
        })
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.type === 'link_open' ? token.attrGet('href') : null
          const address = href === null ? undefined : addressFor(relativePath, href)
          if (address !== undefined) token.attrSet('href', address)
        }
      })
      // What a program prints is no shell script.
      md.core.ruler.push('transcripts', ({ tokens }) => {
        for (const token of tokens) if (token.type === 'fence') token.info = token.info.replace(/^console\b.*/, 'txt')
      })
    }
  }
})
