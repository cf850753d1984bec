"""Rules of hosted events."""
