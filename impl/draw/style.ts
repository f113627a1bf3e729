/**
 * How pictures look: shapes, and one set of colours for light and one for dark. A page needs no more than this of what draws.
 */

/** Colours, by what they stand for. */
interface Palette {
  readonly paper: string
  readonly ink: string
  /** What is said beside. */
  readonly quiet: string
  /** What only gives hold to the eye. */
  readonly line: string
  /** What honest nodes say. */
  readonly honest: string
  /** Lies, and what fails. */
  readonly wrong: string
  readonly wrongPaper: string
  readonly right: string
  readonly rightPaper: string
  /** What lies behind part of an execution. */
  readonly band: string
}

const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#1f2328',
  quiet: '#57606a',
  line: '#c4cad1',
  honest: '#0b5cad',
  wrong: '#b3261e',
  wrongPaper: '#fbe3e1',
  right: '#14692f',
  rightPaper: '#dcf3e2',
  band: '#eef2f7'
}

const DARK: Palette = {
  paper: '#1b1b1f',
  ink: '#e6e6ea',
  quiet: '#a5a9b3',
  line: '#55585f',
  honest: '#7db7f5',
  wrong: '#ff9a90',
  wrongPaper: '#4a2320',
  right: '#8ad9a0',
  rightPaper: '#1d3d28',
  band: '#26272e'
}

/** What stands for what, in one set of colours. */
const coloured = (p: Palette): string =>
  [
    `.paper { fill: ${p.paper} } text { fill: ${p.ink}; stroke: ${p.paper} } .quiet { fill: ${p.quiet} }`,
    `.lane, .link { stroke: ${p.line} } .dot { fill: ${p.ink} } .flying, .lost, .step { stroke: ${p.quiet} } .flyingHead { fill: ${p.quiet} }`,
    `.message, .first { stroke: ${p.honest} } .messageHead { fill: ${p.honest} }`,
    `.lie, .lieLane, .fails { stroke: ${p.wrong} } .lieHead { fill: ${p.paper}; stroke: ${p.wrong} } text.wrong { fill: ${p.wrong} }`,
    `.violated { fill: ${p.wrongPaper}; stroke: ${p.wrong} } .holds { fill: ${p.rightPaper}; stroke: ${p.right} }`,
    `.unknown { fill: ${p.paper}; stroke: ${p.line} } .boundary { stroke: ${p.ink} } text.right { fill: ${p.right} }`,
    `.box { fill: ${p.paper}; stroke: ${p.quiet} } .chosen { stroke: ${p.ink} } .bad { stroke: ${p.wrong} }`,
    `.inner { fill: ${p.paper}; stroke: ${p.ink} } .badge { fill: ${p.paper}; stroke: ${p.honest} } .badge.bad { stroke: ${p.wrong} }`,
    `.second { stroke: ${p.right} } .band { fill: ${p.band} } .fresh { stroke: ${p.right} }`
  ].join('\n')

const SHAPES = [
  // Letters have a rim in the colour of the paper, so that they can be read above lines.
  'text { font: 12px system-ui, sans-serif; paint-order: stroke; stroke-width: 3px; stroke-linejoin: round }',
  '.name, .cell { text-anchor: middle } .end { text-anchor: end } .small { font-size: 11px } .title, .strong { font-weight: 600 }',
  'path, line { fill: none; stroke-width: 1.5px } .lieLane, .lie { stroke-dasharray: 5 3 } .flying { stroke-dasharray: 1 3 }',
  '.lost { stroke-dasharray: 8 3 } .boundary { stroke-width: 3px } .fails { stroke-width: 2px } .messageHead, .flyingHead { stroke: none }',
  '.box, .inner, .badge { stroke-width: 1.5px } .chosen { stroke-width: 3px } .bad { stroke-dasharray: 5 3 } .coming { stroke-dasharray: 2 3 }',
  '.first, .second { stroke-width: 3px } .second { stroke-dasharray: 8 3 } .fresh { fill: none; stroke-width: 2px }'
].join('\n')

/** The style of a picture that is a document of its own. */
export const documentStyle = `${SHAPES}\n${coloured(LIGHT)}\n@media (prefers-color-scheme: dark) {\n${coloured(DARK)}\n}`

/** What tells a picture from everything else on a page. */
export const DRAWING = 'blockforest-drawing'

/** Rules for what stands in something else. */
const within = (outer: string, rules: string): string =>
  rules.replace(
    /([^{}]+)\{([^}]*)\}/g,
    (_, selectors: string, body: string) =>
      `${selectors
        .split(',')
        .map((one) => `${outer} ${one.trim()}`)
        .join(', ')} {${body}}\n`
  )

/** The style of a page with pictures, once for all of them: dark where something around them has the class `dark`. */
export const pageStyle: string = [
  within(`.${DRAWING}`, SHAPES),
  within(`.${DRAWING}`, coloured(LIGHT)),
  within(`.dark .${DRAWING}`, coloured(DARK))
].join('')
