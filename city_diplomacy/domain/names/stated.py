"""The names that one written name states: "Business Finland (formerly Finpro)", "Transport for London - TfL"."""

import re
import unicodedata
from functools import lru_cache

from .acronyms import acronym_of, stands_for
from .folding import fold
from .words import places_in

_FORMERLY = re.compile(
	r"[\s,;(]+(?:formerly|previously|successor (?:to|of)|ehemals|vormals|früher|anciennement|ex|antes|anteriormente"
	r"|antiguamente|antigamente|già|voorheen|tidligere|tidigare)(?: known as| called| the)?[\s:-]+([^()]+)\)?\s*$",
	re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\(([^()]+)\)")
_DASH = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*|:\s+")
# The articles before a vowel in l'Agriculture, d'Île-de-France, dell'Arte.
_ELIDED = re.compile(r"\b(?:l|d|all|dell|nell|sull)['\u2019](?=[aeiouyhàâèéêëîïôöûü])", re.IGNORECASE)


@lru_cache(maxsize=65536)
def stated_names(name: str) -> tuple[str, ...]:
	"""The name without elided articles, and the names in it when it gives a former name or the name's own short form."""
	text = _ELIDED.sub(" ", unicodedata.normalize("NFKC", name or "")).strip()
	if former := _FORMERLY.search(text):
		return (text, text[: former.start()], former[1].strip())
	for parts in (_in_brackets(text), _DASH.split(text)):
		if (
			len(parts) == 2
			and all(map(fold, parts))
			and (_is_short_form(*parts) or _is_short_form(*parts[::-1]))
		):
			return (text, *(part.strip() for part in parts))
	return (text,)


def _in_brackets(text: str) -> list[str]:
	brackets = _BRACKET.findall(text)
	return [_BRACKET.sub("", text), brackets[0]] if len(brackets) == 1 else []


def _is_short_form(part: str, other: str) -> bool:
	"""Whether a part is only an acronym and the other what it may stand for; a country in brackets is a place."""
	acronym = acronym_of(part)
	if not acronym or len(fold(part).split()) > 1 or places_in(fold(part)):
		return False
	return len(other.split()) > 1 and (stands_for(part, other) or fold(other)[0] == acronym[0])
