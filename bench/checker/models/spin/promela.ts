/**
 * The bounded Toychain network (`docs/model.md`) in Promela, for SPIN.
 *
 * One process whose `do` has one `d_step` for each packet that can exist and for each internal transition: a packet is
 * an index, the bag is an array of counts, a block tree is a set of bits, a pool is the number of a sequence. That is
 * how Promela is written when speed matters. Every step ends with `check()`, the invariants.
 */
import type { Configuration } from '../../configurations.js'

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** Every sequence of distinct transactions 1..T; a pool grows at its front. */
const poolsOver = (transactions: number): number[][] => {
  const pools: number[][] = [[]]
  const seen = new Set([''])
  for (const pool of pools)
    for (let t = 1; t <= transactions; t++) {
      const larger = [t, ...pool]
      if (pool.includes(t) || seen.has(larger.join())) continue
      seen.add(larger.join())
      pools.push(larger)
    }
  return pools
}

/** The text of the model. */
export const promela = ({ name, nodes: N, mints: B, transactions: T, blockOnly }: Configuration): string => {
  const pools = poolsOver(T)
  const numberOf = new Map(pools.map((pool, i) => [pool.join(), i]))
  const numbered = (pool: ReadonlyArray<number>): number => numberOf.get(pool.join()) ?? 0
  const maskOf = (pool: ReadonlyArray<number>): number => pool.reduce((mask, t) => mask | (1 << (t - 1)), 0)

  const P = pools.length
  const trees = 2 ** B
  const pairs = N * N
  // Where each kind of packet begins in the array of counts.
  const BLOCK = 0
  const GET_BLOCK = BLOCK + B * pairs
  const TX = GET_BLOCK + (blockOnly ? 0 : B * pairs)
  const GET_TX = TX + T * pairs
  const INV = GET_TX + T * pairs
  const packets = INV + (blockOnly ? 0 : pairs * trees * P)

  // Tables, as nested conditional expressions: Promela has no constant arrays.
  /** The pool `q` without the transactions of the mask `m`. */
  const drop = (q: string, m: string): string =>
    pools.reduce(
      (whole, pool, i) =>
        range(2 ** T).reduce((e, mask) => {
          const rest = numbered(pool.filter((t) => ((mask >> (t - 1)) & 1) === 0))
          return rest === 0 ? e : `((${q})==${i} && (${m})==${mask} -> ${rest} : ${e})`
        }, whole),
      '0'
    )
  /** The transactions of pool `q`, as a mask. */
  const mask = (q: string): string =>
    pools.reduce((e, pool, i) => (i === 0 ? e : `((${q})==${i} -> ${maskOf(pool)} : ${e})`), '0')
  /** The pool `q` with transaction `t` in front, if it is not in it. */
  const add = (q: string, t: number): string =>
    pools.reduce((e, pool, i) => `(${q}==${i} -> ${numbered(pool.includes(t) ? pool : [t, ...pool])} : ${e})`, '0')

  const everyPair = <R>(f: (src: number, dst: number) => R): R[] =>
    range(N).flatMap((src) => range(N).map((dst) => f(src, dst)))
  /** Node `n` sends its inventory to everybody. */
  const sendInventory = (n: number): string[] =>
    range(N).map((m) => `cnt[${INV} + (tree[${n}]*${P} + ${T > 0 ? `pool[${n}]` : '0'})*${pairs} + ${n * N + m}]++;`)
  const dStep = (parts: ReadonlyArray<string>): string => `  :: d_step { ${[...parts, 'check() }'].join(' ')}`

  const check = [
    ...range(N).map((n) => `fold_[${n}] = tree[${n}];`),
    ...range(N).flatMap((n) =>
      range(B).map((k) => {
        const coming = range(N).map((src) => `cnt[${BLOCK + k * pairs + src * N + n}]`)
        return `fold_[${n}] = fold_[${n}] | ((${coming.join(' || ')}) -> ${1 << k} : 0);`
      })
    ),
    'bt_ = fold_[0];',
    ...range(N - 1).map((n) => `assert(fold_[${n + 1}] == bt_);`),
    'best(bt_); bc_ = bn_; held_ = 0; agree_ = 1;',
    ...range(N).flatMap((n) => [
      `best(tree[${n}]); x_ = bn_;`,
      'if :: x_ == bc_ -> held_ = 1 :: else -> assert(ht[bc_] > ht[x_] || (ht[bc_] == ht[x_] && bc_ > x_)) fi;',
      n === 0 ? 'b0_ = x_;' : 'agree_ = agree_ && (x_ == b0_);'
    ]),
    'assert(held_);',
    'assert(nblk || agree_);',
    ...range(B).map((k) => {
      const noneAgain = T > 0 ? `&& ((${mask(`txs[${k}]`)}) & txm[prev[${k}]]) == 0` : ''
      return `assert(!(${k} < c && (bt_ & ${1 << k})) || ((anc[${k + 1}] & ~bt_) == 0 ${noneAgain}));`
    })
  ]

  const blocks = range(B).flatMap((k) =>
    everyPair((src, dst) => {
      const i = BLOCK + k * pairs + src * N + dst
      return dStep([
        `cnt[${i}] -> cnt[${i}]--; nblk--; tree[${dst}] = tree[${dst}] | ${1 << k};`,
        ...(T > 0
          ? [`if :: pool[${dst}] -> best(tree[${dst}]); pool[${dst}] = ${drop(`pool[${dst}]`, 'txm[bn_]')} :: else fi;`]
          : []),
        ...(blockOnly ? [] : sendInventory(dst))
      ])
    })
  )
  const getBlocks = range(blockOnly ? 0 : B).flatMap((k) =>
    everyPair((src, dst) => {
      const i = GET_BLOCK + k * pairs + src * N + dst
      const reply = `if :: tree[${dst}] & ${1 << k} -> cnt[${BLOCK + k * pairs + dst * N + src}]++; nblk++ :: else fi;`
      return dStep([`cnt[${i}] -> cnt[${i}]--;`, src === dst ? '' : reply])
    })
  )
  const transactions = range(T).flatMap((t) =>
    everyPair((src, dst) => {
      const i = TX + t * pairs + src * N + dst
      const g = GET_TX + t * pairs + src * N + dst
      const reply = `if :: (${mask(`pool[${dst}]`)}) & ${1 << t} -> cnt[${TX + t * pairs + dst * N + src}]++ :: else fi;`
      return [
        dStep([
          `cnt[${i}] -> cnt[${i}]--; pool[${dst}] = ${add(`pool[${dst}]`, t + 1)};`,
          ...(blockOnly ? [] : sendInventory(dst))
        ]),
        dStep([`cnt[${g}] -> cnt[${g}]--;`, src === dst ? '' : reply])
      ]
    }).flat()
  )
  const inventories = range(blockOnly ? 0 : trees).flatMap((tree) =>
    pools.flatMap((pool, q) =>
      everyPair((src, dst) => {
        const i = INV + (tree * P + q) * pairs + src * N + dst
        const back = dst * N + src
        return dStep([
          `cnt[${i}] -> cnt[${i}]--;`,
          ...range(B)
            .filter((k) => ((tree >> k) & 1) === 1)
            .map((k) => `if :: !(tree[${dst}] & ${1 << k}) -> cnt[${GET_BLOCK + k * pairs + back}]++ :: else fi;`),
          ...range(T)
            .filter((t) => pool.includes(t + 1))
            .map(
              (t) => `if :: !((${mask(`pool[${dst}]`)}) & ${1 << t}) -> cnt[${GET_TX + t * pairs + back}]++ :: else fi;`
            )
        ])
      })
    )
  )
  const mints = range(B > 0 ? N : 0).map((n) =>
    dStep([
      `c < ${B} -> best(tree[${n}]); pv_ = bn_; minter[c] = ${n}; prev[c] = pv_; ht[c+1] = ht[pv_]+1; anc[c+1] = anc[pv_] | (1 << c);`,
      ...(T > 0
        ? [
            `tx_ = ${drop(`pool[${n}]`, 'txm[pv_]')}; txs[c] = tx_; txm[c+1] = txm[pv_] | (${mask('tx_')}); pool[${n}] = ${drop(`pool[${n}]`, 'txm[c+1]')};`
          ]
        : []),
      `tree[${n}] = tree[${n}] | (1 << c);`,
      ...range(N).map((m) => `cnt[${BLOCK} + c*${pairs} + ${n * N + m}]++;`),
      `nblk = nblk + ${N}; c++;`
    ])
  )
  const announcements = range(T).flatMap((t) =>
    range(N).map((n) =>
      dStep([
        `!(issued & ${1 << t}) -> issued = issued | ${1 << t};`,
        ...range(N).map((m) => `cnt[${TX + t * pairs + n * N + m}]++;`)
      ])
    )
  )

  return `/* ${name}: N=${N} B=${B} T=${T} ${blockOnly ? 'block-only' : 'full'}; generated */
byte c; byte nblk;
byte minter[${Math.max(B, 1)}]; byte prev[${Math.max(B, 1)}]; byte ht[${B + 1}]; byte anc[${B + 1}];
${T > 0 ? `byte txs[${Math.max(B, 1)}]; byte txm[${B + 1}]; byte pool[${N}]; byte issued;\n` : ''}byte tree[${N}];
byte cnt[${packets}];
${['i', 'k', 'bn', 'bh', 'bt', 'bc', 'x', 'b0', 'held', 'agree', 'pv', 'tx'].map((v) => `hidden byte ${v}_;`).join(' ')}
hidden byte fold_[${N}];
/* the best block of a tree: the last block of its best chain, 0 for genesis */
inline best(tr) {
  bn_ = 0; bh_ = 0; k_ = 0;
  do
  :: k_ < c ->
     if
     :: ((tr >> k_) & 1) && ((anc[k_+1] & ~tr) == 0) && ht[k_+1] >= bh_ -> bh_ = ht[k_+1]; bn_ = k_+1
     :: else
     fi; k_++
  :: else -> break
  od
}
inline check() {
  ${check.join('\n  ')}
}
init {
 do
${[...blocks, ...getBlocks, ...transactions, ...inventories, ...mints, ...announcements].join('\n')}
 od
}
`
}
