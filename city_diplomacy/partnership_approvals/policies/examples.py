"""Example routing policies that come with the app, each a JSON file named after the city whose practice it is.

They are written as an exported policy is (see `exchange`), so one reading serves
what a new site is seeded with, what an administrator imports, and what the tests route by.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("examples")


def names() -> list[str]:
	"""The examples there are, in the order of their names, such as "small_office"."""
	return sorted(path.stem for path in FOLDER.glob("*.json"))


def content_of(name: str) -> str:
	"""An example as the text of its file. Raises KeyError for a name that is not in `names()`."""
	if name not in names():
		raise KeyError(name)
	return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def values_of(name: str) -> dict[str, Any]:
	"""An example as the values of a Routing Policy. Raises KeyError for a name that is not in `names()`."""
	return json.loads(content_of(name))
