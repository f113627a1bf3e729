/**
 * The layout of the site: the default one, with a filter above the pages of long tables.
 */
import { defineClientComponent, useData } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { defineComponent, h } from 'vue'

const TableFilter = defineClientComponent(() => import('./TableFilter.vue'))

/** What declarations of a Coq development are. */
const KINDS = ['Lemma', 'Definition', 'Fixpoint', 'Inductive', 'Record', 'Module', 'Parameter', 'Axiom', 'Notation']

/** The pages whose tables can be filtered, and the words by which. */
const FILTERED: Readonly<Record<string, ReadonlyArray<string>>> = {
  'source/index.md': [],
  'lemmas.md': ['derived', 'tested', 'assumed'],
  'correspondence.md': KINDS,
  'correspondence-bythos.md': KINDS.filter((kind) => kind !== 'Lemma' && kind !== 'Notation')
}

export const Layout = defineComponent(() => {
  const { page } = useData()
  return () =>
    h(DefaultTheme.Layout, undefined, {
      'doc-before': () => {
        const words = FILTERED[page.value.relativePath]
        return words === undefined ? undefined : h(TableFilter, { key: page.value.relativePath, words })
      }
    })
})
