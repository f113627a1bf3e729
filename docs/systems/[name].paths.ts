/**
 * A page of the site for each system of the catalogue, with the explorer, and with what is known of the system.
 */
import { catalogue } from '../../invariants/systems/index.js'
import { systemPage } from '../../scripts/docs/systems.js'

export default {
  paths: () => catalogue.map(({ open }) => open(systemPage))
}
