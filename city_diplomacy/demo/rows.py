"""Reading the sample city's files, and saying of each row what became of it."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


class RowError(ValueError):
	"""A row that cannot be loaded; the message is a sentence."""


@dataclass(frozen=True)
class Row:
	"""One line of a file, its values without surrounding space."""

	file: str
	line: int
	values: dict[str, str]

	def __getitem__(self, column: str) -> str:
		return self.values[column]

	def list_of(self, column: str) -> list[str]:
		"""The parts of a cell that holds several, separated by semicolons."""
		return [part.strip() for part in self.values[column].split(";") if part.strip()]

	def source_with_note(self) -> str:
		"""Where the row's facts come from, how sure they are, and what contradicts them."""
		source, confidence = self["source"], self.values.get("confidence")
		first = f"{source} ({confidence})" if confidence and confidence not in source else source
		return "\n".join(part for part in (first, self.values.get("note")) if part)


@dataclass(frozen=True)
class Finding:
	"""What is wrong with a row, and where it stands."""

	file: str
	line: int
	what: str
	reason: str

	def __str__(self) -> str:
		return f"{self.file}, line {self.line}: {self.what}: {self.reason}"


@dataclass
class Report:
	"""What a load did: how many of each were made or there already, and each row it could not keep whole."""

	made: Counter = field(default_factory=Counter)
	there_already: Counter = field(default_factory=Counter)
	bad_rows: list[Finding] = field(default_factory=list)
	left_out: list[Finding] = field(default_factory=list)

	def add_bad_row(self, row: Row, what: str, reason: str) -> None:
		self.bad_rows.append(Finding(row.file, row.line, what, reason))

	def add_left_out(self, row: Row, what: str, reason: str) -> None:
		"""A row that is loaded without one of its values."""
		self.left_out.append(Finding(row.file, row.line, what, reason))

	def as_dict(self) -> dict[str, Any]:
		return {
			"made": dict(self.made),
			"there_already": dict(self.there_already),
			"bad_rows": [vars(finding) for finding in self.bad_rows],
			"left_out": [vars(finding) for finding in self.left_out],
		}

	def tell(self, echo: Callable[[str], None]) -> None:
		"""Say it in lines a person reads."""
		if not self.made:
			echo("Nothing to add: the sample city is loaded already.")
		for kind in sorted({*self.made, *self.there_already}):
			echo(f"{kind}: {self.made[kind]} added, {self.there_already[kind]} there already")
		for heading, findings in (("Not loaded", self.bad_rows), ("Loaded in part", self.left_out)):
			if findings:
				echo(f"{heading} ({len(findings)}):")
			for finding in findings:
				echo(f"  {finding}")


def read_rows(path: Path) -> Iterator[Row]:
	"""The rows of a CSV file with a header. Raises OSError when it cannot be read."""
	with path.open(encoding="utf-8", newline="") as opened:
		reader = csv.DictReader(opened)
		for values in reader:
			yield Row(
				path.name,
				reader.line_num,
				{column: (value or "").strip() for column, value in values.items() if column},
			)
