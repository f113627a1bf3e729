/**
 * The worker of what lives on pages: stations of the lecture, and scenes. The specification and the checker run here.
 */
import type { FromWorker, ToWorker } from './messages.js'

const say = (message: FromWorker): void => {
  postMessage(message)
}

const answer = async (asked: ToWorker): Promise<void> => {
  if (asked._tag === 'Scene') {
    const [{ runScene }, { default: systems }] = await Promise.all([
      import('../../../../impl/live/scenes.js'),
      import('virtual:catalogue')
    ])
    return say({ _tag: 'Scene', shown: await runScene(systems, asked.scene) })
  }
  const { runTrial, trialsOf } = await import('../../../../impl/live/stations.js')
  const of = trialsOf(asked.name)
  for (let place = 0; place < of; place++) say({ _tag: 'Trial', place, of, shown: await runTrial(asked.name, place) })
}

onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  answer(data).then(
    () => say({ _tag: 'Done' }),
    (thrown: unknown) => {
      say({ _tag: 'Failed', says: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  )
}
