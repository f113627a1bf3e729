/**
 * The state of an explorer on a page: what is shown, what is to be said, and what can be done.
 */
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { Request } from '../../../../impl/explorer/host.js'
import type { Shown } from '../../../../impl/explorer/session.js'
import type { Choice } from '../../../../impl/explorer/session.js'
import { beginSession } from '../worker/client.js'

/** What stands behind the `#`, if it is an address of the explorer and not of a heading. */
const addressOfPage = (): string => (location.hash.startsWith('#system=') ? location.hash.slice(1) : '')

/** What is said of where the walk is. */
const spoken = ({ at, taken, failures }: Shown): string =>
  `${at === 0 ? 'At the start' : `After step ${at}`}: ${taken[at]?.words ?? ''}. ${
    failures.length === 0 ? 'All invariants hold.' : `Violated: ${failures.join('; ')}`
  }`

/**
 * An explorer that begins with a system.
 * @param only it stays with that system.
 */
export const useExplorer = (system: string, only: boolean) => {
  const shown = shallowRef<Shown>()
  const notice = ref('')
  const wrongFields = ref<Readonly<Record<string, string>>>({})
  const isBusy = ref(true)
  const client = beginSession()

  const ask = async (request: Request, isTouched = true): Promise<void> => {
    isBusy.value = true
    const reply = await client.ask(request)
    isBusy.value = false
    wrongFields.value = reply._tag === 'Refused' ? reply.fields : {}
    notice.value = reply._tag === 'Refused' ? reply.says : reply._tag === 'Shown' ? (reply.notice ?? '') : ''
    if (reply._tag === 'Saved') save(reply.name, reply.text)
    if (reply._tag !== 'Shown') return
    if (only && reply.shown.system.name !== system) {
      await ask({ _tag: 'Open', address: '', otherwise: system }, false)
      notice.value = `This page is about ${system}, and not about ${reply.shown.system.name}: the explorer has all systems.`
      return
    }
    shown.value = reply.shown
    // The page's own address stays as it is until something is done.
    if (isTouched) history.replaceState(history.state, '', `#${reply.shown.address}`)
  }

  const open = (): Promise<void> => {
    const address = addressOfPage()
    return ask({ _tag: 'Open', address, otherwise: system }, false)
  }
  const reopen = (): void => {
    const address = addressOfPage()
    if (address !== '' && address !== shown.value?.address) void open()
  }
  onMounted(() => {
    addEventListener('hashchange', reopen)
    void open()
  })
  onBeforeUnmount(() => {
    removeEventListener('hashchange', reopen)
    client.end()
  })

  return {
    shown,
    notice,
    wrongFields,
    isBusy,
    spoken: computed(() => (shown.value === undefined ? '' : spoken(shown.value))),
    ask: (request: Request) => void ask(request),
    choose: (name: string, choice: Choice) => void ask({ _tag: 'Choose', system: name, choice })
  }
}

/** Lets the browser save a text as a file. */
const save = (name: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
