"""Now `policies.rehearsals`."""

from city_diplomacy.partnership_approvals.policies.rehearsals import run

__all__ = ["run"]
