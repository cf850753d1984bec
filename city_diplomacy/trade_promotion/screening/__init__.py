"""Screening parties against lists of restricted parties: lists, candidates, decisions, and what waits for them."""
