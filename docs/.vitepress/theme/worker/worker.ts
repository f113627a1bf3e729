/**
 * The worker of pages: it answers what is asked of a session of the explorer, or does a task and says how far it is. The
 * specification, the systems and the checker run here, so that the page itself never waits. What searches is loaded when
 * something is searched.
 */
import systems from 'virtual:catalogue'
import { explorer, openAddress } from '../../../../impl/explorer/host.js'
import type { Request, SearchRequest } from '../../../../impl/explorer/host.js'
import type { SceneRequest } from '../../../../impl/live/scenes.js'
import type { FromWorker, Task, ToWorker } from './messages.js'

const say = (message: FromWorker): void => {
  postMessage(message)
}

/** Loads what searches, without which nothing is searched. */
const searching = async (): Promise<unknown> => (await import('virtual:searching')).default()

const search = async ({ address, search: asked }: SearchRequest): Promise<void> => {
  const [{ searchOf }] = await Promise.all([import('../../../../impl/explorer/search.js'), searching()])
  const session = await openAddress(systems, address)
  if (session._tag === 'Left') throw new Error(session.left)
  const result = await searchOf(session.right, asked, (progress) => say({ _tag: 'Progress', progress }))
  say({ _tag: 'Found', result })
}

const station = async (name: string): Promise<void> => {
  const [{ runTrial, trialsOf }] = await Promise.all([import('../../../../impl/live/stations.js'), searching()])
  const of = trialsOf(name)
  for (let place = 0; place < of; place++) say({ _tag: 'Trial', place, of, shown: await runTrial(name, place) })
}

const scene = async (asked: SceneRequest): Promise<void> => {
  const [{ runScene }] = await Promise.all([import('../../../../impl/live/scenes.js'), searching()])
  say({ _tag: 'Scene', shown: await runScene(systems, asked) })
}

const doing = (task: Task): Promise<void> => {
  switch (task._tag) {
    case 'Search':
      return search(task.request)
    case 'Station':
      return station(task.name)
    case 'Scene':
      return scene(task.scene)
  }
}

// Requests are answered in the order in which they come.
const answer = explorer(systems)
let last: Promise<void> = Promise.resolve()
const inTurn = (number: number, request: Request): Promise<void> => {
  last = last.then(async () => say({ _tag: 'Reply', number, reply: await answer(request) }))
  return last
}

onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  const done = data._tag === 'Ask' ? inTurn(data.number, data.request) : doing(data).then(() => say({ _tag: 'Done' }))
  done.catch((thrown: unknown) => {
    say({ _tag: 'Failed', says: thrown instanceof Error ? thrown.message : String(thrown) })
  })
}
