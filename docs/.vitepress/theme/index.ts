/**
 * The default theme, with room for tables and for code of 120 columns, and what lives on pages. That is loaded by the pages
 * that have it, and by no other.
 */
import { defineClientComponent } from 'vitepress'
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { Layout } from './tables/Layout.js'
import './wide.css'
import './live/live.css'

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp: ({ app }) => {
    app.component(
      'Explorer',
      defineClientComponent(() => import('./explorer/Explorer.vue'))
    )
    app.component(
      'StationRun',
      defineClientComponent(() => import('./live/StationRun.vue'))
    )
    app.component(
      'SceneRun',
      defineClientComponent(() => import('./live/SceneRun.vue'))
    )
    app.component(
      'LadderRun',
      defineClientComponent(() => import('./live/LadderRun.vue'))
    )
    app.component(
      'QuorumsMeet',
      defineClientComponent(() => import('./live/QuorumsMeet.vue'))
    )
    app.component(
      'ForkChoice',
      defineClientComponent(() => import('./live/ForkChoice.vue'))
    )
    app.component(
      'ThreeParts',
      defineClientComponent(() => import('./live/ThreeParts.vue'))
    )
  }
} satisfies Theme
