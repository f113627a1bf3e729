/**
 * TLC: breadth first over `../models/tla/Toychain.tla`, on the Java machine.
 */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Configuration } from '../configurations.js'
import { versionOf } from '../measure.js'
import { numberIn } from '../tool.js'
import type { Reported, Tool } from '../tool.js'

export const TLC = 'TLC, breadth first, 2 workers'

const MODEL = fileURLToPath(new URL('../models/tla/Toychain.tla', import.meta.url))

/** The configuration file of TLC. */
export const tlcConfiguration = ({ nodes, mints, transactions, blockOnly }: Configuration): string =>
  [
    'CONSTANTS',
    `  N = ${nodes}`,
    `  B = ${mints}`,
    `  T = ${transactions}`,
    `  BlockOnly = ${blockOnly ? 'TRUE' : 'FALSE'}`,
    'INIT Init',
    'NEXT Next',
    'INVARIANTS CliqueInv QuiescentAgreement',
    // Executions end: that is no fault here.
    'CHECK_DEADLOCK FALSE',
    ''
  ].join('\n')

/** Reads what TLC prints. Its own clock counts whole seconds, and is not used. */
export const readTlc = (output: string): Reported => {
  if (!output.includes('No error has been found')) throw new Error(`not all invariants held:\n${output}`)
  return {
    states: numberIn(output, / states generated, ([\d,]+) distinct states found, 0 states left/, 'distinct states'),
    // TLC counts the initial state among the states generated.
    transitions: numberIn(output, /^([\d,]+) states generated, .* 0 states left/m, 'transitions') - 1
  }
}

export const tlc: Tool = {
  name: 'TLC',
  find: ({ cache }) => {
    const jar = process.env['TLC_JAR'] ?? ''
    const missing = (how: string) => Promise.resolve({ _tag: 'Missing' as const, how })
    if (jar === '')
      return missing('set TLC_JAR to the path of tla2tools.jar (the releases of tlaplus/tlaplus on GitHub)')
    const lacks = jar.split(delimiter).find((path) => !existsSync(path))
    if (lacks !== undefined) return missing(`TLC_JAR names ${lacks}, which does not exist`)
    const version = versionOf('java', '-version')
    if (version === undefined) return missing('TLC needs Java: apt-get install default-jre-headless')
    return Promise.resolve({
      _tag: 'Here',
      version,
      variants: [
        {
          name: TLC,
          task: 'exhaustive',
          slow: true,
          prepare: (configuration) => {
            const cwd = join(cache, 'tlc', configuration.name)
            mkdirSync(cwd, { recursive: true })
            copyFileSync(MODEL, join(cwd, 'Toychain.tla'))
            writeFileSync(join(cwd, 'Toychain.cfg'), tlcConfiguration(configuration))
            return Promise.resolve({
              program: 'java',
              args: [
                ...['-XX:+UseParallelGC', '-cp', jar, 'tlc2.TLC', '-workers', '2', '-cleanup'],
                ...['-metadir', join(cwd, 'states'), '-config', 'Toychain.cfg', 'Toychain']
              ],
              cwd,
              read: readTlc
            })
          }
        }
      ]
    })
  }
}
