/**
 * Whether the deep tests run: larger bounds, more runs, minutes instead of seconds.
 *
 * `npm run test:deep` turns it on, and so does `BLOCKFOREST_DEEP=1` in the environment. A test reads it to choose
 * its bounds (`deep ? 6 : 4`), or to run at all (`test.runIf(deep)`).
 */
export const deep: boolean = process.env['BLOCKFOREST_DEEP'] === '1'
