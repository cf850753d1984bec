"""Telling people: a notice is written with the act, and delivered after it, at once or in a daily digest."""
