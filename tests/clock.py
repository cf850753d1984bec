"""A clock that tests set, in the site's own time; it goes on from there, so that no two moments are one.

It moves what Frappe, the app and their libraries read in this process. The database's clock and other
processes keep theirs, and so does Redis: what is set ahead must not depend on them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import frappe
import freezegun
from freezegun import freeze_time
from freezegun.api import FakeDate, FakeDatetime

from tests import grounds

# pytest measures how long a test takes by the machine's clock.
freezegun.configure(extend_ignore_list=["_pytest.timing"])


@contextmanager
def set_to(moment: str) -> Iterator[Callable[[str], None]]:
	"""Within the block it is `moment` ("2028-02-28 16:00") on the site; gives a function that sets another."""
	with freeze_time(_utc(moment), tick=True) as frozen:
		_teach_the_database()
		yield lambda later: frozen.move_to(_utc(later))


def _utc(moment: str) -> datetime:
	zone = ZoneInfo(frappe.get_system_settings("time_zone") or "UTC")
	return (
		datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
	)


def _teach_the_database() -> None:
	"""A connection opened before knows real dates alone; these are the same dates by another name."""
	if grounds.current.name == "site":
		encoders = frappe.db._conn.encoders
		encoders[FakeDate], encoders[FakeDatetime] = encoders[_real(FakeDate)], encoders[_real(FakeDatetime)]


def _real(fake: type) -> type:
	return fake.__mro__[1]
