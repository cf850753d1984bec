"""Calendars people subscribe to: one signed, revocable address for a person, with what functions put into it."""
