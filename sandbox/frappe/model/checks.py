"""What Frappe checks on every save, with Frappe's exception classes (the sentences are our own)."""

import ast

import frappe
from frappe import _, throw
from frappe.database.schema import TYPES
from frappe.model import optional_fields, table_fields
from frappe.utils import cast, cint, cstr, flt, sanitize_html, strip_html


class Checks:
	"""Mixed into Document."""

	def _validate(self):
		self._validate_mandatory()
		for row in (self, *self.get_all_children()):
			row._validate_data_fields()
			row._validate_selects()
			row._validate_numbers_and_length()
			fieldname = (row.meta.autoname or "").partition("field:")[2]
			if fieldname and row.name:
				row.set(fieldname, row.name)
			row._validate_code_fields()
			row._sanitize_content()
		self.validate_workflow()
		if self.is_new():
			self.update(dict.fromkeys(optional_fields))
		else:
			self._validate_set_only_once()

	def _say(self, text, df, *values):
		"""The sentence with the field's label, after the row's number in a child table."""
		place = _("Row {0}").format(self.idx) + ": " if self.get("parentfield") else ""
		return place + text.format(frappe.bold(df.label), *values)

	def _validate_mandatory(self):
		if self.flags.ignore_mandatory:
			return
		missing = []
		for row in (self, *self.get_all_children()):
			for df in row.meta.fields:
				if df.reqd and not row._has_content(df):
					missing.append(df.fieldname)
					frappe.msgprint(row._say(_("{0} is required in {1}."), df, _(df.parent)))
		if missing:
			raise frappe.MandatoryError(f"[{self.doctype}, {self.name}]: {', '.join(missing)}")

	def _has_content(self, df) -> bool:
		value = self.get(df.fieldname)
		if value is None or value == []:
			return False
		picture = "<img" in cstr(value) and (df.fieldtype == "Text Editor" or df.options == "HTML")
		return picture or bool(strip_html(cstr(value)).strip())

	def _validate_data_fields(self):
		checks = {"Email": frappe.utils.validate_email_address, "URL": frappe.utils.validate_url,
			"Phone": frappe.utils.validate_phone_number}  # fmt: skip
		for df in self.meta.get_fields_of_type("Data"):
			value = self.get(df.fieldname)
			if df.options not in (*checks, "", None):
				frappe.refuse(f"the option {df.options} of {self.doctype}.{df.fieldname}")
			if value and df.options and value not in frappe.STANDARD_USERS:
				checks[df.options](value, throw=True)

	def _validate_selects(self):
		for df in [] if frappe.flags.in_import else self.meta.get_fields_of_type("Select"):
			if df.fieldname == "naming_series" or not (self.get(df.fieldname) and df.options):
				continue
			options, value = df.options.split("\n"), cstr(self.get(df.fieldname)).strip()
			self.set(df.fieldname, value)
			if any(options) and value not in options:
				throw(self._say(_("{0} cannot be {1}; it is one of {2}."), df, value, ", ".join(options)))

	def _validate_numbers_and_length(self):
		for fieldname, value in self.get_valid_dict().items():
			df = self.meta.get_field(fieldname)
			if not df or value is None or df.fieldtype == "Check":
				continue
			if df.non_negative and df.fieldtype in ("Int", "Float", "Currency") and flt(value) < 0:
				throw(self._say(_("{0} cannot be negative."), df), frappe.NonNegativeError)
			sql_type, limit = TYPES[df.fieldtype]
			limit = df.length or limit if limit else None
			too_long = limit and len(cstr(value)) > limit
			if sql_type == "INTEGER":
				too_long = abs(cint(value)) > (limit := 2**63 - 1 if df.length > 11 else 2**31 - 1)
			if too_long and not self.meta.issingle:
				text = self._say(_("{0} is too long: at most {1} are allowed."), df, limit)
				throw(text, frappe.CharacterLengthExceededError)

	def _validate_code_fields(self):
		for df in self.meta.get_fields_of_type("Code"):
			mode = {"Python": "exec", "PythonExpression": "eval"}.get(df.options)
			try:
				ast.parse((self.get(df.fieldname) or "0").strip(), mode=mode) if mode else None
			except SyntaxError as error:
				throw(self._say(_("{0} is not valid Python: {1}"), df, error.msg))

	def _sanitize_content(self):
		texts = {name: text for name, text in self.get_valid_dict().items() if isinstance(text, str)}
		for fieldname, value in ((name, text) for name, text in texts.items() if "<" in text or ">" in text):
			df = self.meta.get_field(fieldname) or frappe._dict()
			submitted = self.docstatus.is_submitted() and not df.allow_on_submit
			kept = df.ignore_xss_filter or df.options == "Email" or (df and submitted)
			kept = kept or self.docstatus.is_cancelled() or df.fieldtype in ("Attach", "Attach Image", "Code")
			self.set(fieldname, value if kept else sanitize_html(value))

	def _validate_set_only_once(self):
		before = self._doc_before_save
		for df in self.meta.get_set_only_once_fields():
			value, original = self.get(df.fieldname), before.get(df.fieldname)
			if df.fieldtype in table_fields:
				value, original = _plain_rows(value), _plain_rows(original)
			elif df.fieldtype in ("Date", "Datetime"):
				value, original = str(value), str(original)
			if value != original:
				throw(self._say(_("{0} cannot be changed."), df), frappe.CannotChangeConstantError)

	def validate_update_after_submit(self):
		for row in (self, *self.get_all_children()):
			if row is self or not (row.is_new() and self.meta.get_field(row.parentfield).allow_on_submit):
				row._validate_update_after_submit()

	def _validate_update_after_submit(self):
		stored = frappe.get_doc(self.doctype, self.name)
		for df in self.meta.fields:
			value, before = self.get(df.fieldname), stored.get(df.fieldname)
			if df.allow_on_submit or not (value or before):
				continue
			is_table = df.fieldtype in table_fields
			value, before = (len(value), len(before)) if is_table else (cast(df.fieldtype, value), before)
			if value != before:
				said = _("{0} cannot be changed after submission.")
				throw(self._say(said, df), frappe.UpdateAfterSubmitError)

	def _validate_links(self):
		if self.flags.ignore_links or self._action == "cancel":
			return
		invalid, cancelled = [], []
		for row in (self, *self.get_all_children()):
			for df in row.meta.get_fields_of_type("Link", "Dynamic Link"):
				if row.get(df.fieldname):
					row._check_link(df, self.meta.is_submittable, invalid, cancelled)
		if invalid:
			throw(_("There is no {0}.").format(", ".join(invalid)), frappe.LinkValidationError)
		if cancelled:
			text = _("{0} is cancelled and cannot be linked.").format(", ".join(cancelled))
			throw(text, frappe.CancelledLinkError)

	def _check_link(self, df, is_submittable, invalid, cancelled):
		"""Note a link whose target is missing or cancelled, and fetch values on the way."""
		target, link = self.get(df.fieldname), self._say("{0}: {1}", df, self.get(df.fieldname))
		doctype = df.options if df.fieldtype == "Link" else self.get(df.options)
		if not doctype:
			throw(_("{0} must be set first.").format(self.meta.get_label(df.options)))
		meta, fetched = frappe.get_meta(doctype), {}
		for fetching in self.meta.fetching:
			link_field, _dot, column = fetching.fetch_from.partition(".")
			filled = fetching.fetch_if_empty and self.get(fetching.fieldname)
			if link_field == df.fieldname and not filled:
				fetched[fetching] = column
		columns = ["name", *fetched.values()]
		values = frappe._dict(name=doctype)
		if not meta.issingle:
			values = frappe.db.get_value(doctype, target, columns, as_dict=True, order_by=None)
		if not values:
			# as in Frappe v15: a missing target goes unnoticed where fields are fetched from it
			invalid.extend([] if fetched else [link])
			return
		setattr(self, df.fieldname, values.name)
		for fetching, column in fetched.items():
			if self.is_new() or not self.docstatus.is_submitted() or fetching.allow_on_submit:
				setattr(self, fetching.fieldname, values[column])
		if df.fieldname != "amended_from" and is_submittable and meta.is_submittable:
			is_cancelled = frappe.db.get_value(doctype, values.name, "docstatus") == 2
			cancelled.extend([link] if is_cancelled else [])


def _plain_rows(rows) -> list[dict]:
	stamps = {"modified", "modified_by", "creation"}
	plain = [row.as_dict(convert_dates_to_str=True) for row in rows]
	return [{key: value for key, value in row.items() if key not in stamps} for row in plain]
