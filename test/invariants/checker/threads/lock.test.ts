import { expect, test, vi } from 'vitest'
import { lock, unlock } from '../../../../invariants/checker/threads/lock.js'

test('a lock is taken when nobody holds it, and given back', () => {
  const control = new Int32Array(new SharedArrayBuffer(12))
  const waited = vi.spyOn(Atomics, 'wait')
  lock(control, 1)
  expect([...control]).toEqual([0, 1, 0])
  lock(control, 2)
  expect([...control]).toEqual([0, 1, 1])
  unlock(control, 1)
  expect([...control]).toEqual([0, 0, 1])
  lock(control, 1)
  expect([...control]).toEqual([0, 1, 1])
  expect(waited).not.toHaveBeenCalled()
  waited.mockRestore()
})

test('who finds it held waits for it, a millisecond at most, and looks again', () => {
  const control = new Int32Array(new SharedArrayBuffer(12))
  lock(control, 1)
  let looks = 0
  const waited = vi.spyOn(Atomics, 'wait').mockImplementation(() => {
    if (++looks === 3) unlock(control, 1)
    return 'timed-out'
  })
  lock(control, 1)
  expect(waited.mock.calls).toEqual(Array.from({ length: 3 }, () => [control, 1, 1, 1]))
  expect([...control]).toEqual([0, 1, 0])
  waited.mockRestore()
})

test('who gives it back wakes one who waits', () => {
  const control = new Int32Array(new SharedArrayBuffer(12))
  const notified = vi.spyOn(Atomics, 'notify')
  lock(control, 1)
  expect(notified).not.toHaveBeenCalled()
  unlock(control, 1)
  expect(notified.mock.calls).toEqual([[control, 1, 1]])
  notified.mockRestore()
})
