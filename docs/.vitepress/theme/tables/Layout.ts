/**
 * The layout of the site: the default one, with a filter above the pages of long tables, and a mark on the line of a source
 * that a link leads to.
 */
import { defineClientComponent, onContentUpdated, useData } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { defineComponent, h, onBeforeUnmount, onMounted } from 'vue'

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

/** Marks the line that the address names. What browsers mark by themselves stays where it is when the site changes pages. */
const markLine = (): void => {
  for (const line of document.querySelectorAll('.line.led-to')) line.classList.remove('led-to')
  const led = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (led?.classList.contains('line') === true) led.classList.add('led-to')
}

export const Layout = defineComponent(() => {
  const { page } = useData()
  onContentUpdated(markLine)
  onMounted(() => addEventListener('hashchange', markLine))
  onBeforeUnmount(() => removeEventListener('hashchange', markLine))
  return () =>
    h(DefaultTheme.Layout, undefined, {
      'doc-before': () => {
        const words = FILTERED[page.value.relativePath]
        return words === undefined ? undefined : h(TableFilter, { key: page.value.relativePath, words })
      }
    })
})
