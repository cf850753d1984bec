"""What every register shares: the base of its records, dates, money, names of errors, and `declared.py`, one row for each."""
