"""Now `ledger.baselines`."""

from city_diplomacy.partnership_approvals.ledger.baselines import rotate_ledger_key, write_entries

__all__ = ["rotate_ledger_key", "write_entries"]
