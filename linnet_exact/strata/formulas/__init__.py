"""Formulas in a barcode or a fiber: dimensions, learning coefficient, components, points."""
