"""Layered drawings of a stratum DAG: rows by dimension, few crossings, edges around boxes.

`layers` cuts edges into pieces from row to row, `crossings` counts, `ordering` orders the rows,
`placing` finds places, `layout` routes the edges; what is drawn of it is up to `picture`.
"""
