/**
 * A stack of calls: the first call at the bottom, the one that runs on top, and below all of it what accounts have. An attacker's
 * frame is dashed, and says whose it is.
 */
import type { StackAccount, StackFrame, StackPicture } from '../../invariants/systems/picture.js'
import { freshSince, thingKey } from './fresh.js'
import { element, label, LINE, linesFrom, placed, SIDE, svg, TELEPHONE, TOP } from './svg.js'
import type { DrawingOptions, Lines } from './svg.js'

/** Measures, in pixels. */
const PAD = 8
const BETWEEN = 22
const NAMED = 96

/** What a frame says of itself, its name apart. */
const saysOf = ({ says, kind }: StackFrame, isLast: boolean): ReadonlyArray<string> => [
  `${kind === 'attacker' ? 'the attacker: ' : ''}${isLast ? '▶ it runs' : 'it waits for the call above'}`,
  ...(says === '' ? [] : [`${isLast ? 'next' : 'at'}: ${says}`])
]

/** A frame from a height on, and where it ends. */
const frameFrom = (
  frame: StackFrame,
  {
    at,
    isLast,
    isFresh,
    width
  }: { readonly at: number; readonly isLast: boolean; readonly isFresh: boolean; readonly width: number },
  top: number
): Lines => {
  const named = linesFrom([SIDE + PAD, width - SIDE - PAD], top + 18, [frame.name], 'strong')
  const texts = linesFrom([SIDE + PAD, width - SIDE - PAD], named.end, saysOf(frame, isLast), 'small')
  const height = texts.end - top - 4
  const place = { x: SIDE, y: top, width: width - 2 * SIDE, height, rx: 4 }
  return {
    drawn: [
      placed(
        { _tag: 'Frame', at },
        element('rect', { class: `box${frame.kind === 'attacker' ? ' bad' : ''}${isLast ? ' chosen' : ''}`, ...place }),
        ...(isFresh
          ? [
              element('rect', {
                class: 'fresh',
                x: SIDE - 4,
                y: top - 4,
                width: width - 2 * SIDE + 8,
                height: height + 8,
                rx: 7
              }),
              label(width - SIDE - PAD, top + 18, '+', 'end right')
            ]
          : []),
        ...named.drawn,
        ...texts.drawn
      )
    ],
    end: top + height
  }
}

/** The arrow from a frame up to the one that it has called, and what came with the call. */
const callDrawn = (called: StackFrame, caller: StackFrame, top: number, width: number): ReadonlyArray<string> => {
  const x = width / 2
  return [
    element('path', {
      class: 'boundary',
      d: `M ${String(x)} ${String(top + BETWEEN - 2)} l 0 -16 m -5 6 l 5 -6 l 5 6`
    }),
    label(
      x + 12,
      top + 15,
      `${caller.kind === 'attacker' ? 'calls' : 'hands over'}${called.pays === '' ? '' : `, and pays ${called.pays}`}`,
      'small quiet'
    )
  ]
}

/** The frames, the last at the top. */
const framesFrom = (
  frames: ReadonlyArray<StackFrame>,
  top: number,
  width: number,
  isFresh: (key: string) => boolean
): Lines => {
  if (frames.length === 0) return linesFrom([SIDE, width - SIDE], top + 4, ['no call is open'], 'quiet')
  const drawn: string[] = []
  let y = top
  for (const at of [...frames.keys()].reverse()) {
    const [frame, called] = [frames[at], frames[at + 1]]
    if (frame === undefined) continue
    if (called !== undefined) {
      drawn.push(...callDrawn(called, frame, y, width))
      y += BETWEEN
    }
    const one = frameFrom(
      frame,
      { at, isLast: called === undefined, isFresh: isFresh(thingKey('frame')(frame, at)), width },
      y
    )
    drawn.push(...one.drawn)
    y = one.end
  }
  return { drawn, end: y + LINE + 6 }
}

/** Accounts with what they have, below the frames. */
const accountsFrom = (
  accounts: ReadonlyArray<StackAccount>,
  top: number,
  width: number,
  isFresh: (key: string) => boolean
): Lines => {
  const drawn: string[] = []
  let y = top
  const line = (text: string, isNew: boolean): void => {
    const lines = linesFrom([SIDE + NAMED, width - SIDE], y, [`${isNew ? '+ ' : ''}${text}`], isNew ? 'strong' : '')
    drawn.push(...lines.drawn)
    y = lines.end
  }
  for (const { name, money, fields } of accounts) {
    drawn.push(label(SIDE, y, name, 'strong'))
    line(`money ${money}`, isFresh(thingKey('money')([name, money], 0)))
    for (const field of fields) line(`${field[0]} = ${field[1]}`, isFresh(thingKey(name)(field, 0)))
    y += 4
  }
  return { drawn, end: y }
}

const inWords = ({ title, frames, accounts, notes }: StackPicture): string =>
  [
    `${title}.`,
    frames.length === 0
      ? 'No call is open.'
      : `Open calls, the first one first: ${frames
          .map((frame, i) => [frame.name, ...saysOf(frame, i === frames.length - 1)].join(', '))
          .join('; ')}.`,
    ...accounts.map(
      ({ name, money, fields }) =>
        `${name} has ${money}${fields.map(([field, value]) => `, ${field} = ${value}`).join('')}.`
    ),
    ...notes.map((note) => `${note}.`)
  ].join(' ')

/**
 * A stack of calls as SVG.
 * @param since an earlier picture of the same stack: what is new has a second frame, or a plus.
 */
export const drawStack = (picture: StackPicture, options: DrawingOptions = {}, since?: StackPicture): string => {
  const { title, frames, accounts, notes } = picture
  const width = options.width ?? TELEPHONE
  const isFresh = freshSince(since)
  const titled = linesFrom([SIDE, width - SIDE], TOP, title === '' ? [] : [title], 'title')
  const calls = framesFrom(frames, titled.end - 4, width, isFresh)
  const money = accountsFrom(accounts, calls.end + 4, width, isFresh)
  const texts = linesFrom([SIDE, width - SIDE], money.end + 4, notes, 'small')
  return svg(
    {
      title,
      says: inWords(picture),
      width,
      height: texts.end,
      body: [...titled.drawn, ...calls.drawn, ...money.drawn, ...texts.drawn]
    },
    options
  )
}
