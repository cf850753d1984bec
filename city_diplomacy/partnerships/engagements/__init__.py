"""Meetings, visits and events with partners."""
