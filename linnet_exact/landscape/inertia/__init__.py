"""Symmetric matrices: signs, inertia, eigenvalues, and directions in which a form is negative."""
