"""The two grounds the suite runs on: the sandbox anywhere, and a real site where there is a bench.

Both are a class `Ground` with `open`, `close`, `test_transaction`, `committed`, `outside_transaction`,
`client`, `outbox` and `insert_account`. `python -m tests.grounds` runs the suite on every ground this machine
has; `make test` calls it.
"""

# The ground the running tests stand on; set by the fixture `ground`.
current = None
