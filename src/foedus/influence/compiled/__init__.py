"""The challenge model compiled, draw by draw: what runs wherever Numba can be imported.

The plain form in `foedus.influence.challenge` is the oracle. Here each draw runs to its end by itself, so that nothing
of size A² leaves the processor's second cache. Sums run in another order than in the plain form: one round agrees with
it to some 1e-12, and a trajectory that amplifies the last digit may part from it.

Rows are padded to whole vectors of eight numbers, and inner loops run over exactly eight: the compiler then leaves no
remainder to be done one by one.

The compiler keeps what it has made beside each file and looks only at that file: after a change to one of these files
delete its ``__pycache__``.
"""
