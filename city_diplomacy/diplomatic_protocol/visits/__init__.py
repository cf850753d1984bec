"""Visits of delegations: asked for, decided on, prepared, held, and what came of them."""
