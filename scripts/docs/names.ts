/**
 * Names in tables of the site that lead to pages of their own: lemmas in the ledger and in the correspondence, systems in
 * their list. In the repository, where these pages are not, they are plain text.
 */
import { nameOf, systemCalled } from '../../invariants/systems/index.js'
import { lemmaAddress, lemmaPath, lemmas } from './lemmaNames.js'

const systemAddress = (name: string): string | undefined => {
  const system = systemCalled(name)
  return system === undefined ? undefined : `/systems/${nameOf(system)}`
}

/** The ledger, in which lemmas are found by their names. */
const LEDGER = 'lemmas.md'

/** By the page, where a name leads to. */
const ADDRESSES: ReadonlyMap<string, (name: string) => string | undefined> = new Map([
  [LEDGER, lemmaAddress],
  ['correspondence.md', lemmaAddress],
  ['systems.md', systemAddress]
])

/** A token of markdown-it, as far as it matters here. */
interface Token {
  readonly type: string
  readonly content: string
  children: Token[] | null
  readonly attrSet: (name: string, value: string) => void
}

/**
 * Makes links of the cells that are nothing but a name in code. In the ledger, the first cell of a lemma is an anchor too.
 */
export const linkNames = <T extends Token>(
  page: string,
  tokens: ReadonlyArray<T>,
  link: (address: string) => readonly [open: T, close: T]
): void => {
  const addressOf = ADDRESSES.get(page)
  if (addressOf === undefined) return
  const anchors = new Set<string>()
  tokens.forEach((token, i) => {
    const [only, another] = token.children ?? []
    const cell = tokens[i - 1]
    if (cell?.type !== 'td_open' || only?.type !== 'code_inline' || another !== undefined) return
    const address = addressOf(only.content)
    if (address === undefined) return
    const [open, close] = link(address)
    token.children = [open, only, close]
    if (page !== LEDGER || anchors.has(only.content)) return
    anchors.add(only.content)
    cell.attrSet('id', lemmaPath(only.content))
  })
}

const asText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** What is to be found on a page besides what it says: in the ledger every lemma, as a section of its own, in HTML. */
export const foundOn = (page: string): string =>
  page !== LEDGER
    ? ''
    : lemmas()
        .map(
          ({ name, says, mathematics }) =>
            `<h2>${asText(name)} <a href="#${lemmaPath(name)}">#</a></h2><p>${asText(says)} ${asText(mathematics)}</p>`
        )
        .join('\n')
