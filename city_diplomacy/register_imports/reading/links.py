"""Records named in cells: found by their names, titles and other names, for all lines of a batch at once.

Only what the signed-in person may see is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe import _

from city_diplomacy.domain.names.folding import fold
from city_diplomacy.domain.names.known import known_names
from city_diplomacy.register_imports.exceptions import CellError

MOST_READ_WHOLE = 2_000
"""Records of a DocType that are all read, to be found in the person's language too."""
MOST_SHOWN = 3
# Further columns people write instead of a name.
ALSO_CALLED = {
	"Country": ("code",),
	"Language": ("language_name",),
	"User": ("full_name", "email", "username"),
	"Currency": ("currency_name", "symbol"),
	"Company": ("company_name", "abbr"),
	"Department": ("department_name",),
}
OTHER_NAMES = "Alternate Name"
NAMED_BY_BABEL = ("Country", "Language")


class Links:
	"""What cells name, by DocType. Ask for all of a batch with `read_ahead`, then for each with `find`."""

	def __init__(self) -> None:
		# DocType: how sure a name is: the name as it is compared: the records that have it
		self._known: dict[str, list[dict[str, set[str]]]] = {}
		self._asked: dict[str, set[str]] = defaultdict(set)
		self._whole: set[str] = set()

	def read_ahead(self, wanted: Mapping[str, Iterable[str]]) -> None:
		"""Look up what cells name; `wanted` are texts by DocType."""
		for doctype, texts in wanted.items():
			missing = set(texts) - self._asked[doctype]
			if not missing or doctype in self._whole:
				continue
			self._asked[doctype] |= missing
			self._look_up(doctype, missing)

	def find(self, doctype: str, text: str) -> str:
		"""The record a text names. Raises CellError where there is none, or where several are meant."""
		self.read_ahead({doctype: [text]})
		for known in self._known.get(doctype, ()):
			found = known.get(_plain(text), set())
			if text in found or len(found) == 1:
				return text if text in found else next(iter(found))
			if found:
				raise CellError(
					_("{0} may be {1}. Write one of them in full.").format(
						shown(text), _(" or ").join(sorted(found)[:MOST_SHOWN])
					)
				)
		raise CellError(
			_("There is no {0} called {1}. Correct the name, or enter that record first.").format(
				_(doctype), shown(text)
			)
		)

	def _look_up(self, doctype: str, texts: set[str]) -> None:
		known = self._known.setdefault(doctype, [defaultdict(set) for _sureness in range(3)])
		meta = frappe.get_meta(doctype)
		if meta.issingle or not _may_look(doctype):
			return
		columns = _columns(meta)
		if frappe.db.count(doctype) <= MOST_READ_WHOLE:
			self._whole.add(doctype)
			rows = frappe.get_list(
				doctype, fields=list(dict.fromkeys(("name", *columns))), limit_page_length=0
			)
		else:
			rows = _rows_called(doctype, columns, texts)
		for row in rows:
			known[0][_plain(row.name)].add(row.name)
			for column in columns:
				known[1][_plain(row[column])].add(row.name)
			for called in (_(row.name), *_in_languages(doctype, row)):
				known[1][_plain(called)].add(row.name)
		for text, records in _by_other_names(meta, texts).items():
			known[2][text] |= records


def shown(text: Any) -> str:
	"""What a cell holds, short and fit for a sentence."""
	return frappe.utils.escape_html(str(text)[:60])


def _plain(text: Any) -> str:
	return " ".join(str(text or "").split()).casefold()


def _in_languages(doctype: str, row: Any) -> list[str]:
	"""What a country or a language is called in the person's language and in English, whatever the site calls it."""
	from babel import Locale, UnknownLocaleError

	if doctype not in NAMED_BY_BABEL:
		return []
	names, code = [], (row.get("code") or row.name).replace("-", "_")
	for language in dict.fromkeys((frappe.local.lang or "en", "en")):
		try:
			locale = Locale.parse(language.replace("-", "_"))
		except (ValueError, UnknownLocaleError):
			continue
		kept = locale.territories if doctype == "Country" else locale.languages
		names.append(kept.get(code.upper() if doctype == "Country" else code, ""))
	return names


def _may_look(doctype: str) -> bool:
	return frappe.has_permission(doctype, "read") or frappe.has_permission(doctype, "select")


def _columns(meta: Any) -> list[str]:
	titled = [meta.title_field] if meta.title_field else []
	also = [column for column in ALSO_CALLED.get(meta.name, ()) if meta.has_field(column)]
	return list(dict.fromkeys((*titled, *also)))


def _rows_called(doctype: str, columns: list[str], texts: set[str]) -> list[Any]:
	"""The records of a large DocType whose name or another column is one of the texts."""
	found: dict[str, Any] = {}
	for column in dict.fromkeys(("name", *columns)):
		for row in frappe.get_list(
			doctype,
			filters={column: ["in", sorted(texts)]},
			fields=list(dict.fromkeys(("name", *columns))),
			limit_page_length=0,
		):
			found[row.name] = row
	return list(found.values())


def _by_other_names(meta: Any, texts: set[str]) -> dict[str, set[str]]:
	"""By a text as it is compared: the records that go by it, by a well-known other name of it, or in another script."""
	tables = [df.fieldname for df in meta.get_table_fields() if df.options == OTHER_NAMES]
	if not tables and not meta.has_field("name_key"):
		return {}
	forms: dict[str, set[str]] = defaultdict(set)
	for text in texts:
		for called in (text, *known_names(text)):
			forms[fold(called)].add(_plain(text))
	found: dict[str, set[str]] = defaultdict(set)
	for form, record in (*_by_name_key(meta, forms), *_by_alternate_name(meta, tables, texts)):
		for text in forms.get(form, ()):
			found[text].add(record)
	return found


def _by_name_key(meta: Any, forms: Iterable[str]) -> list[tuple[str, str]]:
	if not meta.has_field("name_key"):
		return []
	rows = frappe.get_list(
		meta.name,
		filters={"name_key": ["in", sorted(form for form in forms if form) or [""]]},
		fields=["name", "name_key"],
		limit_page_length=0,
	)
	return [(row.name_key, row.name) for row in rows]


def _by_alternate_name(meta: Any, tables: list[str], texts: set[str]) -> list[tuple[str, str]]:
	if not tables:
		return []
	rows = frappe.get_all(
		OTHER_NAMES,
		filters={"parenttype": meta.name, "alternate_name": ["in", sorted(texts)]},
		fields=["parent", "alternate_name"],
		limit_page_length=0,
	)
	known = set(
		frappe.get_list(
			meta.name,
			filters={"name": ["in", [row.parent for row in rows] or [""]]},
			pluck="name",
			limit_page_length=0,
		)
	)
	return [(fold(row.alternate_name), row.parent) for row in rows if row.parent in known]
