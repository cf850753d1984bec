"""The Sustainable Development Goals and targets agreements contribute to."""
