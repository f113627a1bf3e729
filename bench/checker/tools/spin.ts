/**
 * SPIN: a verifier in C, generated from a Promela model (`../models/spin/promela.ts`) and compiled. Only the verifier is
 * measured.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { run, versionOf } from '../measure.js'
import { promela } from '../models/spin/promela.js'
import { numberIn } from '../tool.js'
import type { Reported, Tool } from '../tool.js'

export const SPIN = 'SPIN, depth first, -O2'

/** Reads what the verifier prints. */
export const readPan = (output: string): Reported => {
  if (!/errors: 0$/m.test(output) || /max search depth too small|out of memory|Search not completed/.test(output))
    throw new Error(`the search found an error or was cut short:\n${output}`)
  return {
    states: numberIn(output, /^\s*(\d+) states, stored/m, 'distinct states'),
    // SPIN counts the step into the initial state.
    transitions: numberIn(output, /^\s*(\d+) transitions/m, 'transitions') - 1,
    seconds: numberIn(output, /elapsed time ([\d.]+)/, 'the time'),
    memory: numberIn(output, /^\s*([\d.]+)\s+total actual memory usage/m, 'the memory') * 2 ** 20
  }
}

/** Seconds that generating and compiling a verifier may take. */
const PREPARING = 600

export const spin: Tool = {
  name: 'SPIN',
  find: ({ cache }) => {
    const version = versionOf('spin', '-V')
    if (version === undefined || versionOf('gcc', '--version') === undefined)
      return Promise.resolve({ _tag: 'Missing', how: 'apt-get install spin gcc, or build it from spinroot.com' })
    return Promise.resolve({
      _tag: 'Here',
      version: version.replace(/^Spin Version /, ''),
      variants: [
        {
          name: SPIN,
          task: 'exhaustive',
          prepare: async (configuration) => {
            const cwd = join(cache, 'spin', configuration.name)
            mkdirSync(cwd, { recursive: true })
            writeFileSync(join(cwd, 'model.pml'), promela(configuration))
            // -o2: keep variables that nothing reads. The minter of a block is part of the state.
            await run({ program: 'spin', args: ['-o2', '-a', 'model.pml'], cwd }, PREPARING)
            const megabytes = String(Math.floor(totalmem() / 2 ** 20 / 2))
            const options = ['-O2', '-DNOREDUCE', `-DMEMLIM=${megabytes}`, '-w', '-o', 'pan', 'pan.c']
            await run({ program: 'gcc', args: options, cwd }, PREPARING)
            // Depth at most 5,000; a table of 2^22 slots to begin with; no report of end states and unreached code.
            return { program: join(cwd, 'pan'), args: ['-m5000', '-w22', '-E', '-n'], cwd, read: readPan }
          }
        }
      ]
    })
  }
}
