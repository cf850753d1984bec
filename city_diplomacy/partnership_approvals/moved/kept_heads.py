"""Now `records.kept_heads`."""

from city_diplomacy.partnership_approvals.records.kept_heads import compare_with_export

__all__ = ["compare_with_export"]
