"""The rules of city diplomacy in plain, typed Python.

Dataclasses go in, dataclasses come out: no database, no network, no clock (callers pass `today`), and
nothing of Frappe. A reader understands a rule here without knowing how it is stored or shown.
"""
