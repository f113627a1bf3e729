/**
 * The default theme, with room for tables and for code of 120 columns.
 */
import DefaultTheme from 'vitepress/theme'
import './wide.css'

export default DefaultTheme
