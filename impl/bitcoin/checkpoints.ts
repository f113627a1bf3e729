/**
 * Blocks of Bitcoin's chains whose heights are known: headers do not say their heights, and by these they can be found out.
 *
 * Source: Bitcoin Core, `src/kernel/chainparams.cpp`. The checkpoints of versions before 30; the blocks from which on rules
 * of consensus hold; those that are assumed to be valid, with or without a snapshot of the unspent outputs.
 */
import { networks } from '../../spec/blockchain/instances/bitcoin/networks.js'
import type { Network, NetworkName } from '../../spec/blockchain/instances/bitcoin/networks.js'

/** Heights, and the hashes of the blocks there; those of height 0 are with the networks. */
const checkpoints: Readonly<Record<NetworkName, Readonly<Record<number, string>>>> = {
  mainnet: {
    11111: '0000000069e244f73d78e8fd29ba2fd2ed618bd6fa2ee92559f542fdb26e7c1d',
    33333: '000000002dd5588a74784eaa7ab0507a18ad16a236e7b1ce69f00d7ddfb5d0a6',
    74000: '0000000000573993a3c9e41ce34471c079dcf5f52a0e824a81e7f953b8661a20',
    105000: '00000000000291ce28027faea320c8d2b054b2e0fe44a773f3eefb151d6bdc97',
    134444: '00000000000005b12ffd4cd315cd34ffd4a594f430ac814c91184a0d42d2b0fe',
    168000: '000000000000099e61ea72015e79632f216fe6cb33d7899acb35b75c8303b763',
    193000: '000000000000059f452a5f7340de6682a977387c17010ff6e6c3bd83ca8b1317',
    210000: '000000000000048b95347e83192f69cf0366076336c639f9b7228e9ba171342e',
    216116: '00000000000001b4f4b433e81ee46494af945cf96014816a4e2370f11b23df4e',
    225430: '00000000000001c108384350f74090433e7fcf79a606b8e797f065b130575932',
    227931: '000000000000024b89b42a942fe0d9fea3bb44ab7bd1b19115dd6a759c0808b8',
    250000: '000000000000003887df1f29024b06fc2200b55f8af8f35453d7be294df2d214',
    279000: '0000000000000001ae8c72a0b0c301f67e3afca10e819efa9041e458e9bd7e40',
    295000: '00000000000000004d9b4ef50f0f9d686fd69db2e03af35a100370c64632a983',
    363725: '00000000000000000379eaa19dce8c9b722d46ae6a57c2f1a988119488b50931',
    388381: '000000000000000004c2b624ed5d7756c508d90fd0da2c7c679febfa6c4735f0',
    419328: '000000000000000004a1b34462cb8aeebd5799177f7a29cf28f2d1961716b5b5',
    481824: '0000000000000000001c8018d9cb3b742ef25114f27563e3fc4a1902167f9893',
    824000: '000000000000000000026811d149d4d261995ec5b3f64f439a0a10e1a464af9a',
    840000: '0000000000000000000320283a032748cef8227873ff4872689bf23f1cda83a5',
    880000: '000000000000000000010b17283c3c400507969a9c2afd1dcf2082ec5cca2880',
    910000: '0000000000000000000108970acb9522ffd516eae17acddcb1bd16469194a821',
    912683: '00000000000000000000611fd22f2df7c8fbd0688745c3a6c3bb5109cc2a12cb'
  },
  testnet3: {
    546: '000000002a936ca763904c3c35fce2f3556c559c0214345d31b1bcebf76acb70',
    21111: '0000000023b3a96d3484e5abb3755c413e7d41500f8e2a5c3f0dd01299cd8ef8',
    330776: '000000002104c8c45e99a8853285a3b592602a3ccde2b832481da85e9e4ba182',
    581885: '00000000007f6655f22f98e72ed80d8b06dc761d5da09df0fa1dc4be4f861eb6',
    770112: '00000000025e930139bac5c6c31a403776da130831ab85be56578f3fa75369bb',
    834624: '00000000002b980fcd729daaa248fd9316a5200e9b367f4ff2c42453e84201ca',
    2500000: '0000000000000093bcb68c03a9a168ae252572d348a2eaeba2cdf9231d73206f',
    2550000: '000000000001323071f38f21ea5aae529ece491eadaccce506a59bcc2d968917',
    4550000: '0000000000000065c6c38258e201971a3fdfcc2ceee0dd6e85a6c022d45dee34'
  },
  testnet4: {
    90000: '0000000002ebe8bcda020e0dd6ccfbdfac531d2f6a81457191b99fc2df2dbe3b',
    91000: '000000000000000180a58e7fa3b0db84b5ea76377524894f53660d93ac839d9b'
  },
  signet: {
    160000: '0000003ca3c99aff040f2563c2ad8f8ec88bd0fd6b8f0895cfaf1ef90353a62c',
    180000: '0000000870f15246ba23c16e370a7ffb1fc8a3dcf8cb4492882ed4b0e3d4cd26',
    267665: '000000128586e26813922680309f04e1de713c7542fee86ed908f56368aefe2e'
  },
  regtest: {}
}

/** Where a block stands. */
export interface Place {
  readonly network: Network
  readonly height: number
}

/** The blocks that are known, by their hashes. */
export const knownBlocks: ReadonlyMap<string, Place> = new Map(
  Object.values(networks).flatMap((network) =>
    Object.entries({ ...checkpoints[network.name], 0: network.genesis }).map(
      ([height, hash]) => [hash, { network, height: Number(height) }] as const
    )
  )
)
