"""Intervals, networks, barcodes with their rank lists, and how they are written."""
