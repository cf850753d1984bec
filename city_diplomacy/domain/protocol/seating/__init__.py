"""Who sits where at table, by precedence and the alternation of sides, and why.

`model` says what guests, tables and plans are, `order` who stands before whom, `tables` which seats are beside each other
and which come first, `planning` makes a plan, `faults` tells what one breaks, `mending` changes seats where two sit beside
each other who should not, `reasons` has the sentences.
"""
