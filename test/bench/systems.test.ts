/**
 * The benchmark of systems that are no networks, on small ones: what is compared counts the same, and TLC is given what is
 * said of it.
 */
import { expect, test } from 'vitest'
import { jsonBreadthFirst } from '../../bench/systems/jsonBreadthFirst.js'
import { SYSTEMS } from '../../bench/systems/systems.js'
import { exhaustive } from '../../invariants/checker/index.js'
import { lamportMutex, mutexHolds, mutexInitial, mutexSteps } from '../classics/lamportMutex.js'
import { paxosComponents, paxosHolds, paxosInitial, paxosSteps } from '../classics/paxosComponents.js'

test('breadth first with JSON texts counts what the checker counts', async () => {
  const mutex = { processes: 2, maxClock: 4 }
  expect(jsonBreadthFirst({ initial: mutexInitial(2), steps: mutexSteps(mutex), holds: mutexHolds })).toEqual(
    await counted(exhaustive(lamportMutex(mutex)))
  )
  const paxos = { acceptors: 3, quorum: 2, ballots: 2, values: 2 }
  expect(
    jsonBreadthFirst({ initial: paxosInitial(paxos), steps: paxosSteps(paxos), holds: paxosHolds(paxos) })
  ).toEqual(await counted(exhaustive(paxosComponents(paxos))))
})

const counted = async (result: ReturnType<typeof exhaustive>) => {
  const { states, transitions } = await result
  return { states, transitions }
}

test('breadth first with JSON texts stops where something does not hold', () => {
  const paxos = { acceptors: 3, quorum: 1, ballots: 2, values: 2 }
  expect(() =>
    jsonBreadthFirst({ initial: paxosInitial(paxos), steps: paxosSteps(paxos), holds: paxosHolds(paxos) })
  ).toThrow('violated in {')
})

test('TLC checks the types of Paxos, and neither its inductive invariant nor a refinement', () => {
  const published = 'CONSTANT\nMaxBallot = 2\nSPECIFICATION\nSpec\nINVARIANT\nInv\nPROPERTY\nprop_1\n'
  const configuration = SYSTEMS['paxos']!.tlc.configuration(published)
  expect(configuration).toBe('CONSTANT\nMaxBallot = 2\nSPECIFICATION\nSpec\nINVARIANT\nTypeOK\n\n')
  expect(SYSTEMS['lamport']!.tlc.configuration('as it is')).toBe('as it is')
})
