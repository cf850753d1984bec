"""What the public may see of an agreement; `public_partners` does the same for partners.

`may_show` decides every field of an agreement, `published` every row. Nothing here asks Frappe for
permissions: what passes these two is public for anybody, and nothing else is read.
"""

import re
from collections import defaultdict

import frappe
from frappe.query_builder.functions import Count
from frappe.rate_limiter import rate_limit

from city_diplomacy.domain.names.folding import search_form
from city_diplomacy.partnership_approvals.arguments import Name, checked
from city_diplomacy.partnership_approvals.files import kept as kept_files
from city_diplomacy.partnership_approvals.files import uploaded
from city_diplomacy.partnerships.agreements.mou_routing import STANDINGS

PAGE_LENGTH = 50
# Of one address.
DOWNLOADS_PER_MINUTE = 60

ALWAYS_SHOWN = frozenset(
	(
		"name",
		"title",
		"agreement_type",
		"workflow_state",
		"signed_on",
		"signed_precision",
		"effective_date",
		"expiry_date",
		"parties",
	)
)
SHOWN_WITH = {
	"purpose": "publish_purpose",
	"topics": "publish_purpose",
	"financial_value": "publish_value",
	"currency": "publish_value",
	"signatories": "publish_signatories",
	"texts": "publish_texts",
}


def register_is_open() -> bool:
	"""Whether the office has switched the public register on."""
	return bool(frappe.get_cached_doc("City Diplomacy Settings").use_public_register)


def may_show(field: str, agreement: dict) -> bool:
	"""Whether the public may see `field` of a published agreement; what is not named here is never shown."""
	switch = SHOWN_WITH.get(field)
	return field in ALWAYS_SHOWN or bool(switch and agreement.get(switch))


def public_agreement(name: str) -> dict | None:
	"""One published agreement with the fields its switches allow; None if there is none of that name."""
	mou = frappe.qb.DocType("MOU")
	columns = sorted((ALWAYS_SHOWN | set(SHOWN_WITH)) - {"parties", "topics", "signatories", "texts"})
	switches = sorted(set(SHOWN_WITH.values()))
	found = (
		frappe.qb.from_(mou)
		.select(*[mou[column] for column in columns + switches], mou.existing_agreement)
		.where(published(mou) & (mou.name == name))
		.run(as_dict=True)
	)
	if not found:
		return None
	row = found[0]
	shown = {column: row[column] for column in columns if may_show(column, row)}
	shown["parties"] = _parties_of([name])[name]
	if may_show("topics", row):
		shown["topics"] = _topics_of(name)
	if may_show("signatories", row):
		shown["signatories"] = _signatories_of(name, bool(row.existing_agreement))
	if may_show("texts", row):
		shown["texts"] = authentic_texts_of(name)
	return shown


def list_agreements(
	agreement_type: str = "", country: str = "", standing: str = "", words: str = "", page: int = 1
) -> dict:
	"""Published agreements, the latest signed first: {"count", "page", "pages", "rows"}.

	`country` is that of any counterpart; `words` are looked for in titles and names of parties, partner
	cities under any of their names.
	"""
	mou = frappe.qb.DocType("MOU")
	wanted = published(mou)
	if agreement_type:
		wanted &= mou.agreement_type == agreement_type
	if standing:
		wanted &= mou.workflow_state == standing
	if country:
		party = frappe.qb.DocType("MOU Party")
		wanted &= mou.name.isin(
			frappe.qb.from_(party)
			.select(party.parent)
			.where((party.side == "Counterpart") & (party.country == country))
		)
	if pattern := _pattern(words):
		wanted &= mou.title.like(pattern) | mou.name.isin(_agreements_with_party_named(words, pattern))

	count = frappe.qb.from_(mou).select(Count("*")).where(wanted).run()[0][0]
	pages, page = pages_of(count, page)
	rows = (
		frappe.qb.from_(mou)
		.select(
			mou.name,
			mou.title,
			mou.agreement_type,
			mou.workflow_state,
			mou.signed_on,
			mou.signed_precision,
			mou.expiry_date,
		)
		.where(wanted)
		.orderby(mou.signed_on, order=frappe.qb.desc)
		.orderby(mou.name)
		.limit(PAGE_LENGTH)
		.offset((page - 1) * PAGE_LENGTH)
		.run(as_dict=True)
	)
	parties = _parties_of([row.name for row in rows])
	return {
		"count": count,
		"page": page,
		"pages": pages,
		"rows": [{**row, "parties": parties[row.name]} for row in rows],
	}


def titles_of_published(names: list[str]) -> dict[str, str]:
	"""Those of these agreements that are published, with their titles."""
	mou = frappe.qb.DocType("MOU")
	return dict(
		frappe.qb.from_(mou).select(mou.name, mou.title).where(published(mou) & mou.name.isin(names)).run()
	)


def agreement_choices() -> dict:
	"""What the list of agreements can be narrowed to: types and countries that occur among published ones."""
	mou, party = frappe.qb.DocType("MOU"), frappe.qb.DocType("MOU Party")
	types = (
		frappe.qb.from_(mou)
		.select(mou.agreement_type)
		.distinct()
		.where(published(mou))
		.orderby(mou.agreement_type)
		.run()
	)
	countries = (
		frappe.qb.from_(party)
		.join(mou)
		.on(mou.name == party.parent)
		.select(party.country)
		.distinct()
		.where(published(mou) & (party.side == "Counterpart") & (party.country != ""))
		.orderby(party.country)
		.run()
	)
	return {"types": [row[0] for row in types], "countries": [row[0] for row in countries]}


def authentic_texts_of(name: str) -> list[dict]:
	"""The binding texts of an agreement that can be sent, the latest version of each language."""
	rows = frappe.get_all(
		"MOU Text",
		filters={"parent": name, "parenttype": "MOU", "authentic": 1},
		fields=["name", "language", "version_number", "file", "sha256"],
		order_by="version_number desc, idx asc",
	)
	latest: dict[str, dict] = {}
	for row in rows:
		latest.setdefault(row.language, row)
	# What the approval record keeps no file of could not be sent.
	kept = [row for row in latest.values() if kept_files.kept_for("MOU", name, row["file"])]
	return sorted(kept, key=lambda row: row["language"])


@frappe.whitelist(allow_guest=True, methods=["GET"])
@checked
@rate_limit(limit=lambda: DOWNLOADS_PER_MINUTE, seconds=60)
def download_text(agreement: Name, text: Name) -> None:
	"""Sends the authentic text `text` (a row's name) of a published agreement that shows its texts."""
	shown = public_agreement(agreement) if register_is_open() else None
	for row in (shown or {}).get("texts", ()):
		if row["name"] == text:
			return _send(agreement, row)
	_refuse()


def _refuse() -> None:
	frappe.throw(frappe._("There is no published text at this address."), frappe.DoesNotExistError)


def _send(agreement: str, text: dict) -> None:
	"""Only the file the approval record keeps for this very agreement is sent, and only as it was uploaded.

	Whatever else hangs on the agreement, or stands at the address in the row, was not what people cleared.
	"""
	file = kept_files.kept_for("MOU", agreement, text["file"])
	if not file or uploaded.sha256_of(file) != text["sha256"]:
		_refuse()
	frappe.local.response.filename = file.file_name
	frappe.local.response.filecontent = file.get_content()
	frappe.local.response.type = "download"


def published(mou):
	"""The condition, over `frappe.qb.DocType("MOU")`, that an agreement is public: in force or past, never secret."""
	return (
		(mou.publish == 1)
		& (mou.confidential == 0)
		& (mou.docstatus == 1)
		& mou.workflow_state.isin(STANDINGS)
	)


def _agreements_with_party_named(words: str, pattern: str):
	party, city = frappe.qb.DocType("MOU Party"), frappe.qb.DocType("Partner City")
	named = party.party_name.like(pattern)
	if folded := search_form(words):
		known_as = frappe.qb.from_(city).select(city.name).where(city.search_names.like(f"%{folded}%"))
		named |= (party.party_type == "Partner City") & party.party.isin(known_as)
	return frappe.qb.from_(party).select(party.parent).where(named)


def _parties_of(names: list[str]) -> dict[str, list[dict]]:
	parties: dict[str, list[dict]] = defaultdict(list)
	if names:
		for row in frappe.get_all(
			"MOU Party",
			filters={"parent": ("in", names), "parenttype": "MOU"},
			fields=["parent", "side", "party", "party_name", "country", "role"],
			order_by="parent asc, idx asc",
		):
			parties[row.parent].append(
				{
					"side": row.side,
					"name": row.party_name or row.party,
					"country": row.country,
					"role": row.role,
				}
			)
	return parties


def _topics_of(name: str) -> list[str]:
	return frappe.get_all(
		"Topic Link", filters={"parent": name, "parenttype": "MOU"}, pluck="topic", order_by="idx asc"
	)


def _signatories_of(name: str, signed_before_this_system: bool) -> list[dict]:
	rows = frappe.get_all(
		"MOU Signatory",
		filters={"parent": name, "parenttype": "MOU"},
		fields=[
			"side",
			"signatory",
			"capacity",
			"substitute",
			"substitute_capacity",
			"signed_by_substitute",
			"signed_on",
		],
		order_by="idx asc",
	)
	return [
		{
			"side": row.side,
			"name": row.substitute if row.signed_by_substitute else row.signatory,
			"capacity": row.substitute_capacity if row.signed_by_substitute else row.capacity,
			"signed_on": row.signed_on,
		}
		for row in rows
		if row.signed_on or signed_before_this_system
	]


def pages_of(count: int, page: int) -> tuple[int, int]:
	"""How many pages there are, at least one, and the asked page brought within them."""
	pages = max(1, -(-count // PAGE_LENGTH))
	return pages, min(max(1, page), pages)


def _pattern(words: str) -> str:
	"""A LIKE pattern for typed words; their own wildcards are taken as spaces. Empty if nothing is left."""
	plain = re.sub(r"[%_\\]", " ", words).strip()
	return f"%{plain}%" if plain else ""
