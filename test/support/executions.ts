/** The execution that makes these actions from one of the initial states, by default the first. */
export const making = <A>(actions: ReadonlyArray<A>, start = 0) => ({ start, actions })
