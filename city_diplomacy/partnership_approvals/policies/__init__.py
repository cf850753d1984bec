"""Routing policies before they route: checked, tried, compared with what ran, exchanged as files; moving what runs to another."""
