"""Echelon forms, `Matrix`, `Subspace` and short bases."""
