"""Role permissions, owners and the has_permission hooks, with v15's meaning. User permissions, permission
levels and shares are not in the sandbox."""

import frappe
from frappe import _
from frappe.utils import cint

rights = ("select", "read", "write", "create", "delete", "submit", "cancel", "amend", "print", "email",
	"report", "import", "export", "share")  # fmt: skip
AUTOMATIC_ROLES = ("Guest", "All", "Desk User", "Administrator")


def get_roles(user=None) -> list[str]:
	user = user or frappe.session.user
	return ["Guest"] if user == "Guest" else frappe.cache.hget("roles", user, lambda: _load_roles(user))


def _load_roles(user) -> list[str]:
	if user == "Administrator":
		return frappe.get_all("Role", pluck="name")
	filters = {"parenttype": "User", "parent": user, "role": ["not in", AUTOMATIC_ROLES]}
	roles = frappe.db.get_values("Has Role", filters, "role", pluck=True, order_by=None)
	return [*roles, "All", "Guest", *(["Desk User"] if is_system_user(user) else [])]


def is_system_user(user=None) -> bool:
	return frappe.db.get_value("User", user or frappe.session.user, "user_type") == "System User"


def has_permission(doctype, ptype="read", doc=None, user=None, *, parent_doctype=None) -> bool:
	"""May the user do this to the DocType, or to the document? Never raises for a refusal."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	meta = frappe.get_meta(doctype)
	if meta.istable:
		return _has_child_permission(meta, ptype, doc, user, parent_doctype)
	if doc:
		doc = frappe.get_doc(meta.name, doc) if isinstance(doc, str) else doc
		return bool(get_doc_permissions(doc, user, ptype).get(ptype))
	if (ptype == "submit" and not meta.is_submittable) or (ptype == "import" and not meta.allow_import):
		return False
	return bool(get_role_permissions(meta, user).get(ptype))


def _has_child_permission(meta, ptype, doc, user, parent_doctype) -> bool:
	"""What may be done to the parent; without a known parent, nothing."""
	parent_doctype = doc.parenttype if doc else parent_doctype
	parent = frappe.get_meta(parent_doctype) if parent_doctype else None
	if not parent or meta.name not in [df.options for df in parent.get_table_fields()]:
		return False
	return has_permission(parent_doctype, ptype, doc and (doc.parent_doc or doc.parent), user)


def get_doc_permissions(doc, user, ptype) -> dict:
	"""The rights on one document: hooks first, then roles, then what only its owner may."""
	meta = frappe.get_meta(doc.doctype)
	if not has_controller_permissions(doc, ptype, user):
		return {ptype: 0}
	is_owner = (doc.get("owner") or "").lower() == user.lower()
	permissions = frappe._dict(get_role_permissions(meta, user, is_owner))
	permissions["submit"] = permissions["submit"] if meta.is_submittable else 0
	permissions["import"] = permissions["import"] if meta.allow_import else 0
	return permissions.update(permissions.get("if_owner") or {})


def has_controller_permissions(doc, ptype, user) -> bool:
	"""The first hook with an opinion decides, the last bound first; a hook cannot grant beyond the roles.

	No opinion is None on v15 and True on v16, where everything else refuses.
	"""
	no_opinion = True if frappe.__version__ >= "16" else None
	hooks = frappe.get_hooks("has_permission", {})
	for method in reversed(hooks.get(doc.doctype, []) + hooks.get("*", [])):
		answer = frappe.call(method, doc=doc, ptype=ptype, user=user, debug=False)
		if answer is not no_opinion:
			return bool(answer)
	return True


def get_role_permissions(meta, user, is_owner=None) -> dict:
	if user == "Administrator":
		return dict.fromkeys(rights, 1)
	key = (meta.name, user, bool(is_owner))
	if key not in frappe.local.role_permissions:
		roles = get_roles(user)
		applicable = [perm for perm in meta.permissions if perm.role in roles and not cint(perm.permlevel)]
		frappe.local.role_permissions[key] = _evaluate(applicable, is_owner)
	return frappe.local.role_permissions[key]


def _evaluate(applicable, is_owner) -> dict:
	out = frappe._dict(if_owner={})
	for right in rights:
		granting = [perm for perm in applicable if cint(perm.get(right))]
		out[right] = int(bool(granting))
		if granting and right != "create" and all(cint(perm.if_owner) for perm in granting):
			out["if_owner"][right] = int(bool(is_owner))
			# enough to open the list, which then shows the user's own
			out[right] = int(right in ("select", "read"))
	return out


def add_permission(doctype, role, permlevel=0, ptype="read"):
	"""Grant one right; the standard rules are copied first, as custom ones stand in place of them all."""
	standard = frappe.local.doctypes[doctype].get("permissions", [])
	if not frappe.db.exists("Custom DocPerm", {"parent": doctype}):
		for perm in standard:
			frappe.get_doc({**perm, "doctype": "Custom DocPerm", "parent": doctype}).insert()
	rule = {"parent": doctype, "role": role, "permlevel": permlevel, "if_owner": 0}
	if frappe.db.get_value("Custom DocPerm", rule):
		frappe.msgprint(_("There is already a rule for {0} on {1}.").format(role, doctype), alert=True)
		return None
	return frappe.get_doc({"doctype": "Custom DocPerm", **rule, ptype: 1}).insert().name
