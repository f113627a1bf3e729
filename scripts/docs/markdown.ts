/**
 * What the generators and the tests need to know of Markdown: headings, fenced blocks, links, tables.
 */

/** A fenced block of a page. */
export interface Fence {
  /** The line of its opening fence, from 1. */
  readonly line: number
  readonly language: string
  /** What stands behind the language on the opening fence. */
  readonly info: string
  readonly content: string
}

/** The fenced blocks of a page. */
export const fences = (page: string): ReadonlyArray<Fence> =>
  [...page.matchAll(/^```(\S*)[ \t]*(.*)\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: language = '', 2: info = '', 3: content = '' }) => ({
      line: page.slice(0, index).split('\n').length,
      language,
      info,
      content
    })
  )

/** A page without its fenced blocks. */
const prose = (page: string): string => page.replace(/^```[\s\S]*?^```$/gm, '')

/** The anchor of a heading, as GitHub and the built site have it: lower case, no punctuation, hyphens for spaces. */
export const slug = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

/** The anchors of a page's headings. */
export const anchors = (page: string): ReadonlyArray<string> =>
  [...prose(page).matchAll(/^#{1,6} (.*)$/gm)].map(({ 1: heading = '' }) =>
    slug(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'))
  )

/** The targets of a page's links. */
export const links = (page: string): ReadonlyArray<string> =>
  [
    ...prose(page)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^()\s]+)\)/g)
  ].map(({ 1: target = '' }) => target)

/** Text for a cell of a table. */
export const inCell = (text: string): string => text.replaceAll('|', '\\|')

/** Code for a cell of a table; nothing where there is none. */
export const codeInCell = (text: string): string => (text === '' ? '' : `\`${inCell(text)}\``)

/** A row of a table. */
export const tableRow = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`
