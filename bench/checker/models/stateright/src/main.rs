//! The bounded Toychain network (docs/model.md), from a clique in which every node has genesis, for Stateright.
//!
//! `toychain NODES MINTS TRANSACTIONS BLOCK_ONLY(0|1) bfs|dfs THREADS` explores all executions;
//! `toychain NODES MINTS TRANSACTIONS BLOCK_ONLY(0|1) sim THREADS SECONDS` runs random ones.
use stateright::*;
use std::collections::BTreeMap;
use std::time::Instant;

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Msg { Block(u8), Inv(u32, Vec<u8>), GetB(u8), Tx(u8), GetT(u8) }
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Packet { src: u8, dst: u8, msg: Msg }
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Blk { minter: u8, prev: u8, txs: Vec<u8> }
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World { blocks: Vec<Blk>, tree: Vec<u32>, pool: Vec<Vec<u8>>, issued: u32, net: BTreeMap<Packet, u8> }
#[derive(Clone, Debug, PartialEq)]
enum Act { Mint(u8), Issue(u8, u8), Deliver(Packet) }
struct Toy { n: u8, b: usize, t: u8, block_only: bool }

impl World {
    // chain ending in k, tip first; None if a parent is missing
    fn chain_to(&self, tree: u32, mut k: u8) -> Option<Vec<u8>> {
        let mut c = vec![k];
        while k != 0 { k = self.blocks[k as usize - 1].prev; if tree >> k & 1 == 0 { return None; } c.push(k); }
        Some(c)
    }
    fn fcr(a: &[u8], b: &[u8]) -> bool { a.len() > b.len() || (a.len() == b.len() && a[0] > b[0]) }
    fn chain(&self, tree: u32) -> Vec<u8> {
        let mut best = vec![0];
        for k in 0..=self.blocks.len() as u8 { if tree >> k & 1 == 1 { if let Some(c) = self.chain_to(tree, k) { if Self::fcr(&c, &best) { best = c; } } } }
        best
    }
    fn tx_valid(&self, t: u8, c: &[u8]) -> bool { !c.iter().any(|&k| k > 0 && self.blocks[k as usize - 1].txs.contains(&t)) }
    fn send(&mut self, p: Packet) { *self.net.entry(p).or_insert(0) += 1; }
    fn bcast(&mut self, n: u8, src: u8, msg: Msg) { for d in 0..n { self.send(Packet { src, dst: d, msg: msg.clone() }); } }
}

impl Model for Toy {
    type State = World;
    type Action = Act;
    fn init_states(&self) -> Vec<World> {
        vec![World { blocks: vec![], tree: vec![1; self.n as usize], pool: vec![vec![]; self.n as usize], issued: 0, net: BTreeMap::new() }]
    }
    fn actions(&self, s: &World, out: &mut Vec<Act>) {
        if s.blocks.len() < self.b { for n in 0..self.n { out.push(Act::Mint(n)); } }
        for t in 1..=self.t { if s.issued >> t & 1 == 0 { for n in 0..self.n { out.push(Act::Issue(n, t)); } } }
        for p in s.net.keys() { out.push(Act::Deliver(p.clone())); }
    }
    fn next_state(&self, s: &World, a: Act) -> Option<World> {
        let mut w = s.clone();
        match a {
            Act::Mint(n) => {
                let i = n as usize;
                let bc = w.chain(w.tree[i]);
                let k = w.blocks.len() as u8 + 1;
                let txs: Vec<u8> = w.pool[i].iter().cloned().filter(|&t| w.tx_valid(t, &bc)).collect();
                w.blocks.push(Blk { minter: n, prev: bc[0], txs });
                w.tree[i] |= 1 << k;
                let nc = w.chain(w.tree[i]);
                let np: Vec<u8> = w.pool[i].iter().cloned().filter(|&t| w.tx_valid(t, &nc)).collect();
                w.pool[i] = np;
                w.bcast(self.n, n, Msg::Block(k));
            }
            Act::Issue(n, t) => { w.issued |= 1 << t; w.bcast(self.n, n, Msg::Tx(t)); }
            Act::Deliver(p) => {
                match w.net.get_mut(&p) { Some(c) if *c > 1 => *c -= 1, _ => { w.net.remove(&p); } }
                let n = p.dst; let i = n as usize;
                match p.msg {
                    Msg::Block(k) => {
                        w.tree[i] |= 1 << k;
                        let nc = w.chain(w.tree[i]);
                        let np: Vec<u8> = w.pool[i].iter().cloned().filter(|&t| w.tx_valid(t, &nc)).collect();
                        w.pool[i] = np.clone();
                        if !self.block_only { let tr = w.tree[i]; w.bcast(self.n, n, Msg::Inv(tr, np)); }
                    }
                    Msg::Tx(t) => {
                        if !w.pool[i].contains(&t) { w.pool[i].insert(0, t); }
                        let (tr, np) = (w.tree[i], w.pool[i].clone());
                        w.bcast(self.n, n, Msg::Inv(tr, np));
                    }
                    Msg::Inv(bs, txs) => {
                        let miss = bs & !w.tree[i];
                        for k in 1..=self.b as u8 { if miss >> k & 1 == 1 { w.send(Packet { src: n, dst: p.src, msg: Msg::GetB(k) }); } }
                        for t in txs { if !w.pool[i].contains(&t) { w.send(Packet { src: n, dst: p.src, msg: Msg::GetT(t) }); } }
                    }
                    Msg::GetB(k) => if p.src != n && k != 0 && w.tree[i] >> k & 1 == 1 { w.send(Packet { src: n, dst: p.src, msg: Msg::Block(k) }); },
                    Msg::GetT(t) => if p.src != n && w.pool[i].contains(&t) { w.send(Packet { src: n, dst: p.src, msg: Msg::Tx(t) }); },
                }
            }
        }
        Some(w)
    }
    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("clique invariant", |_m: &Toy, w: &World| {
                let mut fold = w.tree.clone();
                for p in w.net.keys() { if let Msg::Block(k) = p.msg { fold[p.dst as usize] |= 1 << k; } }
                let bt = fold[0];
                if fold.iter().any(|&f| f != bt) { return false; }
                let bc = w.chain(bt);
                let cs: Vec<Vec<u8>> = w.tree.iter().map(|&t| w.chain(t)).collect();
                if !cs.iter().any(|c| *c == bc) { return false; }
                if !cs.iter().all(|c| *c == bc || World::fcr(&bc, c)) { return false; }
                for k in 0..=w.blocks.len() as u8 { if bt >> k & 1 == 1 {
                    match w.chain_to(bt, k) { None => return false, Some(c) => for (i, &x) in c.iter().enumerate() { if x > 0 {
                        for &t in &w.blocks[x as usize - 1].txs { if !w.tx_valid(t, &c[i + 1..]) { return false; } } } } }
                } }
                true
            }),
            Property::always("quiescent agreement", |_: &Toy, w: &World| {
                if w.net.keys().any(|p| matches!(p.msg, Msg::Block(_))) { return true; }
                let c0 = w.chain(w.tree[0]);
                w.tree.iter().all(|&t| w.chain(t) == c0)
            }),
        ]
    }
}

fn main() {
    let a: Vec<String> = std::env::args().collect();
    let p = |i: usize| a[i].parse::<usize>().unwrap();
    let m = Toy { n: p(1) as u8, b: p(2), t: p(3) as u8, block_only: p(4) == 1 };
    let th = p(6);
    let t0 = Instant::now();
    fn show<C: Checker<Toy>>(c: C, t0: Instant) {
        let dt = t0.elapsed().as_secs_f64();
        c.assert_properties();
        println!("distinct={} generated={} depth={} sec={:.3} states/s={:.0} gen/s={:.0}", c.unique_state_count(), c.state_count(), c.max_depth(), dt, c.unique_state_count() as f64 / dt, c.state_count() as f64 / dt);
    }
    match a[5].as_str() {
        "bfs" => show(m.checker().threads(th).spawn_bfs().join(), t0),
        "dfs" => show(m.checker().threads(th).spawn_dfs().join(), t0),
        "sim" => {
            let secs = p(7) as u64;
            let c = m.checker().threads(th).timeout(std::time::Duration::from_secs(secs)).spawn_simulation(1, UniformChooser).join();
            let dt = t0.elapsed().as_secs_f64();
            println!("simulation: steps={} sec={:.3} steps/s={:.0} maxdepth={} discoveries={}", c.state_count(), dt, c.state_count() as f64 / dt, c.max_depth(), c.discoveries().len());
        }
        _ => panic!(),
    }
}
