"""The DocTypes, hooks and pages of the trial app; conftest.py writes them to a folder."""


def field(fieldname, fieldtype="Data", **properties):
	return {
		"fieldname": fieldname,
		"fieldtype": fieldtype,
		"label": fieldname.replace("_", " ").title(),
		**properties,
	}


_CLERK = {
	"role": "Trial Clerk",
	**dict.fromkeys(("read", "write", "create", "delete", "submit", "cancel"), 1),
}
_OWNER = {"role": "Trial Owner", "read": 1, "write": 1, "create": 1, "if_owner": 1}

DOCTYPES = {
	"Trial Record": {
		"module": "Trial",
		"is_submittable": 1,
		"track_changes": 1,
		"autoname": "format:TR-{kind}-{###}",
		"fields": [
			field("title", reqd=1),
			field("kind", "Select", options="A\nB"),
			field("amount", "Currency", non_negative=1),
			field("count", "Int"),
			field("country", "Link", options="Country"),
			field("country_code", fetch_from="country.code", read_only=1),
			field("code", unique=1),
			field("note", "Small Text", allow_on_submit=1),
			field("body", "Text Editor"),
			field("constant", set_only_once=1),
			field("due", "Date"),
			field("met_at", "Datetime"),
			field("e_mail", options="Email"),
			field("ref_type", "Link", options="DocType"),
			field("ref_name", "Dynamic Link", options="ref_type"),
			field("made_by", "Link", options="User", default="__user"),
			field("made_on", "Date", default="Today"),
			field("rows", "Table", options="Trial Row"),
		],
		"permissions": [_CLERK, _OWNER],
	},
	"Trial Row": {
		"module": "Trial",
		"istable": 1,
		"fields": [
			field("item", reqd=1),
			field("quantity", "Int"),
			field("record", "Link", options="Trial Record"),
		],
	},
	"Trial Label": {
		"module": "Trial",
		"autoname": "field:label",
		"fields": [field("label", reqd=1), field("size", "Int")],
		"permissions": [_CLERK],
	},
	"Trial Series": {
		"module": "Trial",
		"autoname": "naming_series:",
		"fields": [field("naming_series", "Select", options="TS-.YYYY.-"), field("title")],
	},
	"Trial Prompt": {"module": "Trial", "autoname": "prompt", "fields": [field("title")]},
	"Trial Settings": {"module": "Trial", "issingle": 1, "fields": [field("limit", "Int"), field("motto")]},
}

CONTROLLERS = {
	"Trial Record": """
EVENTS = []


class TrialRecord(Document):
	def note_event(self, name):
		EVENTS.append(name)


def _noting(name):
	return lambda self: self.note_event(name)


for event in ("before_validate validate before_save before_insert after_insert on_update before_submit on_submit"
	" before_update_after_submit on_update_after_submit before_cancel on_cancel on_change on_trash after_delete"
	" before_naming").split():
	setattr(TrialRecord, event, _noting(event))
"""
}

HOOKS = """
app_name = "trial_app"
doc_events = {"Trial Label": {"validate": "trial_app.api.refuse_forbidden"}, "Country": {"validate": "trial_app.api.mark"}}
has_permission = {"Trial Label": "trial_app.api.may_see"}
permission_query_conditions = {"Trial Label": "trial_app.api.query"}
website_route_rules = [{"from_route": "/label/<name>", "to_route": "label"}]
"""

PAGES = {
	"api.py": """
import frappe


def refuse_forbidden(doc, method):
	if doc.label == "forbidden":
		frappe.throw("This label is forbidden.")


def mark(doc, method):
	doc.flags.marked = method


def may_see(doc, ptype, user):
	no_objection = True if frappe.__version__ >= "16" else None
	return False if doc.label.startswith("secret") else no_objection


def query(user, doctype=None):
	return "`tabTrial Label`.`label` not like 'secret%'"


@frappe.whitelist()
def add(label: str, size: int = 1, tags: list[str] | None = None):
	return {"name": frappe.get_doc(doctype="Trial Label", label=label, size=size).insert().name}


@frappe.whitelist(methods=["POST"])
def add_by_post(label: str):
	return frappe.get_doc(doctype="Trial Label", label=label).insert().name


@frappe.whitelist(allow_guest=True)
def echo(text: str):
	return text


def hidden():
	return "never"
""",
	"www/label.html": """{% extends "templates/web.html" %}{% block page_content %}
<h1>{{ label }}</h1><p>{{ _("Size") }} {{ size }}</p>{% endblock %}""",
	"www/label.py": """
import frappe


def get_context(context):
	name = frappe.form_dict.name
	if name == "elsewhere":
		frappe.flags.redirect_location = "/label/here"
		raise frappe.Redirect(302)
	if frappe.session.user == "Guest" and name == "private":
		raise frappe.PermissionError
	context.label, context.size = name, frappe.db.get_value("Trial Label", name, "size")
""",
	"public/note.txt": "an asset",
}
