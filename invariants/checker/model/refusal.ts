/**
 * A search that cannot be made as it is asked for: the fault is the asker's, and the message says what to leave out or to
 * change. Every other exception of the checker is an error of its own.
 */
export class RefusedSearch extends RangeError {
  override readonly name = 'RefusedSearch'
}
