/**
 * The lint rules close the holes that the compiler leaves open in typed proofs: casts, `any`, suppressed errors. They hold
 * in every file of `spec/` and `invariants/`; casts and `any` are allowed in the kernel alone.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../../scripts/docs/pages.js'

const LEMMAS = 'invariants/blockchain/lemmas/states.ts'
const KERNEL = 'invariants/proof/kernel.ts'

const eslint = new ESLint({ cwd: ROOT })

/** The rules that a file breaks with some code at its end. */
const broken = async (file: string, code: string): Promise<ReadonlyArray<string | null>> => {
  const text = `${readFileSync(join(ROOT, file), 'utf8')}\n${code}\n`
  const results = await eslint.lintText(text, { filePath: join(ROOT, file) })
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))
}

const CAST = '@typescript-eslint/consistent-type-assertions'
const ANY = '@typescript-eslint/no-explicit-any'

const holes: ReadonlyArray<readonly [hole: string, code: string, rule: string]> = [
  ['a cast', 'export const hole = (x: unknown): string => x as string', CAST],
  ['a cast in angle brackets', 'export const hole = (x: unknown): string => <string>x', CAST],
  ['any', 'export const hole = (x: any): string => x', ANY],
  ['any inside another type', 'export const hole = (x: ReadonlyArray<any>): number => x.length', ANY],
  ['what comes as any', 'export const hole = (): string => JSON.parse("1")', '@typescript-eslint/no-unsafe-return'],
  [
    'an assertion that something is there',
    'export const hole = (x?: string): string => x!',
    '@typescript-eslint/no-non-null-assertion'
  ],
  [
    'an error that is expected',
    '// @ts-expect-error: a hole\nexport const hole: string = 1',
    '@typescript-eslint/ban-ts-comment'
  ],
  ['an error that is ignored', '// @ts-ignore\nexport const hole: string = 1', '@typescript-eslint/ban-ts-comment']
]

describe('lint', () => {
  // The first file waits for the types of the whole project.
  beforeAll(async () => {
    await broken(LEMMAS, '')
  }, 5 * 60_000)

  test('has nothing to say of a file of lemmas as it is', async () => {
    expect(await broken(LEMMAS, '')).toEqual([])
  })

  test.each(holes)('refuses %s in a file of lemmas', async (_, code, rule) => {
    expect(await broken(LEMMAS, code)).toContain(rule)
  })

  test('allows `as const`, which asserts nothing', async () => {
    expect(await broken(LEMMAS, "export const tag = 'tag' as const")).toEqual([])
  })

  test('allows casts and `any` in the kernel, and not in what is built on it', async () => {
    const cast = 'export const hole = (x: any): string => x as string'
    expect(await broken(KERNEL, cast)).toEqual([])
    for (const file of ['invariants/proof/logic.ts', 'invariants/proof/lemma.ts', 'spec/prelude/seq.ts'])
      expect(await broken(file, cast)).toEqual(expect.arrayContaining([CAST, ANY]))
  })

  test(
    'no file of proofs or lemmas switches a rule off for itself',
    async () => {
      const results = await eslint.lintFiles(['invariants/proof/*.ts', 'invariants/blockchain/lemmas/*.ts'])
      expect(results.length).toBeGreaterThan(30)
      expect(results.flatMap(({ suppressedMessages }) => suppressedMessages)).toEqual([])
    },
    5 * 60_000
  )
})
