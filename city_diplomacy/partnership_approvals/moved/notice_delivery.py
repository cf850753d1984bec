"""Now `notices.deliver`."""

from city_diplomacy.partnership_approvals.notices.deliver import deliver

__all__ = ["deliver"]
