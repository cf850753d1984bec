"""Tables people bring in: reading the file, its headings and its cells, and the states of an import."""
