"""Now `agreements.signing`."""

from city_diplomacy.partnerships.agreements.signing import expire, expire_agreements, expire_batch

__all__ = ["expire", "expire_agreements", "expire_batch"]
