"""Whether a policy and its workflow can be completed: every route ends, every question has somebody to answer it."""
