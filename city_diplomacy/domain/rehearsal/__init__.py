"""A rehearsal: what another policy would have asked of documents of the past, and which facts it needs for that."""
