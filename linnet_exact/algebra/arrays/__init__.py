"""Exact arrays over FLINT: entries, indexing, products, stacking."""
