/** The catalogue, one system at a time: `scripts/docs/lazyCatalogue.ts` makes it. */
declare module 'virtual:catalogue' {
  const systems: import('../../../../impl/explorer/host.js').Systems
  export default systems
}
