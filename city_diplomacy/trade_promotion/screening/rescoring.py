"""A second rating of candidates by the library rigour, where an administrator has installed it (extra `rescoring`).

It is one more sentence among the parts of a score, and changes no score and no candidate. It is done by a job, because
the library reads large tables when it is first used.
"""

import importlib.util
import json
from importlib.metadata import version
from typing import Any

import frappe

from city_diplomacy.domain.sentences import _ as marked
from city_diplomacy.domain.trade.screening.states import Kind
from city_diplomacy.registers.sentences import kept

RATED = marked("The library {library} rates the two names {rating} of 100.")
CANDIDATE = "Screening Candidate"


def is_installed() -> bool:
	"""Whether there is a library to ask."""
	return importlib.util.find_spec("rigour") is not None


def enqueue(screening: Any) -> None:
	"""Rate the candidates of a new screening by a job; nothing where the library is not installed."""
	if screening.candidates and is_installed():
		frappe.enqueue(
			f"{__name__}.rate",
			queue="long",
			job_id=f"rescoring::{screening.name}",
			deduplicate=True,
			enqueue_after_commit=True,
			screening=screening.name,
		)


def rate(screening: str) -> None:
	"""A job: add the second rating to the parts of each candidate that has none."""
	doc = frappe.get_doc("Party Screening", screening)
	library = f"rigour {version('rigour')}"
	for row in doc.candidates:
		parts = json.loads(row.parts or "[]")
		if any(RATED in part["sentence"] for part in parts):
			continue
		rating = round(100 * rating_of(doc.name_screened, row.listed_name, doc.kind or ""))
		parts.append({"points": 0, "sentence": kept(RATED, library=library, rating=str(rating))})
		frappe.db.set_value(CANDIDATE, row.name, "parts", json.dumps(parts, ensure_ascii=False))


def rating_of(ours: str, listed: str, kind: str) -> float:
	"""How alike the library finds two names, from 0 to 1: its rating of each word, by how long the words are."""
	from rigour.names import NamePartTag, NameTypeTag, analyze_names, compare_parts

	tag = {Kind.PERSON: NameTypeTag.PER, Kind.VESSEL: NameTypeTag.OBJ}.get(kind, NameTypeTag.ORG)
	left_out = (NamePartTag.LEGAL, NamePartTag.STOP)
	best = 0.0
	for one in analyze_names(tag, [ours]):
		for other in analyze_names(tag, [listed]):
			named = [
				sorted(
					(part for part in name.parts if part.tag not in left_out),
					key=lambda part: part.comparable,
				)
				for name in (one, other)
			]
			pairs = [
				(pair.score, sum(len(part.comparable) for part in (*pair.qps, *pair.rps)))
				for pair in compare_parts(*named)
			]
			weight = sum(length for _score, length in pairs)
			best = max(best, sum(score * length for score, length in pairs) / weight if weight else 0.0)
	return best
