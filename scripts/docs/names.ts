/**
 * Names in tables of the site that lead to pages of their own: lemmas in the ledger and in the correspondence, systems in
 * their list. In the repository, where these pages are not, they are plain text.
 */
import { nameOf, systemCalled } from '../../invariants/systems/index.js'
import { lemmaAddress } from './lemmaPages.js'

const systemAddress = (name: string): string | undefined => {
  const system = systemCalled(name)
  return system === undefined ? undefined : `/systems/${nameOf(system)}`
}

/** By the page, where a name leads to. */
const ADDRESSES: ReadonlyMap<string, (name: string) => string | undefined> = new Map([
  ['lemmas.md', lemmaAddress],
  ['correspondence.md', lemmaAddress],
  ['systems.md', systemAddress]
])

/** A token of markdown-it, as far as it matters here. */
interface Token {
  readonly type: string
  readonly content: string
  children: Token[] | null
}

/** Makes links of the cells that are nothing but a name in code. */
export const linkNames = <T extends Token>(
  page: string,
  tokens: ReadonlyArray<T>,
  link: (address: string) => readonly [open: T, close: T]
): void => {
  const addressOf = ADDRESSES.get(page)
  if (addressOf === undefined) return
  tokens.forEach((token, i) => {
    const [only, another] = token.children ?? []
    if (tokens[i - 1]?.type !== 'td_open' || only?.type !== 'code_inline' || another !== undefined) return
    const address = addressOf(only.content)
    if (address === undefined) return
    const [open, close] = link(address)
    token.children = [open, only, close]
  })
}
