/**
 * What is used of dagre. Its own declarations import one another without suffixes, which leads nowhere by Node's way of
 * resolving modules: whatever is imported from them has no type.
 */
declare module '@dagrejs/dagre' {
  /** Where something is, its middle, and how large it is; in pixels. */
  interface Box {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }

  export class Graph {
    constructor(options?: { readonly directed?: boolean; readonly multigraph?: boolean; readonly compound?: boolean })
    setGraph(options: Readonly<Record<string, string | number>>): unknown
    setNode(name: string, size: Pick<Box, 'width' | 'height'>): unknown
    setEdge(from: string, to: string, label: Pick<Box, 'width' | 'height'> & { readonly labelpos: string }): unknown
    /** As `layout` has left them. */
    graph(): Pick<Box, 'width' | 'height'>
    node(name: string): Box
    edge(from: string, to: string): Box & { readonly points: ReadonlyArray<Pick<Box, 'x' | 'y'>> }
  }

  /** Gives every node and every edge a place. */
  export const layout: (graph: Graph) => void
}
