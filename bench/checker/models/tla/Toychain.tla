------------------------------ MODULE Toychain ------------------------------
(* The bounded Toychain network (docs/model.md), from a clique in which every node has genesis. *)
EXTENDS Integers, Sequences, FiniteSets, Bags, TLC

CONSTANTS N,          \* number of nodes
          B,          \* bound on the number of mints in the execution
          T,          \* number of transactions
          BlockOnly   \* TRUE: Inv/GetData/Tx traffic suppressed

VARIABLES blocks,   \* sequence of minted blocks; blocks[k] is block k; block 0 is genesis
          tree,     \* [Node -> SUBSET (0..B)]
          pool,     \* [Node -> Seq(1..T)]
          issued,   \* SUBSET (1..T)
          net       \* bag of packets in flight

vars == <<blocks, tree, pool, issued, net>>

Node == 0..(N-1)

(***************************** block forest ********************************)
\* the chain ending in block k as a sequence of block numbers (compute_chain)
RECURSIVE ChainTo(_,_,_)
ChainTo(bs, t, k) ==
  IF k = 0 THEN <<0>>
  ELSE IF bs[k].prev \in t THEN Append(ChainTo(bs, t, bs[k].prev), k)
  ELSE <<k>>

FCR(c, d) == \/ Len(c) > Len(d)
             \/ Len(c) = Len(d) /\ c[Len(c)] > d[Len(d)]

\* btChain: the largest good chain
Chain(bs, t) ==
  LET good == {c \in {ChainTo(bs, t, k) : k \in t} : c[1] = 0}
  IN CHOOSE c \in good : \A d \in good : c = d \/ FCR(c, d)

TxsOf(bs, c) == UNION {{bs[c[i]].txs[j] : j \in 1..Len(bs[c[i]].txs)} : i \in 2..Len(c)}
TxValid(bs, t, c) == t \notin TxsOf(bs, c)
InSeq(x, s) == \E i \in 1..Len(s) : s[i] = x

(******************************** network **********************************)
Init ==
  /\ blocks = <<>>
  /\ tree = [n \in Node |-> {0}]
  /\ pool = [n \in Node |-> <<>>]
  /\ issued = {}
  /\ net = EmptyBag

MintT(n) ==
  /\ Len(blocks) < B
  /\ LET bc == Chain(blocks, tree[n])
         k  == Len(blocks) + 1
         b  == [minter |-> n, prev |-> bc[Len(bc)],
                txs |-> SelectSeq(pool[n], LAMBDA t : TxValid(blocks, t, bc))]
         bs == Append(blocks, b)
         nt == tree[n] \cup {k}
         nc == Chain(bs, nt)
     IN /\ blocks' = bs
        /\ tree' = [tree EXCEPT ![n] = nt]
        /\ pool' = [pool EXCEPT ![n] = SelectSeq(@, LAMBDA t : TxValid(bs, t, nc))]
        /\ net' = net (+) SetToBag({[type |-> "Block", src |-> n, dst |-> m, k |-> k] : m \in Node})
        /\ UNCHANGED issued

TxT(n, t) ==
  /\ t \notin issued
  /\ issued' = issued \cup {t}
  /\ net' = net (+) SetToBag({[type |-> "Tx", src |-> n, dst |-> m, t |-> t] : m \in Node})
  /\ UNCHANGED <<blocks, tree, pool>>

InvAll(n, bt, pl) ==
  {[type |-> "Inv", src |-> n, dst |-> m, bs |-> bt, txs |-> pl] : m \in Node}

Drop(p) == net (-) SetToBag({p})

RcvBlock(p) ==
  LET n  == p.dst
      nt == tree[n] \cup {p.k}
      nc == Chain(blocks, nt)
      np == SelectSeq(pool[n], LAMBDA t : TxValid(blocks, t, nc))
  IN /\ tree' = [tree EXCEPT ![n] = nt]
     /\ pool' = [pool EXCEPT ![n] = np]
     /\ net' = IF BlockOnly THEN Drop(p) ELSE Drop(p) (+) SetToBag(InvAll(n, nt, np))
     /\ UNCHANGED <<blocks, issued>>

RcvTx(p) ==
  LET n  == p.dst
      np == IF InSeq(p.t, pool[n]) THEN pool[n] ELSE <<p.t>> \o pool[n]
  IN /\ pool' = [pool EXCEPT ![n] = np]
     /\ net' = Drop(p) (+) SetToBag(InvAll(n, tree[n], np))
     /\ UNCHANGED <<blocks, tree, issued>>

RcvInv(p) ==
  LET n == p.dst
      missB == p.bs \ tree[n]
      missT == {t \in {p.txs[i] : i \in 1..Len(p.txs)} : ~InSeq(t, pool[n])}
  IN /\ net' = Drop(p)
               (+) SetToBag({[type |-> "GetB", src |-> n, dst |-> p.src, k |-> k] : k \in missB})
               (+) SetToBag({[type |-> "GetT", src |-> n, dst |-> p.src, t |-> t] : t \in missT})
     /\ UNCHANGED <<blocks, tree, pool, issued>>

RcvGetB(p) ==
  LET n == p.dst
  IN /\ net' = IF p.src # n /\ p.k # 0 /\ p.k \in tree[n]
               THEN Drop(p) (+) SetToBag({[type |-> "Block", src |-> n, dst |-> p.src, k |-> p.k]})
               ELSE Drop(p)
     /\ UNCHANGED <<blocks, tree, pool, issued>>

RcvGetT(p) ==
  LET n == p.dst
  IN /\ net' = IF p.src # n /\ InSeq(p.t, pool[n])
               THEN Drop(p) (+) SetToBag({[type |-> "Tx", src |-> n, dst |-> p.src, t |-> p.t]})
               ELSE Drop(p)
     /\ UNCHANGED <<blocks, tree, pool, issued>>

Deliver(p) ==
  CASE p.type = "Block" -> RcvBlock(p)
    [] p.type = "Inv"   -> RcvInv(p)
    [] p.type = "GetB"  -> RcvGetB(p)
    [] p.type = "Tx"    -> RcvTx(p)
    [] p.type = "GetT"  -> RcvGetT(p)

Next ==
  \/ \E n \in Node : MintT(n)
  \/ \E n \in Node, t \in 1..T : TxT(n, t)
  \/ \E p \in BagToSet(net) : Deliver(p)

Spec == Init /\ [][Next]_vars

(******************************* properties ********************************)
BlocksFor(n) == {p.k : p \in {q \in BagToSet(net) : q.type = "Block" /\ q.dst = n}}
Fold(n) == tree[n] \cup BlocksFor(n)

GoodBt(bt) ==
  \A k \in bt : LET c == ChainTo(blocks, bt, k)
                IN /\ c[1] = 0
                   /\ \A i \in 2..Len(c) : \A j \in 1..Len(blocks[c[i]].txs) :
                        TxValid(blocks, blocks[c[i]].txs[j], SubSeq(c, 1, i-1))

CliqueInv ==
  LET bt == Fold(0)
      bc == Chain(blocks, bt)
      ch == [n \in Node |-> Chain(blocks, tree[n])]
  IN /\ \E n \in Node : ch[n] = bc
     /\ \A n \in Node : bc = ch[n] \/ FCR(bc, ch[n])
     /\ GoodBt(bt)
     /\ \A n \in Node : Fold(n) = bt

QuiescentAgreement ==
  (\A p \in BagToSet(net) : p.type # "Block")
    => \A n \in Node : Chain(blocks, tree[n]) = Chain(blocks, tree[0])
=============================================================================
