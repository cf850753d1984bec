"""City networks and how joining one is approved."""
