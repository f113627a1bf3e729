/**
 * The default theme, with room for tables and for code of 120 columns, and what lives on pages. That is loaded by the pages
 * that have it, and by no other.
 */
import { defineClientComponent } from 'vitepress'
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { Layout } from './tables/Layout.js'
import './wide.css'

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp: ({ app }) => {
    app.component(
      'Explorer',
      defineClientComponent(() => import('./explorer/Explorer.vue'))
    )
  }
} satisfies Theme
