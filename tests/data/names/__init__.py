"""Labelled pairs of names; README.md says where they are from."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Pair:
	"""Two names, and whether a person would say that they are the same place or body."""

	names: tuple[str, str]
	is_duplicate: bool


def labelled(file: str) -> list[Pair]:
	with (Path(__file__).parent / file).open(encoding="utf-8") as lines:
		return [
			Pair((row["name_a"], row["name_b"]), row["label"] == "duplicate") for row in csv.DictReader(lines)
		]
