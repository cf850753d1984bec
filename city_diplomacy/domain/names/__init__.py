"""Names of places and organisations: folded, compared, and the keys under which likely doubles are found."""
