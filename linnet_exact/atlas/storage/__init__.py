"""The file or folder of an atlas.

In the order in which one would read them: `location`, `lock` and `own_file`; `fragment`, `store`,
`parquet` and `parts`, which write and read it; `structure`, `completeness` and
`derivation`, which find what is damaged and what is missing.
"""
