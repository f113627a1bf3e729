/**
 * Explores a system in one way, as a program: `explore SYSTEM WAY`, or `explore SYSTEM QUESTION` of one that is asked
 * what happens at last.
 */
import { LIVE, QUESTIONS } from './liveness.js'
import { SYSTEMS, WAYS } from './systems.js'

const [name = '', wanted] = process.argv.slice(2)
const way = WAYS.find((one) => one === wanted)
const question = QUESTIONS.find((one) => one === wanted)
const found =
  way !== undefined ? SYSTEMS[name]?.explore(way) : question !== undefined ? LIVE[name]?.explore(question) : undefined
if (found === undefined) throw new RangeError('explore SYSTEM WAY, or explore SYSTEM QUESTION')
process.stdout.write(`${JSON.stringify(await found)}\n`)
