/** Numbers of things in words, and texts in lines. */

/** So many things: `1 node`, `2 nodes`. @param written how the number is written. */
export const plural = (n: number, one: string, written: (n: number) => string = String): string =>
  `${written(n)} ${one}${n === 1 ? '' : 's'}`

/** A whole number with a space between groups of three digits. */
export const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ' ')

/** A text in lines of at most so many characters, unless a word is longer. */
export const wrapped = (text: string, most: number): ReadonlyArray<string> =>
  text.split(' ').reduce<ReadonlyArray<string>>((lines, word) => {
    const last = lines[lines.length - 1]
    return last !== undefined && last.length + 1 + word.length <= most
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word]
  }, [])
