/**
 * A page of the site for each lemma.
 */
import { lemmaPages } from '../../scripts/docs/lemmaPages.js'

export default { paths: lemmaPages }
