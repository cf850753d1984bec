"""The texts of the invented agreements: short and whole, in the languages they are signed in, in two versions where
somebody asked for another wording."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from frappe.utils import fmt_money

from city_diplomacy.demo.loader import Loader
from city_diplomacy.demo.rows import DATA, Row, read_rows
from city_diplomacy.demo.word_file import ENDING, word_document

TEMPLATES = DATA / "texts"
MONTHS = 36


@dataclass(frozen=True)
class Wording:
	"""What the text of an agreement says that others' do not; `money` in US dollars, 0 for none."""

	title: str
	purpose: str
	ours: str
	counterpart: str
	money: float = 0
	travel: bool = False
	languages: tuple[str, ...] = ("en",)


def wording_of(row: Row) -> Wording:
	"""The wording of a row of new_agreements.csv."""
	return Wording(
		title=row["title"],
		purpose=row["purpose"],
		ours=row["ours"],
		counterpart=row["counterpart"],
		money=float(row["financial_value"] or 0),
		travel=row["travel_or_gifts"] == "yes",
		languages=tuple(row.list_of("languages")),
	)


def text_rows(
	load: Loader, wording: Wording, version: int = 1, changed: dict[str, str] | None = None
) -> list[dict]:
	"""The rows of an agreement's language versions, each with its file.

	`changed` is, by language, the sentence that the second version adds; a language it does not name stays as it was.
	"""
	languages = wording.languages if changed is None else tuple(changed)
	return [
		{
			"language": language,
			"version_number": version,
			"file": load.file(
				f"{_slug(wording.title)}-{language}-v{version}{ENDING}",
				word_document(paragraphs(wording, language, (changed or {}).get(language))),
			),
			"authentic": int(language == "en"),
		}
		for language in languages
	]


def signed_copy(load: Loader, agreement: Any) -> str:
	"""A stand-in for the scanned instrument of an agreement; answers its URL."""
	lines = [
		agreement.title,
		"Signed copy, invented for the sample city.",
		*(f"Signed for {row.side}: {row.signatory}" for row in agreement.signatories),
	]
	return load.file(f"{_slug(agreement.title)}-signed{ENDING}", word_document(lines))


def paragraphs(wording: Wording, language: str, changed: str | None = None) -> list[str]:
	"""What a text says, paragraph by paragraph; with the sentence `changed` it is the second version."""
	wanted = {
		"",
		"funds" if wording.money else "no funds",
		"travel" if wording.travel else "no travel",
		"second" if changed else "first",
	}
	title, purpose = _translations().get((wording.title, language), (wording.title, wording.purpose))
	values = {
		"title": title,
		"purpose": purpose,
		"ours": wording.ours,
		"counterpart": wording.counterpart,
		"money": fmt_money(wording.money, currency="USD"),
		"months": MONTHS,
		"changed": changed,
	}
	template = (TEMPLATES / f"{language}.md").read_text(encoding="utf-8")
	split = (line.partition("|") for line in template.splitlines() if line.strip())
	return [words.strip().format(**values) for when, _bar, words in split if when.strip() in wanted]


@cache
def _translations() -> dict[tuple[str, str], tuple[str, str]]:
	"""By English title and language: the title and the purpose in that language."""
	return {
		(row["agreement"], row["language"]): (row["title"], row["purpose"])
		for row in read_rows(DATA / "text_translations.csv")
	}


def _slug(title: str) -> str:
	return "-".join("".join(sign if sign.isalnum() else " " for sign in title).lower().split())[:60]
