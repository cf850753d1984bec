"""Comparing a party with lists of restricted parties: names read, blocks, the score in parts, list files, states."""
