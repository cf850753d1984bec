"""The sample city of Los Angeles: `bench --site SITE execute city_diplomacy.demo.load`, and `.remove`.

None of this can be reached from a browser.
"""

from typing import Any


def load(force: bool = False) -> dict[str, Any]:
	"""Load the sample city and say what became of each row; a second load adds only what is missing."""
	from city_diplomacy.demo.city import load_city

	report = load_city(force)
	report.tell(print)
	return report.as_dict()


def remove() -> dict[str, Any]:
	"""Remove the sample city again, but for what somebody has changed or built upon; says what stays and why."""
	from city_diplomacy.demo.removal import remove_city

	report = remove_city()
	report.tell(print)
	return report.as_dict()
