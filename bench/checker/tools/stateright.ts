/**
 * Stateright: `../models/stateright`, a program in Rust, compiled by whoever wants it measured.
 */
import { existsSync } from 'node:fs'
import { asArguments, numberIn } from '../tool.js'
import type { Reported, Tool, Variant } from '../tool.js'

export const STATERIGHT_BREADTH_FIRST = 'Stateright, breadth first, 2 threads'
export const STATERIGHT_DEPTH_FIRST = 'Stateright, depth first, 1 thread'
export const STATERIGHT_RANDOM = 'Stateright, random, 1 thread'

/** Reads what an exhaustive search prints; the program asserts the invariants itself. */
export const readStateright = (output: string): Reported => ({
  states: numberIn(output, /^distinct=(\d+)/m, 'distinct states'),
  // Stateright counts the initial state among the states generated.
  transitions: numberIn(output, /generated=(\d+)/, 'transitions') - 1,
  seconds: numberIn(output, /sec=([\d.]+)/, 'the time')
})

/** Reads what a simulation prints. */
export const readSimulation = (output: string): Reported => {
  if (numberIn(output, /discoveries=(\d+)/, 'how many violations there were') > 0) throw new Error(output)
  return {
    transitions: numberIn(output, /steps=(\d+)/, 'steps'),
    seconds: numberIn(output, /sec=([\d.]+)/, 'the time')
  }
}

export const stateright: Tool = {
  name: 'Stateright',
  find: ({ quick }) => {
    const program = process.env['STATERIGHT_BIN'] ?? ''
    const missing = (how: string) => Promise.resolve({ _tag: 'Missing' as const, how })
    if (program === '')
      return missing(
        'cargo build --release --manifest-path bench/checker/models/stateright/Cargo.toml --target-dir DIR, then set STATERIGHT_BIN to DIR/release/toychain'
      )
    if (!existsSync(program)) return missing(`STATERIGHT_BIN names ${program}, which does not exist`)
    const variant = (
      name: string,
      task: Variant['task'],
      options: ReadonlyArray<string>,
      read: (output: string) => Reported
    ): Variant => ({
      name,
      task,
      prepare: (configuration) => Promise.resolve({ program, args: [...asArguments(configuration), ...options], read })
    })
    return Promise.resolve({
      _tag: 'Here',
      version: 'the program that STATERIGHT_BIN names',
      variants: [
        { ...variant(STATERIGHT_BREADTH_FIRST, 'exhaustive', ['bfs', '2'], readStateright), slow: true },
        variant(STATERIGHT_DEPTH_FIRST, 'exhaustive', ['dfs', '1'], readStateright),
        variant(STATERIGHT_RANDOM, 'random', ['sim', '1', quick ? '1' : '5'], readSimulation)
      ]
    })
  }
}
