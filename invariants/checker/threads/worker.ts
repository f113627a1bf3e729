/**
 * A thread of a parallel search (`parallel.ts`): makes the model, and takes part.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { compactOf } from '../model/model.js'
import type { Model } from '../model/model.js'
import { watchedSystem } from '../state/keyed.js'
import { takePart } from './thread.js'
import type { ModelSource, Share, Task } from './thread.js'

const isModelMaker = (
  f: unknown
): f is (argument: unknown) => Model<unknown, unknown> | Promise<Model<unknown, unknown>> => typeof f === 'function'

const modelFrom = async ({ module, name, argument, imports = [] }: ModelSource): Promise<Model<unknown, unknown>> => {
  for (const address of imports) await import(address)
  const found: unknown = await import(module)
  const make: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  if (!isModelMaker(make)) throw new TypeError(`${module} exports no function ${name} that makes a model`)
  return await make(argument)
}

const explore = async ({ source, shared }: Task): Promise<Share> => {
  const model = await modelFrom(source)
  const compact = compactOf(model) ?? watchedSystem(model)
  const { interruption, ...share } = await takePart(compact, shared, false)
  return { ...share, interruption: interruption && { ...interruption, thrown: portable(interruption.thrown) } }
}

/** What was thrown, as it can be sent to another thread: without what it may hold besides. */
const portable = (thrown: unknown): Error => {
  const { message } = thrown instanceof Error ? thrown : new Error(String(thrown))
  return thrown instanceof RangeError ? new RangeError(message) : new Error(message)
}

const isTask = (u: unknown): u is Task => typeof u === 'object' && u !== null && 'source' in u && 'shared' in u

if (parentPort !== null && isTask(workerData)) parentPort.postMessage(await explore(workerData))
