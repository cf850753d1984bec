"""Now `engine.escalate`."""

from city_diplomacy.partnership_approvals.engine.escalate import escalate_batch, escalate_if_due, run

__all__ = ["escalate_batch", "escalate_if_due", "run"]
