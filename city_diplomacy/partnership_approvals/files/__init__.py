"""The files an approval rests on: found, hashed, kept, and guarded at the DocType File."""
