"""Now `records.watch`."""

from city_diplomacy.partnership_approvals.records.watch import export_heads, verify_ledgers

__all__ = ["export_heads", "verify_ledgers"]
