/** The catalogue, one system at a time: `scripts/docs/lazyCatalogue.ts` makes it. */
declare module 'virtual:catalogue' {
  const systems: import('../../../../impl/explorer/host.js').Systems
  export default systems
}

/** Loads what only searches need, before one begins: `scripts/docs/deferredSearch.ts` makes it. */
declare module 'virtual:searching' {
  const load: () => Promise<unknown>
  export default load
}
