/**
 * A page of the site for each file that it shows, and an index of them.
 */
import { sourcePages } from '../../scripts/docs/source/pages.js'

export default { paths: sourcePages }
