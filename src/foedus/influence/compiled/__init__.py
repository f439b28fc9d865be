"""The challenge model and the spatial models of politics compiled, draw by draw: what runs wherever Numba is there.

The plain forms in `foedus.influence` are the oracles. Each draw is worked out by itself, so that nothing of size A²
leaves the processor's second cache. The spatial models give the bytes of the plain form. The challenge model adds up in
another order: one round agrees with the plain form to some 1e-12, and a trajectory that amplifies the last digit may
part from it.

The compiler keeps what it has made beside each file and looks only at that file: after a change to one of these files
delete its ``__pycache__``.
"""
