"""Inserting many documents at once by all the rules of their register; `inserting` says how."""
