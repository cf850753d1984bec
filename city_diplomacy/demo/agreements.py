"""The agreements the city signed before this system, entered by the door that is there for them."""

from typing import Any

import frappe

from city_diplomacy.demo.loader import MANAGER, Loader, acting_as, key, known_part
from city_diplomacy.demo.rows import Row
from city_diplomacy.partnerships.agreements.existing import record_existing

REASON = "Signed before this system was in use; entered from the public page named as its source."
OURS = ("Company", "Department")
ENDED = ("Expired", "Terminated", "Superseded")


def load_agreement_types(load: Loader) -> None:
	"""The types found in Los Angeles that a new site does not start with."""
	known = load.known("Agreement Type", "type_name")
	for row in load.rows("agreement_types.csv", "type_name"):
		if key(row["type_name"]) in known:
			load.report.there_already["Agreement Type"] += 1
			continue
		load.add(
			row,
			row["type_name"],
			lambda row=row: {
				"doctype": "Agreement Type",
				"type_name": row["type_name"],
				"default_term_months": int(row["term_months"]),
				"review_interval_months": int(row["review_interval_months"]),
				"notice_days": int(row["notice_days"]),
				"council_must_adopt": int(row["council_must_adopt"]),
				"counterpart_must_sign": int(row["counterpart_must_sign"]),
				"description": row["description"],
			},
		)


def load_topics(load: Loader) -> None:
	"""The fields of cooperation agreements name: one record for every spelling."""
	load.topics = load.known("Partnership Topic", "topic")
	for file in ("agreements.csv", "new_agreements.csv"):
		for row in load.rows(file):
			for written in row.list_of("topics"):
				if key(written) in load.topics:
					continue
				name = load.add(
					row,
					written,
					lambda written=written: {
						"doctype": "Partnership Topic",
						"topic": written[0].upper() + written[1:],
					},
				)
				if name:
					load.topics[key(written)] = name


def load_existing_agreements(load: Loader) -> None:
	"""Each with a file that holds its row, as the manager of the office records them."""
	known = load.known("MOU", "title")
	reviews = dict(
		frappe.get_all(
			"Agreement Type", fields=["name", "review_interval_months"], as_list=True, limit_page_length=0
		)
	)
	with acting_as(MANAGER):
		for row in load.rows("agreements.csv", "title"):
			if key(row["title"]) in known:
				load.report.there_already["MOU"] += 1
				continue
			name = load.attempt(row, row["title"], lambda row=row: _record(load, row, known, reviews))
			if name:
				known[key(row["title"])] = name


def _record(load: Loader, row: Row, known: dict[tuple, str], reviews: dict[str, int]) -> str:
	values = {
		"title": row["title"],
		"agreement_type": row["agreement_type"],
		"sponsor": MANAGER,
		"sponsor_department": load.departments.get("Office of International Affairs"),
		"purpose": _purpose(row),
		"parties": _parties(load, row),
		"topics": [{"topic": load.topic(written)} for written in row.list_of("topics")],
		"expiry_date": row["expiry_date"] or None,
		"parent_agreement": known.get(key(row["parent_title"])) if row["parent_title"] else None,
		"source": row.source_with_note(),
		**_signature(row),
		**_disclosure(row),
	}
	if row["standing"] not in ENDED:
		values["review_interval_months"] = reviews.get(row["agreement_type"]) or 0
	source_file = load.file(f"agreement-source-{row.line:02}.txt", _as_text(row))
	name = record_existing(values, source_file, REASON, row["standing"])["name"]
	load.count("MOU", name)
	return name


def _purpose(row: Row) -> str:
	subjects = ", ".join(row.list_of("topics"))
	term = f" Term: {row['term']}." if row["term"] and row["term"] != "Open-ended" else ""
	return f"{row['type']} of {row['los_angeles_party']} with {row['counterpart']} on {subjects}.{term}"


def _parties(load: Loader, row: Row) -> list[dict[str, str]]:
	parties = []
	for called in (*row.list_of("los_angeles_party"), *row.list_of("counterpart")):
		kind, name = load.partner(called)
		parties.append({"side": "Ours" if kind in OURS else "Counterpart", "party_type": kind, "party": name})
	return parties


def _signature(row: Row) -> dict[str, Any]:
	"""When it was signed, as exactly as it is known; a day nobody knows is no day it took effect."""
	signed = known_part(row["signed_date"] or row["signed_year"], "signed_on", "signed_precision")
	return {**signed, "effective_date": signed["signed_on"]} if row["signed_date"] else signed


def _disclosure(row: Row) -> dict[str, int]:
	published = int(row["publish"] == "yes")
	return {"publish": published, "publish_purpose": published}


def _as_text(row: Row) -> str:
	return "".join(f"{column}: {value}\n" for column, value in row.values.items() if value)
