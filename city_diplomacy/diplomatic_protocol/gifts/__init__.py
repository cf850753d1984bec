"""Official gifts: what is given and received, who decides on it, and what of it is published."""
