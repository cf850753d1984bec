"""People and departments by name, colleagues to choose from, and who stands in for whom."""
