"""Which tensors of a model are the layers of a network: patterns, chains, circuits of heads.

In the order in which one would read them: `patterns`; `integers`, `notation`, `parser` and
`expansion`, the language of ``--chain``; `chain_file`; `schemes` and `circuits`, chains written out
for the names of common models; `choice`, which takes them all.
"""
