"""What people cleared of an agreement before its dates and signatories were content."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from city_diplomacy.partnerships.agreements import mou_routing
from city_diplomacy.patches.v1_0.take_dates_and_signatories_for_content import ADDED


@contextmanager
def declared() -> Iterator[None]:
	"""Within the block agreements are routed by the declaration of then."""
	now = mou_routing.MOU_ROUTING
	mou_routing.MOU_ROUTING = replace(now, open_fields=now.open_fields | ADDED, signature_fields=frozenset())
	try:
		yield
	finally:
		mou_routing.MOU_ROUTING = now
