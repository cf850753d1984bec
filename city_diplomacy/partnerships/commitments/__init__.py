"""What each side promised, to whom it counts, and its to-dos."""
