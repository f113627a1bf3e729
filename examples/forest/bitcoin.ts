/** From real Bitcoin headers to a chosen head. */
import { readFileSync } from 'node:fs'
import { createForest } from '../../impl/forest/index.js'
import { bitcoinForest, headersOf } from '../../impl/forest/bitcoin.js'

const file = new URL('../../test/data/bitcoin-headers-822528-830592.bin', import.meta.url)
const [genesis, ...headers] = headersOf(readFileSync(file))
if (genesis === undefined) throw new Error('the file holds no header')
const forest = createForest(bitcoinForest({ genesis, height: 822_528 }))
for (const header of headers.reverse()) forest.insert(header)
console.log(forest.size(), 'headers, any order, all checked; the head is', forest.head())
