import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blockforest, newFolder } from '../../support/command.js'
import { deep } from '../../support/deep.js'
import { countsOf } from '../../support/presets.js'

/** The arguments in a command line that a report names. */
const argumentsOf = (command: string): ReadonlyArray<string> => command.split(' ').slice(1)
const ignored: unknown = expect.any(Number)

describe.concurrent('blockforest check', () => {
  test('of a model in which all holds exits with 0, and reports exact numbers as JSON', async () => {
    const { out, err, exitCode } = await blockforest('check', '--mints', '1', '--json')
    expect([err, exitCode]).toEqual(['', 0])
    expect(JSON.parse(out)).toEqual({
      system: 'toychain',
      configuration: {
        name: 'F210',
        instance: 'numbered',
        nodes: 2,
        mints: 1,
        transactions: 0,
        blockOnly: false,
        faults: { duplications: 0, losses: 0, cuts: 0 }
      },
      strategy: { _tag: 'exhaustive' },
      engine: 'interned',
      reductions: [],
      states: 107,
      transitions: 234,
      depth: 9,
      complete: true,
      seconds: ignored,
      peakMemory: ignored,
      verdict: 'holds',
      collisionChance: (107 * 106) / 2 / 2 ** 64,
      coverage: {
        kinds: { 'Deliver BlockMsg': 40, 'Deliver InvMsg': 172, 'Deliver GetDataMsg': 20, MintT: 2 },
        states: { forks: 0, orphans: 0, collisions: 0, quiescence: 3 },
        steps: { reorganisations: 0 },
        goals: {}
      },
      neverEnabled: []
    })
  })

  test('without interning reports the same, and no chance that two states were taken for one', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', '--mints', '2', '--block-only', '--duplications', '1', '--cuts', '1', '--plain', '--json']
    )
    const report = JSON.parse(out) as Record<string, unknown>
    expect(exitCode).toBe(0)
    expect(report).toMatchObject({ engine: 'plain', states: 1287, verdict: 'holds', complete: true, neverEnabled: [] })
    expect(report).not.toHaveProperty('collisionChance')
    expect(report['configuration']).toMatchObject({ name: 'B220 1 duplicated 1 cut', blockOnly: true })
  })

  test('reduced says so, and what had to be kept; exact speaks of no chance', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', '--mints', '1', '--transactions', '1', '--reduce', 'noop', '--exact', '--no-progress']
    )
    expect(exitCode).toBe(0)
    expect(out).toContain('32 923')
    expect(out).toContain('reduced: F211 (noop)')
    expect(out).toContain('14 of 56 different packets had to be kept')
    expect(out).not.toContain('fingerprint')
  })

  test('up to symmetry says so, alone and with other reductions', async () => {
    const { out } = await blockforest('check', '--mints', '1', '--reduce', 'noop', 'symmetry', '--no-progress')
    expect(out).toContain('reduced: F210 (noop, symmetry): packets that no node will ever react to')
    expect(out).toContain('of the states that differ only in what the nodes are called, one is explored')
    const broken = await blockforest(
      ...['check', '--nodes', '3', '--mints', '1', '--losses', '1', '--block-only', '--reduce', 'symmetry', '--json']
    )
    const report = JSON.parse(broken.out) as Record<string, unknown>
    expect(report).toMatchObject({ reductions: ['symmetry'], verdict: 'violated' })
    expect(String(report['command'])).toContain('--block-only --losses 1 --reduce symmetry')
  })

  test('by several threads counts what one counts', async () => {
    const { out, exitCode } = await blockforest('check', '--preset', 'B220', '--workers', '2', '--json')
    const { states, transitions } = countsOf('B220')
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ states, transitions, verdict: 'holds', strategy: { workers: 2 } })
  })

  test.each([
    [['--instance', 'payments'], 'no symmetry is declared for payments F220, in which what happens may depend'],
    [['--hash-bits', '8'], 'no symmetry is declared for numbered (8-bit hash) F220'],
    [['--exact'], 'a search up to symmetry knows states by fingerprints only: leave out --exact'],
    [['--nodes', '7', '--block-only'], '7 nodes are too many for a search up to symmetry: at most 6']
  ])('is not explored up to symmetry: %j', async (more, says) => {
    const { exitCode, err } = await blockforest('check', ...more, '--reduce', 'symmetry')
    expect([exitCode, err.split('\n').length]).toEqual([2, 2])
    expect(err).toContain(says)
  })

  test('reduced finds what a full search finds, and the command that finds it again', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', '--mints', '1', '--losses', '1', '--reduce', 'noop', '--json']
    )
    const report = JSON.parse(out) as Record<string, unknown>
    expect(exitCode).toBe(1)
    expect(report).toMatchObject({ reductions: ['noop'], verdict: 'violated' })
    expect(String(report['command'])).toContain('--reduce noop')
  })

  test('by iterative deepening finds a shortest counterexample, and the command that finds it again', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', '--mints', '1', '--losses', '1', '--order', 'iterative-deepening', '--json']
    )
    const report = JSON.parse(out) as Record<string, unknown>
    expect(exitCode).toBe(1)
    expect(report).toMatchObject({ strategy: { order: 'iterative-deepening' }, depth: 2, verdict: 'violated' })
    expect(String(report['command'])).toContain('--order iterative-deepening')
  })

  test('by iterative deepening, however often it begins anew, counts what there is to check once', async () => {
    const covered = async (...options: ReadonlyArray<string>) => {
      const { out } = await blockforest('check', '--mints', '1', '--coverage', '--json', ...options)
      const { states, transitions, coverage, outcomes, premises } = JSON.parse(out) as Record<string, unknown>
      return { states, transitions, coverage, outcomes, premises }
    }
    expect(await covered('--order', 'iterative-deepening')).toEqual(await covered())
  })

  test('guided finds a counterexample, and the command that finds it again', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', '--mints', '1', '--losses', '1', '--order', 'guided', '--toward', 'quiescence', '--json']
    )
    const report = JSON.parse(out) as Record<string, unknown>
    expect(exitCode).toBe(1)
    expect(report).toMatchObject({ strategy: { order: 'guided', toward: 'quiescence' }, verdict: 'violated' })
    expect(String(report['command'])).toContain('--order guided --toward quiescence')
  })

  test('guided toward what has no name exits with 2, and lists what has', async () => {
    const { out, err, exitCode } = await blockforest('check', '--order', 'guided', '--toward', 'miracles')
    expect([out, exitCode]).toEqual(['', 2])
    expect(err).toContain(`no score is called 'miracles'. What a search can go toward:\n  quiescence `)
  })

  test('lists what can be named where that is asked for', async () => {
    const [scores, sought] = await Promise.all([
      blockforest('check', '--order', 'guided', '--toward', '?'),
      blockforest('check', '--witness', '?')
    ])
    expect([scores.exitCode, sought.exitCode]).toEqual([0, 0])
    expect(scores.out.split('\n')[0]).toBe('quiescence                less is in flight')
    expect(sought.out).toMatch(/^chain-length>=N {11}a node's chain has at least N blocks/m)
  })

  test.each([
    ['--reduce', 'noop', '--plain'],
    ['--reduce', 'noop', '--workers', '2'],
    ['--reduce', 'noop', '--coverage'],
    ['--exact', '--random'],
    ['--exact', '--resume', 'x']
  ])('refuses %s %s %s', async (...options) => {
    const { err, exitCode } = await blockforest('check', ...options)
    expect(exitCode).toBe(2)
    expect(err).toContain('cannot be used with option')
  })

  test('is bounded in depth and states when asked, and then claims no more than it saw', async () => {
    const { out } = await blockforest('check', '--mints', '2', '--depth', '3', '--max-states', '20', '--no-progress')
    const [, , row = ''] = out.split('\n')
    expect(row.split(/\s{2,}/)).toEqual([
      'F220',
      'exhaustive',
      '20',
      expect.any(String),
      '3',
      expect.any(String),
      'all hold so far'
    ])
  })

  test('of a model in which something fails exits with 1, tells the counterexample, and how to see it again', async () => {
    const { out, err, exitCode } = await blockforest('check', '--mints', '1', '--losses', '1')
    expect([err, exitCode]).toEqual(['', 1])
    const lines = out.split('\n')
    expect(lines[2]).toMatch(/^F210 1 lost +exhaustive .* VIOLATED$/)
    expect(lines).toContain('F210 1 lost: an invariant is violated after 2 steps')
    expect(lines).toContain('   2  the network loses Block 1@0 from node 0 to node 1')
    expect(lines).toContain(
      'not enabled in the part of F210 1 lost that was searched: Deliver InvMsg, Deliver GetDataMsg, Lose InvMsg, Lose GetDataMsg'
    )
    expect(lines.at(-2)).toBe(
      'again: blockforest check --instance numbered --nodes 2 --mints 1 --transactions 0 --losses 1'
    )
  })

  test('at random names the seed and the run that failed, and the command it prints finds the same failure', async () => {
    const report = async (args: ReadonlyArray<string>) => {
      const { out, exitCode } = await blockforest(...args, '--json')
      expect(exitCode).toBe(1)
      return JSON.parse(out) as {
        readonly strategy: unknown
        readonly failures: unknown
        readonly trace: { readonly states: ReadonlyArray<unknown> }
        readonly depth: number
        readonly counterexampleLength: number
        readonly command: string
      }
    }
    const first = await report(['check', '--random', '--losses', '1', '--mints', '1', '--seed', '-7', '--runs', '50'])
    expect(first.strategy).toEqual({ _tag: 'randomized', seed: -7, runs: 50, firstRun: 0, steps: 200 })
    expect(first.command).toMatch(
      /^blockforest check --instance numbered --nodes 2 --mints 1 --transactions 0 --losses 1 --seed -7 --runs 1 --first-run \d+ --steps 200$/
    )
    // The depth is that of the search, and the counterexample may be shorter.
    expect([first.counterexampleLength, first.depth]).toEqual([first.trace.states.length - 1, 7])
    const again = await report(argumentsOf(first.command))
    expect([again.failures, again.trace]).toEqual([first.failures, first.trace])
  })

  test('says of a mutant that it is one, where all holds too', async () => {
    const { out, exitCode } = await blockforest(
      ...['check', 'ladder', '--nodes', '3', '--byzantine', 'none', '--mutant', 'any-vote']
    )
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^ladder N=3 byz=none q=3 k=2, mutant any-vote +exhaustive .* all hold$/m)
  })

  test('writes a trace where something fails, and says so where nothing does', async () => {
    const [failing, holding] = [join(newFolder(), 'trace.json'), join(newFolder(), 'trace.json')]
    const violated = await blockforest('check', '--mints', '1', '--losses', '1', '--json', '--trace-out', failing)
    const { trace } = JSON.parse(violated.out) as { readonly trace: unknown }
    expect(JSON.parse(readFileSync(failing, 'utf8'))).toEqual(trace)
    const held = await blockforest('check', '--mints', '0', '--trace-out', holding)
    expect(held.exitCode).toBe(0)
    expect(held.out).toContain('no invariant is violated, so no trace was written')
    expect(existsSync(holding)).toBe(false)
  })

  test('keeps a search in a file, and goes on with it', async () => {
    const file = join(newFolder(), 'search')
    const started = await blockforest(
      ...['check', '--mints', '2', '--checkpoint', file, '--checkpoint-every', '0', '--json']
    )
    const resumed = await blockforest('check', '--mints', '2', '--resume', file, '--json')
    const numbers = ({ out }: { readonly out: string }) => {
      const { states, transitions, depth, complete, coverage } = JSON.parse(out) as Record<string, unknown>
      return { states, transitions, depth, complete, coverage }
    }
    expect(numbers(started)).toMatchObject({ ...countsOf('F220'), complete: true })
    expect(numbers(resumed)).toEqual(numbers(started))
  })

  test.runIf(deep)('with no options explores its default, some of it at random, and finds nothing', async () => {
    const { out, exitCode } = await blockforest('check', '--json')
    const report = JSON.parse(out) as {
      readonly runs: ReadonlyArray<{ readonly configuration: { readonly name: string } }>
    }
    expect(exitCode).toBe(0)
    expect(report).toMatchObject({ configuration: 'default', verdict: 'undecided' })
    expect(report.runs.map(({ configuration }) => configuration.name)).toEqual([
      'F201',
      'F210',
      'F220',
      'F310',
      'B320',
      'B220 1 duplicated 1 cut',
      'longestChain F220',
      'numbered (2-bit hash) B230',
      'F331',
      'longestChain F431',
      'proofOfWork F321',
      'payments F322'
    ])
  })
})

describe.concurrent('blockforest check with what it cannot use exits with 2, shows no stack, and says', () => {
  /** The one line of an error of the user, without the hint. */
  const complaint = async (...args: ReadonlyArray<string>): Promise<string> => {
    const { out, err, exitCode } = await blockforest(...args)
    expect({ out, exitCode, stack: /^\s+at /m.test(err) }).toEqual({ out: '', exitCode: 2, stack: false })
    const [line = '', ...rest] = err.trimEnd().split('\n')
    const hints = [
      '(blockforest --help lists the commands, blockforest COMMAND --help its options)',
      '(Did you mean check?)'
    ]
    expect(rest.filter((l) => !hints.includes(l))).toEqual([])
    return line
  }

  test.each([
    {
      args: 'check --nodes 0',
      says: "error: option '--nodes <n>' argument '0' is invalid. expected a whole number from 1 to 64."
    },
    {
      args: 'check --mints 1.5',
      says: "error: option '--mints <n>' argument '1.5' is invalid. expected a whole number from 0 to 1000000."
    },
    {
      args: 'check --instance dogecoin',
      says: "error: option '--instance <name>' argument 'dogecoin' is invalid. Allowed choices are numbered, longestChain, proofOfWork, payments."
    },
    {
      args: 'check F211',
      says: "blockforest: no system is called 'F211': there are toychain, generals, om, sm, voting, paxos, ladder, broadcast, pbft, contracts/accounting, contracts/dao, contracts/blockking, contracts/counter, contracts/token, contracts/crowdfunding, contracts/histories, contracts/replicated, and a module of your own by its path, ./my-system.ts (a preset of toychain is: --preset F211)"
    },
    { args: 'chek', says: "error: unknown command 'chek'" },
    {
      args: 'check --random --depth 3',
      says: "blockforest: option '--random' cannot be used with option '--depth <n>'"
    },
    {
      args: 'check --mints 1 --losses 1 --trace-out /nowhere/at/all',
      says: "blockforest: cannot write /nowhere/at/all: ENOENT: no such file or directory, access '/nowhere/at'"
    },
    {
      args: 'check --mints 1 --order depth-first --depth 5',
      says: "blockforest: option '--order depth-first' cannot be used with option '--depth <n>'"
    },
    {
      args: 'check --mints 1 --order depth-first --plain',
      says: "blockforest: option '--plain' cannot be used with option '--order <order>'"
    },
    {
      args: 'check --mints 1 --order iterative-deepening --resume search',
      says: "blockforest: option '--order iterative-deepening' cannot be used with option '--resume <file>'"
    },
    {
      args: 'check --mints 1 --order iterative-deepening --exact',
      says: "blockforest: option '--order iterative-deepening' cannot be used with option '--exact'"
    },
    {
      args: 'check --mints 1 --order guided',
      says: 'blockforest: --order guided needs to know where to go: add --toward SCORE (--toward ? lists them)'
    },
    {
      args: 'check --mints 1 --toward blocks',
      says: "blockforest: option '--toward <score>' needs --order guided"
    },
    {
      args: 'check --mints 1 --order guided --toward blocks --depth 4',
      says: "blockforest: option '--order guided' cannot be used with option '--depth <n>'"
    },
    {
      args: 'check --random --toward blocks',
      says: "blockforest: option '--random' cannot be used with option '--toward <score>'"
    },
    {
      args: 'check --mints 1 --workers 2 --depth 2',
      says: "blockforest: option '--workers <n>' cannot be used with option '--depth <n>'"
    },
    {
      args: 'check --mints 1 --workers 2 --max-states 2',
      says: "blockforest: option '--workers <n>' cannot be used with option '--max-states <n>'"
    },
    {
      args: 'check --mints 1 --workers 2 --plain',
      says: "blockforest: option '--workers <n>' cannot be used with option '--plain'"
    },
    {
      args: 'check --mints 1 --random --runs 1 --order depth-first',
      says: "blockforest: option '--random' cannot be used with option '--order <order>'"
    },
    {
      args: 'check --mints 1 --random --runs 1 --workers 2',
      says: "blockforest: option '--random' cannot be used with option '--workers <n>'"
    },
    {
      args: 'check --seed 4 --mints 1 --depth 2',
      says: "blockforest: option '--seed <n>' cannot be used with option '--depth <n>'"
    },
    {
      args: 'check --nodes 65',
      says: "error: option '--nodes <n>' argument '65' is invalid. expected a whole number from 1 to 64."
    },
    {
      args: 'check --nodes 17 --cuts 1',
      says: 'blockforest: expected at most 16 nodes in a network that may be cut, found 17'
    },
    {
      args: 'check --mints 1000001',
      says: "error: option '--mints <n>' argument '1000001' is invalid. expected a whole number from 0 to 1000000."
    },
    {
      args: 'check --checkpoint-every 3',
      says: "blockforest: option '--checkpoint-every <seconds>' needs --checkpoint FILE"
    },
    { args: 'check --preset F999', says: "blockforest: there is no preset called 'F999'; there are F201, F210, " },
    {
      args: 'check paxos --level b --acceptors 3',
      says: 'blockforest: --acceptors means something only with --level a: leave it out'
    },
    { args: 'check --mutant F999', says: "blockforest: there is no mutant called 'F999'; there are get-data, " },
    {
      args: 'check --mutant get-data --edition cpp18',
      says: 'blockforest: the mutant get-data cannot have these parameters: it is a variant of the main edition'
    },
    { args: 'check --nodes 3 toychain', says: 'blockforest: the system comes first: blockforest check toychain …' },
    { args: 'check ./nowhere.ts', says: 'blockforest: cannot read ./nowhere.ts: there is no such file' }
  ])('$args', async ({ args, says }) => {
    expect(await complaint(...args.split(' '))).toContain(says)
  })

  test('except the number of nodes of random runs of a large network', async () => {
    const { out, exitCode } = await blockforest('check', '--mints', '0', '--nodes', '34', '--random', '--runs', '1')
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^F34\.0\.0 +1 random run +1 .* all hold so far$/m)
  })
})

describe.concurrent('blockforest', () => {
  test('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
      readonly version: string
    }
    expect(await blockforest('--version')).toEqual({ out: `${version}\n`, err: '', exitCode: 0 })
  })

  test('prints help on request with 0, and help instead of nothing with 2', async () => {
    const [asked, nothing] = await Promise.all([blockforest('--help'), blockforest()])
    expect([asked.exitCode, asked.err, nothing.exitCode, nothing.out]).toEqual([0, '', 2, ''])
    expect(asked.out).toBe(nothing.err)
    expect(asked.out).toContain('Usage: blockforest [options] [command]')
    for (const command of [
      'check',
      'systems',
      'init',
      'replay',
      'explain',
      'conform',
      'bitcoin',
      'museum',
      'lemmas',
      'proofs'
    ])
      expect(asked.out).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  })
})
