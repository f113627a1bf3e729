/**
 * The classes of fp-ts and io-ts, said to be pure. They are written as functions that are called at once, of which a bundler
 * cannot know that a class nobody uses may go; TypeScript marks them with a comment that no bundler reads.
 */

const COMPILED = /[/]node_modules[/](fp-ts|io-ts)[/]es6[/]/

/** Marks them as bundlers expect it, for Vite. */
export const pureClassesPlugin = () => ({
  name: 'pure-classes',
  transform: (code: string, id: string) =>
    COMPILED.test(id)
      ? {
          code: code
            .replaceAll('/** @class */ (', '/*#__PURE__*/ (')
            .replace(/^((?:export )?(?:var|const) \w+ = )(?=new \w)/gm, '$1/*#__PURE__*/ '),
          map: null
        }
      : undefined
})
