"""A rehearsal: what another policy would have asked of documents of the past."""
