/**
 * How values and actions are put in words where a model does not say.
 */
import type { Action } from '../../../spec/system/executions.js'
import { canonical } from '../data/canonical.js'

/** What a value is called: its `_tag`, where it has one; itself, where it is a string; else its text. */
export const tagOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  const tag: unknown = typeof value === 'object' && value !== null && '_tag' in value ? value._tag : undefined
  return typeof tag === 'string' ? tag : canonical(value)
}

/** An action of a network in a sentence. */
export const actionInWords =
  <Message>(message: (m: Message) => string) =>
  <Internal, Timestamp>(a: Action<Message, Internal, Timestamp>): string => {
    switch (a._tag) {
      case 'Deliver':
        return `node ${String(a.packet.dst)} receives ${message(a.packet.msg)} from node ${String(a.packet.src)}`
      case 'Forge':
        return `node ${String(a.packet.src)}, which is not honest, tells node ${String(a.packet.dst)} ${message(a.packet.msg)}`
      case 'Intern':
        return `node ${String(a.node)}: ${tagOf(a.transition)}`
      case 'Crash':
        return `node ${String(a.node)} fails`
      case 'Restart':
        return `node ${String(a.node)} goes on`
      case 'Duplicate':
        return `the network duplicates ${message(a.packet.msg)} from node ${String(a.packet.src)} to node ${String(a.packet.dst)}`
      case 'Lose':
        return `the network loses ${message(a.packet.msg)} from node ${String(a.packet.src)} to node ${String(a.packet.dst)}`
      case 'Cut':
        return `the network is cut: {${a.side.join(', ')}} against the others`
      case 'Heal':
        return 'the network heals'
    }
  }
