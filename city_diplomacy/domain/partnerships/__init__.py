"""Rules about partners: the stages of a relationship."""
