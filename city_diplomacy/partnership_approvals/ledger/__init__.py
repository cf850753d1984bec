"""The ledger of a route: writing entries, keys and signed heads, and comparing everything stored with it."""
