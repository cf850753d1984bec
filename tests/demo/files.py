"""Writing the files of a sample city."""

import csv
from pathlib import Path


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
	with path.open("w", encoding="utf-8", newline="") as opened:
		writer = csv.DictWriter(opened, list(rows[0]))
		writer.writeheader()
		writer.writerows(rows)


def add_row(path: Path, **values: str) -> int:
	"""Append a row like the file's first with other values; answers its line."""
	with path.open(encoding="utf-8", newline="") as opened:
		rows = list(csv.DictReader(opened))
	write_rows(path, [*rows, {**rows[0], **values}])
	return len(rows) + 2
