"""Numbers, days and answers as people type them, in the formats of their site; None for what is none."""

import re
from datetime import date, datetime

from .tables import Cell

YES = frozenset(("1", "yes", "y", "true", "t", "x"))
NO = frozenset(("0", "no", "n", "false", "f"))
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ISO_MOMENT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?")
_TIME = re.compile(r"(.+?)[T ]+(\d{1,2}:\d{2}(?::\d{2})?)")
_PARTS = {"yyyy": r"(?P<year>\d{4})", "mm": r"(?P<month>\d{1,2})", "dd": r"(?P<day>\d{1,2})"}
_BETWEEN = r"[-./\s]"
_SPACES = re.compile(r"[\s\u00a0\u202f]")
# A cell such as A1 or $AB$12 where a formula can name one: behind a sign, and before another or the end.
_REFERENCE = r"[-+*/^&=<>(＋－]\s*\$?[A-Za-z]{1,3}\$?[1-9]\d*\s*(?:$|[-+*/^&=<>:)%])"
# What makes a spreadsheet work out a cell instead of showing it.
_FORMULA = re.compile(rf" *(?:[=@＝＠\t\r]|[+\-＋－].*[(|!]|(?=[+\-＋－]).*?{_REFERENCE})")


def is_formula(text: str) -> bool:
	"""Whether a spreadsheet would take a text for a formula; a telephone number in +81 is none."""
	return bool(_FORMULA.match(text)) and not is_number_like(text)


def is_number_like(text: str) -> bool:
	return bool(re.fullmatch(r"[+-]?[\d\s.,'()/-]+%?", text))


def separators(number_format: str) -> tuple[str, str]:
	"""What groups thousands and what stands before decimals in a format such as "#.###,##"."""
	marks = re.sub(r"#", "", number_format)
	if re.search(r"[^#]##$", number_format):
		decimal = number_format[-3]
		return marks[0] if len(marks) > 1 else "", decimal
	return marks[:1], "." if marks[:1] != "." else ","


def read_number(cell: Cell, number_format: str) -> float | None:
	"""A number in the format of the site: 1,234.5 or 1.234,5; thousands need not be grouped."""
	if isinstance(cell, bool):
		return None
	if isinstance(cell, int | float):
		return float(cell)
	grouped, decimal = separators(number_format)
	text = cell.strip().removesuffix("%").strip()
	if not grouped.strip():
		text = _SPACES.sub("", text)
	whole, point, rest = text.partition(decimal)
	sign = whole[:1] if whole[:1] in ("+", "-") else ""
	digits = whole.removeprefix(sign)
	if grouped.strip() and grouped in digits:
		head, *groups = digits.split(grouped)
		# Thousands in threes; in India above the first three in twos.
		if (
			not head
			or len(head) > 3
			or any(len(group) not in (2, 3) for group in groups)
			or len(groups[-1]) != 3
		):
			return None
		digits = "".join((head, *groups))
	if not digits.isdecimal() or (point and not rest.isdecimal()):
		return None
	return float(f"{sign}{digits}.{rest or 0}")


def read_whole(cell: Cell, number_format: str) -> int | None:
	"""A whole number in the format of the site."""
	number = read_number(cell, number_format)
	return int(number) if number is not None and number.is_integer() and abs(number) < 2**53 else None


def read_day(cell: Cell, date_format: str) -> date | None:
	"""A day in the order of the site's format, with any of its separators, or as in 2026-05-31."""
	text = str(cell).strip()
	found = _ISO_DAY.fullmatch(text)
	parts = [int(part) for part in found.groups()] if found else _in_order(text, date_format)
	try:
		return date(*parts) if parts else None
	except ValueError:
		return None


def _in_order(text: str, date_format: str) -> list[int] | None:
	order = re.findall(r"yyyy|mm|dd", date_format) or ["yyyy", "mm", "dd"]
	found = re.fullmatch(_BETWEEN.join(_PARTS[part] for part in order), text)
	return [int(found[part]) for part in ("year", "month", "day")] if found else None


def read_moment(cell: Cell, date_format: str) -> datetime | None:
	"""A day, with its time behind it or without."""
	text = str(cell).strip()
	found = _ISO_MOMENT.fullmatch(text) or _TIME.fullmatch(text)
	day = read_day(found[1] if found else text, date_format)
	if day is None:
		return None
	hour, minute, second = ([int(part) for part in found[2].split(":")] + [0])[:3] if found else (0, 0, 0)
	try:
		return datetime(day.year, day.month, day.day, hour, minute, second)
	except ValueError:
		return None


def read_answer(cell: Cell, yes: str, no: str) -> int | None:
	"""1 for yes and 0 for no; `yes` and `no` are the words for them in the person's language."""
	text = str(cell).strip().casefold()
	if text in YES or text == yes.casefold():
		return 1
	return 0 if text in NO or text == no.casefold() else None
