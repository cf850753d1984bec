"""Schedule B and ECCN: the United States' codes for what is filed and what needs a licence.

Schedule B numbers are the Census Bureau's, ten digits, the first six those of the Harmonized System. Export Control
Classification Numbers are those of the Commerce Control List (15 CFR part 774): category, product group, three digits.
"""

import re

from .hs_codes import SEPARATORS

SCHEDULE_B = re.compile(r"[0-9]{10}")
ECCN = re.compile(r"[0-9][A-E][0-9]{3}(\.[A-Za-z0-9]{1,3}){0,6}|EAR99")


def normalise_schedule_b(text: str) -> str | None:
	"""The ten bare digits of a number written with or without dots; None when it is not one."""
	digits = SEPARATORS.sub("", text)
	return digits if SCHEDULE_B.fullmatch(digits) else None


def normalise_eccn(text: str) -> str | None:
	"""The code in capitals up to its paragraphs, such as 3A001.b.1; None when it is not one."""
	code = "".join(text.split())
	head, point, paragraphs = code.partition(".")
	code = head.upper() + point + paragraphs
	return code if ECCN.fullmatch(code) else None
