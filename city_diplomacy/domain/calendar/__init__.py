"""Days, terms and notice: when something is due, ends, or is asked again."""
