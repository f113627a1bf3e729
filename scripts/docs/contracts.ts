/**
 * What the pages say of contracts: their Solidity beside the values that run, line by line, and which part of the lecture's
 * correspondence each system shows.
 */
import { verdictText } from '../../impl/cli/systems.js'
import { quoted, systemCalled } from '../../invariants/systems/index.js'
import { Accounting } from '../../spec/contracts/accounting.js'
import { BlockKing } from '../../spec/contracts/blockking.js'
import { Clock } from '../../spec/contracts/clock.js'
import { Counter, GuardedCounter } from '../../spec/contracts/counter.js'
import { Crowdfunding } from '../../spec/contracts/crowdfunding.js'
import { Dao } from '../../spec/contracts/dao.js'
import type { Contract, Node, Operator, Statement } from '../../spec/contracts/language.js'
import { functionLines } from '../../spec/contracts/solidity.js'
import type { SourceLine } from '../../spec/contracts/solidity.js'
import { Token } from '../../spec/contracts/token.js'
import { markdown } from './systems.js'

/** The contracts that pages show, by the names that they have there. */
const CONTRACTS: Readonly<Record<string, Contract>> = {
  Accounting,
  Clock,
  Counter,
  GuardedCounter,
  Crowdfunding: Crowdfunding(),
  DAO: Dao(),
  'DAO-effects-first': Dao({ effectsFirst: true }),
  BlockKing: BlockKing({ digits: 10n, price: 50n, pays: true, isOrdered: true }),
  Token: Token()
}

const OPERATORS: Readonly<Record<Operator, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'over',
  '%': 'modulo',
  '==': 'equal',
  '!=': 'differs',
  '<': 'below',
  '<=': 'atMost',
  '>': 'above',
  '>=': 'atLeast',
  '&&': 'and',
  '||': 'or'
}
const TERMS = { Sender: 'sender', Value: 'value', This: 'self', Block: 'blockNumber' } as const

/** An expression as it is built. */
const built = (node: Node): string => {
  switch (node._tag) {
    case 'Literal':
      return typeof node.value === 'bigint'
        ? `uint(${String(node.value)}n)`
        : typeof node.value === 'boolean'
          ? `bool(${String(node.value)})`
          : `address('${node.value}')`
    case 'Sender':
    case 'Value':
    case 'This':
    case 'Block':
      return TERMS[node._tag]
    case 'Local':
      return node.name
    case 'Field':
      return node.key === null ? node.name : `${node.name}(${built(node.key)})`
    case 'Initialized':
      return `initialized(${node.name}(${built(node.key)}))`
    case 'Balance':
      return `balance(${built(node.of)})`
    case 'Not':
      return `not(${built(node.of)})`
    case 'Binary':
      return `${OPERATORS[node.operator]}(${built(node.left)}, ${built(node.right)})`
  }
}

const WRITES = { '=': 'set', '+=': 'increase', '-=': 'decrease' } as const

/** A statement as it is built; of one with others in it, the beginning. */
const builtStatement = (s: Statement): string => {
  switch (s._tag) {
    case 'Assign':
      return `${WRITES[s.by]}(${built(s.to.node)}, ${built(s.value)})`
    case 'Delete':
      return `remove(${built(s.at.node)})`
    case 'Let':
      return `define('${s.name}', ${built(s.value)})`
    case 'If':
      return `when(${built(s.condition)}, [${s.then[0]?._tag === 'Throw' ? 'raise])' : ''}`
    case 'Throw':
      return 'raise'
    case 'Return':
      return `done(${s.says !== null ? `'${s.says}'` : s.value === null ? '' : built(s.value)})`
    case 'Give':
      return `give('${s.way}', ${built(s.to)}, ${built(s.amount)}${s.ok === null ? '' : `, '${s.ok}'`})`
    case 'Inline':
      return `inline(${s.of.name}, [${s.args.map(built).join(', ')}])`
    case 'Remark':
      return `remark('…')`
    case 'Together':
      return 'together('
  }
}

const code = (text: string): string => {
  const indent = text.length - text.trimStart().length
  return text.trim() === '' ? '' : `${'&nbsp;'.repeat(indent)}\`${text.trim()}\``
}

const row = ({ number, text, of }: SourceLine): ReadonlyArray<string> => [
  number === null ? '' : String(number),
  code(text),
  of === null ? '' : code(builtStatement(of))
]

/** A function in two languages, line by line. */
const beside = (name: string, fn: string): string | undefined => {
  const f = CONTRACTS[name]?.functions.find((one) => one.name === fn)
  return f && markdown(['line', 'Solidity', 'the value that runs'], functionLines(f).map(row), 'rll')
}

/** A row of the lecture's table: what is alike, and the preset or the mutant of a system that shows it. */
interface Alike {
  readonly contracts: string
  readonly objects: string
  readonly system: string
  readonly preset: string
  readonly shows: string
}

/** The lecture's table, and what shows each row: once where it goes wrong, once where it does not. */
export const CORRESPONDENCES: ReadonlyArray<Alike> = [
  {
    contracts: 'contract state',
    objects: 'object state',
    system: 'contracts/accounting',
    preset: '2 users',
    shows: 'fields change by transactions, one at a time'
  },
  {
    contracts: 'call/send',
    objects: 'context switching',
    system: 'contracts/dao',
    preset: 'original, at yields',
    shows: 'at a call the DAO hands over control, in the middle of line 1012'
  },
  {
    contracts: 'reentrancy',
    objects: '(un)cooperative multitasking',
    system: 'contracts/dao',
    preset: 'original',
    shows: 'who has control calls back before the DAO has finished'
  },
  {
    contracts: 'invariants',
    objects: 'atomicity',
    system: 'contracts/dao',
    preset: 'effects first',
    shows: 'the invariant holds at every yield, and callbacks reach nothing new'
  },
  {
    contracts: 'non-determinism',
    objects: 'data races',
    system: 'contracts/blockking',
    preset: 'as on the slide',
    shows: 'who enters last is judged by the answer to another'
  },
  {
    contracts: 'replicated via a consensus protocol',
    objects: 'one memory for all',
    system: 'contracts/replicated',
    preset: 'chain',
    shows: 'nodes that agree on the chain have one state of every contract'
  },
  {
    contracts: 'a chain that is replaced',
    objects: '(memory takes nothing back)',
    system: 'contracts/replicated',
    preset: 'chain, final',
    shows: 'what a user was told of a contract is undone with its block'
  },
  {
    contracts: 'two transactions',
    objects: 'lost update',
    system: 'contracts/counter',
    preset: 'get and set',
    shows: 'two clients read the same, and one addition is lost'
  },
  {
    contracts: 'one transaction that tests',
    objects: 'compare and swap',
    system: 'contracts/counter',
    preset: 'test and set, 3 clients',
    shows: 'whoever is too late begins anew'
  },
  {
    contracts: 'permissions that are recorded',
    objects: 'a lock that nobody releases',
    system: 'contracts/counter',
    preset: 'permissions, clients stop',
    shows: 'a chain does not notice that a client is gone'
  },
  {
    contracts: 'operations of several transactions',
    objects: 'linearizability',
    system: 'contracts/histories',
    preset: 'blockking, one-pending',
    shows: 'each operation is as if it happened at one moment'
  },
  {
    contracts: 'reads in one transaction, writes in another',
    objects: 'serializability',
    system: 'contracts/histories',
    preset: 'counter, serializable',
    shows: 'no order of whole operations explains what two clients have read and written'
  }
]

const alikeRow = (alike: Alike): ReadonlyArray<string> | string => {
  const { contracts, objects, system: name, preset: wanted, shows } = alike
  return (
    systemCalled(name)?.open((system) => {
      const preset = system.presets.find((one) => one.name === wanted)
      if (preset === undefined) return `${name} has no preset ${wanted}`
      const [states, , , verdict] = verdictText(preset)
      return [
        contracts,
        objects,
        shows,
        `\`blockforest check ${name} --preset ${quoted(wanted)}\``,
        states === '' ? verdict : `${verdict}, ${states} states`
      ]
    }) ?? `no system is called ${name}`
  )
}

/** A page with the blocks between `<!-- solidity: CONTRACT#FUNCTION -->`, `<!-- contracts -->` and `<!-- end -->` made anew. */
export const withContracts = (page: string): { readonly page: string; readonly problems: ReadonlyArray<string> } => {
  const rows = CORRESPONDENCES.map(alikeRow)
  const table = markdown(
    ['contracts', 'concurrent objects', 'what is shown', 'command', 'verdict'],
    rows.flatMap((one) => (typeof one === 'string' ? [] : [one])),
    'lllll'
  )
  const problems = page.includes('<!-- contracts -->')
    ? rows.flatMap((one) => (typeof one === 'string' ? [one] : []))
    : []
  const missing: string[] = []
  const made = page
    .replace(/^<!-- contracts -->$[\s\S]*?^<!-- end -->$/m, () =>
      ['<!-- contracts -->', '', table, '', '<!-- end -->'].join('\n')
    )
    .replace(/^<!-- solidity: ([\w-]+)#(\w+) -->$[\s\S]*?^<!-- end -->$/gm, (block, name: string, fn: string) => {
      const lines = beside(name, fn)
      if (lines === undefined) missing.push(`no contract ${name} with a function ${fn}`)
      return lines === undefined
        ? block
        : [`<!-- solidity: ${name}#${fn} -->`, '', lines, '', '<!-- end -->'].join('\n')
    })
  return { page: made, problems: [...problems, ...missing] }
}
