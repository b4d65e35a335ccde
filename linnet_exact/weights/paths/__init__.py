"""Exact paths inside a fiber: `steps`, `real_components`, `transport` within a stratum, `path`."""
