"""The public form for a visit."""
