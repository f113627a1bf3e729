/**
 * Strongly connected components (Tarjan 1972), of a part of a graph, without recursion.
 */

/** A directed graph, by numbers: the edges of the vertex v are those from `first[v]` on, up to `first[v + 1]`. */
export interface Digraph {
  readonly first: Int32Array
  readonly to: Int32Array
}

/** The part of a graph that is looked at. */
export interface Part {
  /** The vertices. */
  readonly has: (vertex: number) => boolean
  /** An edge between two of them is in it. Default: every one is. */
  readonly follows?: (from: number, edge: number) => boolean
}

const NONE = -1

/** The components of a part of a graph that can be come to from some vertices, each as a list of its vertices. */
export function* components(
  { first, to }: Digraph,
  { has, follows = () => true }: Part,
  roots: Iterable<number>
): Generator<ReadonlyArray<number>> {
  // One more than in which order a vertex was come to; 0: it was not.
  const order = new Int32Array(first.length)
  // The lowest order on the stack that can be reached from a vertex; 0 once its component is complete.
  const low = new Int32Array(first.length)
  const stack: number[] = []
  // The path that is being followed: vertices, and the next edge of each.
  const path: number[] = []
  const next: number[] = []
  let count = 0
  const open = (vertex: number): void => {
    order[vertex] = low[vertex] = ++count
    stack.push(vertex)
    path.push(vertex)
    next.push(first[vertex] ?? 0)
  }
  for (const root of roots) {
    if (order[root] !== 0 || !has(root)) continue
    open(root)
    while (path.length > 0) {
      const at = path.length - 1
      const vertex = path[at] ?? NONE
      const edge = next[at] ?? 0
      if (edge < (first[vertex + 1] ?? 0)) {
        next[at] = edge + 1
        const other = to[edge] ?? NONE
        if (!has(other) || !follows(vertex, edge)) continue
        if (order[other] === 0) open(other)
        else if (low[other] !== 0) low[vertex] = Math.min(low[vertex] ?? 0, order[other] ?? 0)
        continue
      }
      path.pop()
      next.pop()
      const below = path[at - 1]
      if (below !== undefined) low[below] = Math.min(low[below] ?? 0, low[vertex] ?? 0)
      if (low[vertex] !== order[vertex]) continue
      const component = [vertex]
      for (let member = stack.pop(); member !== undefined && member !== vertex; member = stack.pop()) {
        low[member] = 0
        component.push(member)
      }
      low[vertex] = 0
      yield component
    }
  }
}
