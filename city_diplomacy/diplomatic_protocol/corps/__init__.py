"""The consular corps: missions, their officers, precedence, national days, and cases."""
