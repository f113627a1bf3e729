---- MODULE PBFT ----
\* PBFT, one sequence number, by what was ever sent: level a of docs/pbft.md, written by itself to compare counts.
EXTENDS Integers, FiniteSets, Sequences
CONSTANTS N, F, Byz, V
Rep == 0..(N-1)
H == Rep \ Byz
D == {"a","b"}
Prim(v) == v % N
NoPP == "-"
Views == 0..V
Cert == (Views \X D)
NoCert == <<>>
VARIABLES view, pend, pp, pr, cm, vc, nv
vars == <<view,pend,pp,pr,cm,vc,nv>>
Unsent == "."
Init == /\ view=[i \in H |-> 0] /\ pend=[i \in H |-> FALSE]
        /\ pp=[i \in H |-> [v \in Views |-> NoPP]]
        /\ pr=[i \in H |-> [v \in Views |-> FALSE]]
        /\ cm=[i \in H |-> [v \in Views |-> FALSE]]
        /\ vc=[i \in H |-> [v \in Views |-> <<"unsent">>]]
        /\ nv=[v \in Views |-> Unsent]
NPrep(v,d) == Cardinality({i \in H : i # Prim(v) /\ pp[i][v]=d}) + Cardinality(Byz \ {Prim(v)})
NCom(v,d) == Cardinality({i \in H : pp[i][v]=d /\ pr[i][v]}) + Cardinality(Byz)
PPAvail(v,d) == IF Prim(v) \in Byz THEN TRUE ELSE pp[Prim(v)][v]=d
HasCert(v,d) == PPAvail(v,d) /\ NPrep(v,d) >= 2*F
Highest(i) == LET S == {u \in Views : pr[i][u]} IN
   IF S={} THEN <<"P">> ELSE LET u == CHOOSE x \in S : \A y \in S : x>=y IN <<"P",u,pp[i][u]>>
ByzP(w) == {<<"P">>} \cup {<<"P",c[1],c[2]>> : c \in {x \in (Views \X D) : x[1] < w /\ HasCert(x[1],x[2])}}
\* outcomes O computable from a set of P components (sequence of P's given as a set)
Outcome(Ps) == LET C == {p \in Ps : Len(p)=3} IN
   IF C={} THEN {"empty"} ELSE LET m == CHOOSE x \in {p[2] : p \in C} : \A y \in {p[2] : p \in C} : x>=y IN {p[3] : p \in {q \in C : q[2]=m}}
NV(w) == LET sent == {i \in H : vc[i][w] # <<"unsent">>}
             own(S) == Prim(w) \in Byz \/ Prim(w) \in S
             full == {S \in SUBSET sent : Cardinality(S)=2*F+1 /\ own(S)}
             part == IF Byz={} THEN {} ELSE {S \in SUBSET sent : Cardinality(S)=2*F /\ own(S)}
         IN UNION {Outcome({vc[i][w] : i \in S}) : S \in full}
            \cup UNION {UNION {Outcome({vc[i][w] : i \in S} \cup {b}) : b \in ByzP(w)} : S \in part}
PrePrepare(i) == /\ ~pend[i] /\ Prim(view[i])=i /\ pp[i][view[i]]=NoPP
                 /\ \E d \in D : pp'=[pp EXCEPT ![i][view[i]]=d]
                 /\ UNCHANGED <<view,pend,pr,cm,vc,nv>>
Prepare(i) == /\ ~pend[i] /\ Prim(view[i])#i /\ pp[i][view[i]]=NoPP
              /\ \E d \in D : PPAvail(view[i],d) /\ pp'=[pp EXCEPT ![i][view[i]]=d]
              /\ UNCHANGED <<view,pend,pr,cm,vc,nv>>
Commit(i) == /\ ~pend[i] /\ pp[i][view[i]]#NoPP /\ ~pr[i][view[i]] /\ NPrep(view[i],pp[i][view[i]]) >= 2*F
             /\ pr'=[pr EXCEPT ![i][view[i]]=TRUE] /\ UNCHANGED <<view,pend,pp,cm,vc,nv>>
Execute(i) == /\ ~pend[i] /\ pr[i][view[i]] /\ ~cm[i][view[i]] /\ NCom(view[i],pp[i][view[i]]) >= 2*F+1
              /\ cm'=[cm EXCEPT ![i][view[i]]=TRUE] /\ UNCHANGED <<view,pend,pp,pr,vc,nv>>
ViewChange(i) == \E w \in Views : w>view[i] /\ vc'=[vc EXCEPT ![i][w]=Highest(i)] /\ view'=[view EXCEPT ![i]=w] /\ pend'=[pend EXCEPT ![i]=TRUE]
              /\ UNCHANGED <<pp,pr,cm,nv>>
Adopt(i,w,o) == IF o="empty" THEN pp ELSE [pp EXCEPT ![i][w]=o]
NewView(i) == /\ pend[i] /\ Prim(view[i])=i /\ nv[view[i]]=Unsent
              /\ \E o \in NV(view[i]) : nv'=[nv EXCEPT ![view[i]]=o] /\ pp'=Adopt(i,view[i],o)
              /\ pend'=[pend EXCEPT ![i]=FALSE] /\ UNCHANGED <<view,pr,cm,vc>>
AcceptNV(i) == \E w \in Views : /\ w>=1 /\ (w>view[i] \/ (w=view[i] /\ pend[i])) /\ Prim(w)#i
              /\ \E o \in (IF Prim(w) \in Byz THEN NV(w) ELSE IF nv[w]=Unsent THEN {} ELSE {nv[w]}) : pp'=Adopt(i,w,o)
              /\ view'=[view EXCEPT ![i]=w] /\ pend'=[pend EXCEPT ![i]=FALSE] /\ UNCHANGED <<pr,cm,vc,nv>>
Next == \E i \in H : PrePrepare(i) \/ Prepare(i) \/ Commit(i) \/ Execute(i) \/ ViewChange(i) \/ NewView(i) \/ AcceptNV(i)
Spec == Init /\ [][Next]_vars
A14 == \A i,j \in H, v \in Views : pr[i][v] /\ pr[j][v] => pp[i][v]=pp[j][v]
A19 == \A v \in Views, d \in D : Cardinality({i \in H : pr[i][v] /\ pp[i][v]=d}) >= F+1 =>
         \A i \in H, w \in Views : w>v /\ pp[i][w]#NoPP => pp[i][w]=d
A111 == \A i,j \in H, v,w \in Views : cm[i][v] /\ cm[j][w] => pp[i][v]=pp[j][w]
====
