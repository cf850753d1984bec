"""Codes of the Harmonized System, by which goods are named in trade: chapter, heading, subheading.

The first six digits are the same in every country that applies the World Customs Organization's
convention: two for the chapter, four for the heading, six for the subheading. Digits after those are
national (Schedule B and HTSUS have ten) and are not kept here.
"""

import re

SEPARATORS = re.compile(r"[.\s\-]+")
DIGITS = re.compile(r"[0-9]+")
LENGTHS = (2, 4, 6)


class HsCodeError(ValueError):
	"""Text that is not an HS code; the message is a sentence."""


def normalise_hs_code(text: str) -> str:
	"""The bare digits of a code written with or without dots: "0901.21" is "090121".

	Raises HsCodeError when it does not have 2, 4 or 6 digits, or when no such chapter can exist. Whether
	the code is in this year's list is for the tariff table to say.
	"""
	code = SEPARATORS.sub("", str(text or ""))
	if not code:
		raise HsCodeError("No HS code is given; write 2, 4 or 6 digits, such as 0901.21.")
	if not DIGITS.fullmatch(code):
		raise HsCodeError(f'"{str(text)[:40]}" is not an HS code; write digits only, such as 0901.21.')
	if len(code) not in LENGTHS:
		raise HsCodeError(
			f'"{str(text)[:40]}" has {len(code)} digits; an HS code has 2, 4 or 6 (leave national digits out).'
		)
	if code.startswith("00"):
		raise HsCodeError(f'"{str(text)[:40]}" is not an HS code; chapters begin at 01.')
	return code
