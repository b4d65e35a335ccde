"""Rationals, expressions and their parser, and real algebraic numbers."""
