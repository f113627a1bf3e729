/**
 * An execution of contracts: how the stack of calls grows and unwinds. Time goes down, a row for each step; a call is a bar from
 * the step in which it begins to that in which it ends, further right than its caller. An attacker's is dashed and red.
 */
import type { StackFrame, StackPicture } from '../../invariants/systems/picture.js'
import { element, label, LINE, linesFrom, linesWithin, SIDE, svg, TELEPHONE, textElement, TOP } from './svg.js'
import type { DrawingOptions } from './svg.js'

/** A step, and the stack after it. */
export interface CallStep {
  readonly says: string
  readonly after: StackPicture
  /** Something does not hold after it. */
  readonly fails: boolean
}

/** An execution that begins with no call. */
export interface CallsPicture {
  readonly title: string
  readonly steps: ReadonlyArray<CallStep>
}

/** Measures, in pixels. */
const LEFT = 30
const BAR = 14
const ROW = 18
const MOST = 7

/** A call from the step in which it begins to that after which it is no more; none: it has not ended. */
export interface CallBar {
  readonly frame: StackFrame
  readonly depth: number
  readonly from: number
  readonly to: number | undefined
}

/** The calls of an execution: a frame goes on while the same call is at its place in the stack. */
export const callBars = (steps: ReadonlyArray<CallStep>): ReadonlyArray<CallBar> => {
  const bars: CallBar[] = []
  let open: CallBar[] = []
  const isSame = (a: StackFrame, b: StackFrame): boolean => a.name === b.name && a.kind === b.kind && a.pays === b.pays
  for (const [step, { after }] of steps.entries()) {
    const shared = after.frames.findIndex((frame, depth) => {
      const bar = open[depth]
      return bar === undefined || !isSame(bar.frame, frame)
    })
    const kept = shared < 0 ? after.frames.length : shared
    bars.push(...open.slice(kept).map((bar) => ({ ...bar, to: step })))
    open = [
      ...open.slice(0, kept),
      ...after.frames.slice(kept).map((frame, i) => ({ frame, depth: kept + i, from: step, to: undefined }))
    ]
  }
  return [...bars, ...open].sort((a, b) => a.from - b.from || a.depth - b.depth)
}

/** The money of all accounts in a line: `dao 3, childDAO 1`. */
const moneyOf = ({ accounts }: StackPicture): string =>
  accounts
    .filter(({ money }) => money !== '0')
    .map(({ name, money }) => `${name} ${money}`)
    .join(', ')

/** How executions of contracts look as SVG. */
export const drawCalls = ({ title, steps }: CallsPicture, options: DrawingOptions = {}): string => {
  const bars = callBars(steps)
  const deepest = Math.max(0, ...bars.map(({ depth }) => depth + 1))
  const indent = BAR + 4
  const words = LEFT + Math.min(deepest, MOST) * indent + 8
  const width = Math.max(options.width ?? TELEPHONE, words + 170)
  const titled = linesFrom([SIDE, width - SIDE], TOP, [title], 'title')
  const drawn: string[] = []
  const tops: number[] = []
  let y = titled.end + 6
  for (const [i, { says, after, fails }] of steps.entries()) {
    const before = steps[i - 1]?.after
    const money = moneyOf(after)
    const texts = [
      ...linesWithin(`${fails ? '✗ ' : ''}${says.trim()}`, width - SIDE - words).map(
        (line) => [line, fails ? 'wrong strong' : ''] as const
      ),
      ...(before !== undefined && moneyOf(before) !== money
        ? linesWithin(`money: ${money}`, width - SIDE - words).map((line) => [line, 'small quiet'] as const)
        : [])
    ]
    tops.push(y - 12)
    drawn.push(
      label(LEFT - 8, y, String(i + 1), `end small ${fails ? 'wrong strong' : 'quiet'}`),
      ...texts.map(([line, kind], row) => label(words, y + row * LINE, line, kind))
    )
    y += Math.max(ROW, texts.length * LINE + 4)
  }
  tops.push(y - 12)
  const x = (depth: number): number => LEFT + Math.min(depth, MOST - 1) * indent
  const top = (step: number): number => tops[step] ?? 0
  const key = [
    'a bar: a call, from its begin to its end; further right: called by the one on its left',
    ...(bars.some(({ frame }) => frame.kind === 'attacker') ? ['dashed: the attacker’s'] : [])
  ]
  const explained = linesFrom([SIDE, width - SIDE], y + 8, options.key === false ? [] : key, 'small quiet')
  return svg(
    {
      title,
      says: [
        `${title}.`,
        ...steps.map(
          ({ says, fails, after }, i) =>
            `${String(i + 1)}: ${says.trim()}${fails ? '; something fails' : ''}; ${String(after.frames.length)} open calls.`
        )
      ].join(' '),
      width,
      height: explained.end,
      body: [
        ...titled.drawn,
        ...bars.map(({ frame, depth, from, to }) =>
          element(
            'rect',
            {
              class: `box${frame.kind === 'attacker' ? ' bad' : ''}`,
              x: x(depth),
              y: top(from) + 2,
              width: BAR,
              height: top(to ?? steps.length) - top(from) - 4,
              rx: 3
            },
            textElement('title', {}, `${frame.name}${frame.pays === '' ? '' : `, paid ${frame.pays}`}`)
          )
        ),
        ...drawn,
        ...explained.drawn
      ]
    },
    options
  )
}
