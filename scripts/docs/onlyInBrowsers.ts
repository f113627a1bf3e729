/**
 * What lives on pages lives in browsers alone: when pages are rendered beforehand, its place is empty. So the build for that
 * need not have the explorer, and with it all systems.
 */

/** The modules of the theme that load components; they do so in browsers only. */
const THEME = /[/]docs[/][.]vitepress[/]theme[/].*[.]ts$/

const NOTHING = '\0only-in-browsers'

/** Puts nothing in the place of these components where pages are rendered beforehand. */
export const onlyInBrowsersPlugin = () => ({
  name: 'only-in-browsers',
  enforce: 'pre' as const,
  resolveId: (id: string, importer: string | undefined, { ssr = false }: { readonly ssr?: boolean }) =>
    ssr && id.endsWith('.vue') && importer !== undefined && THEME.test(importer) ? NOTHING : undefined,
  load: (id: string) => (id === NOTHING ? 'export default {}' : undefined)
})
