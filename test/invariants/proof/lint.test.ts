/**
 * The lint rules close the holes that the compiler leaves open in typed proofs: casts, `any`, suppressed errors. They hold
 * in every file of `spec/` and `invariants/`; casts and `any` are allowed in the kernel alone, whose types are phantoms.
 *
 * Each file's configuration is looked up as ESLint does, and the rules that need no types are run on code that breaks
 * them. (To run those with types takes as long as linting everything, which `npm run lint` does.)
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint, Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../../scripts/docs/pages.js'

const KERNEL = 'invariants/proof/kernel/'
const OF_KERNEL = `${KERNEL}rules.ts`

const CAST = '@typescript-eslint/consistent-type-assertions'
const ANY = '@typescript-eslint/no-explicit-any'
const PRESENT = '@typescript-eslint/no-non-null-assertion'
const COMMENT = '@typescript-eslint/ban-ts-comment'

/** The rules that need no types, and those that keep what comes as `any` from going on. */
const SYNTACTIC = [CAST, ANY, PRESENT, COMMENT]
const TYPED = ['argument', 'assignment', 'call', 'member-access', 'return'].map(
  (what) => `@typescript-eslint/no-unsafe-${what}`
)

const files = ['spec', 'invariants'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
)

const eslint = new ESLint({ cwd: ROOT })

type Rules = Readonly<Record<string, Linter.RuleEntry>>

/** The rules that hold in a file. */
const rulesOf = async (file: string): Promise<Rules> => {
  const config = (await eslint.calculateConfigForFile(join(ROOT, file))) as { readonly rules: Rules }
  return config.rules
}

/** Whether a rule's breach is an error. */
const isError = (entry: Linter.RuleEntry | undefined): boolean => [2, 'error'].includes([entry].flat()[0] as never)

/** The rules without types that some code breaks in a file. */
const broken = async (file: string, code: string): Promise<ReadonlyArray<string | null>> => {
  const rules = await rulesOf(file)
  const messages = new Linter().verify(code, {
    languageOptions: { parser: tseslint.parser },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: Object.fromEntries(SYNTACTIC.flatMap((rule) => (rules[rule] === undefined ? [] : [[rule, rules[rule]]])))
  })
  return messages.map(({ ruleId }) => ruleId)
}

const holes: ReadonlyArray<readonly [hole: string, code: string, rule: string]> = [
  ['a cast', 'export const hole = (x: unknown): string => x as string', CAST],
  ['a cast in angle brackets', 'export const hole = (x: unknown): string => <string>x', CAST],
  ['any', 'export const hole = (x: any): string => x', ANY],
  ['any inside another type', 'export const hole = (x: ReadonlyArray<any>): number => x.length', ANY],
  ['an assertion that something is there', 'export const hole = (x?: string): string => x!', PRESENT],
  ['an error that is expected', '// @ts-expect-error: a hole\nexport const hole: string = 1', COMMENT],
  ['an error that is ignored', '// @ts-ignore\nexport const hole: string = 1', COMMENT],
  ['a file that is not checked', '// @ts-nocheck\nexport const hole: string = 1', COMMENT]
]

describe('lint', () => {
  test.each(holes)('refuses %s in a file of lemmas', async (_, code, rule) => {
    expect(await broken('invariants/blockchain/lemmas/states.ts', code)).toEqual([rule])
  })

  test('allows `as const`, which asserts nothing', async () => {
    expect(await broken('invariants/blockchain/lemmas/states.ts', "export const tag = 'tag' as const")).toEqual([])
  })

  test('has its rules in every file of spec/ and invariants/, but for casts and `any` in the kernel', async () => {
    expect(files).toContain(OF_KERNEL)
    const lacking: string[] = []
    for (const file of files) {
      const rules = await rulesOf(file)
      for (const rule of [...SYNTACTIC, ...TYPED]) if (!isError(rules[rule])) lacking.push(`${file} ${rule}`)
    }
    const allowed = [ANY, ...['argument', 'assignment', 'return'].map((what) => `@typescript-eslint/no-unsafe-${what}`)]
    expect(lacking.toSorted()).toEqual(
      files
        .filter((file) => file.startsWith(KERNEL))
        .flatMap((file) => allowed.map((rule) => `${file} ${rule}`))
        .toSorted()
    )
    expect(await broken(OF_KERNEL, 'export const hole = (x: any): string => x as string')).toEqual([])
    expect(await broken('invariants/proof/logic.ts', 'export const hole = (x: any): string => x as string')).toEqual([
      ANY,
      CAST
    ])
  })

  test('is switched off nowhere in the proofs and the lemmas', () => {
    const proofs = files.filter((file) => /^invariants\/(proof|blockchain\/lemmas)\//.test(file))
    expect(proofs.length).toBeGreaterThan(30)
    expect(proofs.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('eslint-disable'))).toEqual([])
  })
})
