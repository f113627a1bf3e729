/**
 * What a reader runs in a page: one thing at a time, which can be stopped, and ends when the page is left.
 */
import { onBeforeUnmount, ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { begin } from './client.js'
import type { Listener } from './client.js'
import type { Task } from './messages.js'

/** Something that is run, or not. */
export interface Run {
  /** What is said of it, in a clause; the empty text: nothing. */
  readonly says: Ref<string>
  /** Ends it; undefined where nothing runs. */
  readonly end: ShallowRef<(() => void) | undefined>
  /** Ends what runs, and says why. */
  readonly stop: (why: string) => void
  /** Runs what is asked for. */
  readonly start: (task: Task, listener: Pick<Listener, 'part' | 'done'>) => void
}

/** The run of a component. */
export const useRun = (): Run => {
  const says = ref('')
  const end = shallowRef<() => void>()
  const stop = (why: string): void => {
    end.value?.()
    end.value = undefined
    says.value = why
  }
  const start: Run['start'] = (task, listener) => {
    stop('it runs …')
    end.value = begin(task, { ...listener, failed: stop })
  }
  onBeforeUnmount(() => stop(''))
  return { says, end, stop, start }
}
