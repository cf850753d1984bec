"""Forms for people without an account."""
