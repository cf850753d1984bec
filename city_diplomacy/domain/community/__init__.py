"""Rules of community programmes and of committees' duties."""
