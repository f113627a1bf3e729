/**
 * Measuring: time, memory, and what is printed of them.
 */

/**
 * Collects garbage, so that what is measured does not pay for what came before. Code that is not run between two
 * collections counts as garbage too, which `--no-flush-bytecode` prevents.
 */
export const collect = (): void => {
  if (globalThis.gc === undefined) throw new Error('run with: node --expose-gc --no-flush-bytecode')
  globalThis.gc()
}

/** Seconds of processor time that this process has used, all its threads together. */
export const processorTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The processor time that a task takes, garbage collected before. */
export const seconds = (task: () => unknown): number => {
  collect()
  const start = processorTime()
  task()
  return processorTime() - start
}

/** Bytes on the heap and in array buffers. */
export const bytesInUse = (): number => {
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** The least of several measurements: whatever else happens only adds to one. */
export const least = (xs: ReadonlyArray<number>): number => Math.min(...xs)

/** The one in the middle; of an even number, the greater of the two. */
export const median = (xs: ReadonlyArray<number>): number =>
  [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)] ?? NaN

/** The median, with the least and the greatest behind it. */
export const spread = (xs: ReadonlyArray<number>): string =>
  xs.length < 2 ? round(median(xs)) : `${round(median(xs))} (${round(least(xs))} to ${round(Math.max(...xs))})`

/** A row of a table in Markdown. */
const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`

/** Prints a table in Markdown, a row for each case, as soon as it is measured. */
export const printTable = <Case>(
  title: string,
  head: ReadonlyArray<string>,
  cases: ReadonlyArray<Case>,
  rowOf: (one: Case) => ReadonlyArray<string>
): void => {
  console.log(`\n### ${title}\n\n${line(head)}\n${line(head.map((_, i) => (i === 0 ? '---' : '---:')))}`)
  for (const one of cases) console.log(line(rowOf(one)))
}

/** A number with three significant digits and thousands separated. */
export const round = (n: number): string =>
  n >= 1000 ? Math.round(Number(n.toPrecision(3))).toLocaleString('en') : String(Number(n.toPrecision(3)))

export const verdict = (reached: boolean): string => (reached ? 'reached' : '**missed**')
