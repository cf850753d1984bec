"""What the engine takes from Frappe and lends to it: jobs, retries after a conflict, the Workflow's actions, sign-in."""
