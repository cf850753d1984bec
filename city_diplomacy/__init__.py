"""The partnership system of a city's international-affairs office; rooms and rules are in CONTRIBUTING.md."""

__version__ = "0.1.0"
