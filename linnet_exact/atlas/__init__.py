"""Batch enumeration of small networks into a file that survives anything."""
