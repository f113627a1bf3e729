/**
 * The yardstick (`../yardstick.ts`), compiled to plain JavaScript so that nothing but it is measured.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { asArguments } from '../tool.js'
import type { Reported, Tool } from '../tool.js'
import type { Explored } from '../yardstick.js'

export const YARDSTICK = 'yardstick, depth first'

const SOURCE = fileURLToPath(new URL('../yardstick.ts', import.meta.url))

export const readYardstick = (output: string): Reported => {
  const { states, transitions, seconds } = JSON.parse(output) as Explored
  return { states, transitions, seconds }
}

export const yardstick: Tool = {
  name: 'yardstick',
  find: ({ cache }) => {
    mkdirSync(cache, { recursive: true })
    const program = join(cache, 'yardstick.mjs')
    const { outputText } = ts.transpileModule(readFileSync(SOURCE, 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ES2022 }
    })
    writeFileSync(program, outputText)
    return Promise.resolve({
      _tag: 'Here',
      version: `Node ${process.versions.node}`,
      variants: [
        {
          name: YARDSTICK,
          task: 'exhaustive',
          prepare: (configuration) =>
            Promise.resolve({
              program: process.execPath,
              args: [program, ...asArguments(configuration)],
              read: readYardstick
            })
        }
      ]
    })
  }
}
