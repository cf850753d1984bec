"""Now `records.disposal`."""

from city_diplomacy.partnership_approvals.records.disposal import dispose_by_schedule

__all__ = ["dispose_by_schedule"]
