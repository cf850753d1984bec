"""Tables people bring in: one importer for every register, for whoever may create its records.

`registers_open` says which registers those are; `imports` has the verbs; `jobs` does the work in batches, by `steps`: `looking`
at each line, which writes nothing but what would become of it, `writing`, `undoing`. Beneath them `reading` makes values of
the file's cells, and `bulk` writes many records at once.
"""
