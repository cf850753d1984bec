"""Tables people bring in: one importer for every register, for whoever may create its records.

`registers_open` says which registers those are; `imports` has the verbs; `jobs` does the work in batches: `reading`
looks at each line and writes nothing but what would become of it, `writing` does it, `undoing` takes it back.
"""
