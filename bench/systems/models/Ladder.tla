------------------------------- MODULE Ladder -------------------------------
\* A leader has an order accepted, in one view and K phases, while the nodes of Byz say whatever they like.
\*
\* What an honest node has sent is a matter of its state, and stays in the network: so a state is those of the honest nodes.
\* A message that would change nothing is not received. The rules are those of spec/byzantine/ladder.ts.
EXTENDS Integers, FiniteSets

CONSTANTS N, Byz, Q, K

Orders == {"W", "H"}
None == "none"
Nodes == 0 .. (N - 1)
Honest == Nodes \ Byz

VARIABLE node

Nobody == [m \in Nodes |-> None]
Init == node = [n \in Honest |-> [accepted |-> None, prepares |-> Nobody, prepared |-> FALSE, commits |-> Nobody, decided |-> None]]

HasQuorum(votes, order) == Cardinality({m \in Nodes : votes[m] = order}) >= Q
Noted(votes, from, order) == IF votes[from] = None THEN [votes EXCEPT ![from] = order] ELSE votes

\* What a node is when it knows more: prepared, and decided, as far as the votes go.
Settled(n, st) ==
  LET isPrepared == K = 3 /\ st.accepted # None /\ (st.prepared \/ HasQuorum(st.prepares, st.accepted))
      commits == IF isPrepared THEN Noted(st.commits, n, st.accepted) ELSE st.commits
      decides == /\ st.accepted # None
                 /\ \/ K = 1
                    \/ K = 2 /\ HasQuorum(st.prepares, st.accepted)
                    \/ K = 3 /\ isPrepared /\ HasQuorum(commits, st.accepted)
  IN [st EXCEPT !.prepared = isPrepared,
                !.commits = commits,
                !.decided = IF @ = None /\ decides THEN st.accepted ELSE @]

Becomes(n, st) == node' = [node EXCEPT ![n] = Settled(n, st)]

Accepts(n, order) ==
  /\ node[n].accepted = None
  /\ Becomes(n, [node[n] EXCEPT !.accepted = order, !.prepares = IF K = 1 THEN @ ELSE Noted(@, n, order)])

Propose(order) == 0 \in Honest /\ Accepts(0, order)

ReceivePrePrepare(n, order) ==
  /\ n # 0
  /\ IF 0 \in Byz THEN TRUE ELSE node[0].accepted = order
  /\ Accepts(n, order)

ReceivePrepare(n, from, order) ==
  /\ K > 1
  /\ from # n
  /\ IF from \in Byz THEN TRUE ELSE node[from].accepted = order
  /\ node[n].prepares[from] = None
  /\ Becomes(n, [node[n] EXCEPT !.prepares[from] = order])

ReceiveCommit(n, from, order) ==
  /\ K = 3
  /\ from # n
  /\ IF from \in Byz THEN TRUE ELSE node[from].prepared /\ node[from].accepted = order
  /\ node[n].commits[from] = None
  /\ Becomes(n, [node[n] EXCEPT !.commits[from] = order])

Next ==
  \E order \in Orders :
    \/ Propose(order)
    \/ \E n \in Honest :
         \/ ReceivePrePrepare(n, order)
         \/ \E from \in Nodes : ReceivePrepare(n, from, order) \/ ReceiveCommit(n, from, order)

Agreement == \A n, m \in Honest : node[n].decided = None \/ node[m].decided \in {None, node[n].decided}
=============================================================================
