/**
 * Explores a system in one way, as a program: `explore SYSTEM WAY`.
 */
import { SYSTEMS, WAYS } from './systems.js'

const [name = '', wanted] = process.argv.slice(2)
const subject = SYSTEMS[name]
const way = WAYS.find((one) => one === wanted)
if (subject === undefined || way === undefined) throw new RangeError('explore SYSTEM WAY')
process.stdout.write(`${JSON.stringify(await subject.explore(way))}\n`)
