"""Now `agreements.names`."""

from city_diplomacy.partnerships.agreements.names import refresh_agreements_with

__all__ = ["refresh_agreements_with"]
