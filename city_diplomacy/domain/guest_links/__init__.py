"""Links for people outside the office: which one opens, when the next mail is due, what may be answered."""
