"""Certified ranks: residue maps, minors, bounds, lifting, chains, evidence and its check."""
