"""Now `ledger.keys`."""

from city_diplomacy.partnership_approvals.ledger.keys import show_ledger_key

__all__ = ["show_ledger_key"]
