"""Community organisations of the diaspora, their consents, and the public directory."""
