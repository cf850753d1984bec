"""What a routing policy says: its conditions, as written and as tables."""
