"""Modules under their paths of release 1.0; see the package above."""
