"""Moves between strata, signs of real components, and routes."""
