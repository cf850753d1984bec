"""One document made from another; child tables are left to the desk and refused by name here."""

import frappe
from frappe.model import child_table_fields, default_fields, table_fields


def get_mapped_doc(from_doctype, from_docname, table_maps, target_doc=None, postprocess=None,
	ignore_permissions=False):  # fmt: skip
	table_map, source = table_maps[from_doctype], frappe.get_doc(from_doctype, from_docname)
	unknown = set(table_map) - {"doctype", "field_map", "field_no_map"}
	if unknown or target_doc or len(table_maps) > 1:
		frappe.refuse(f"get_mapped_doc with {', '.join(unknown) or 'a target document or child tables'}")
	target = frappe.new_doc(table_map["doctype"])
	if not ignore_permissions:
		target.check_permission("create")
		source.check_permission("read")
	target.run_method("before_mapping", source, table_maps)
	_map_fields(source, target, table_map)
	if postprocess:
		postprocess(source, target)
	target.run_method("after_mapping", source)
	return target


def _map_fields(source, target, table_map):
	left_out = {*default_fields, *child_table_fields, *table_map.get("field_no_map", [])}
	for df in (*source.meta.fields, *target.meta.fields):
		twins = [doc.meta.get_field(df.fieldname) for doc in (source, target)]
		if df.fieldtype in table_fields and all(twins) and twins[0].options == twins[1].options:
			frappe.refuse(f"get_mapped_doc with the child table {df.fieldname}")
		left_out |= {df.fieldname} if df.no_copy or df.fieldtype in table_fields else set()
	for df in target.meta.fields:
		value = source.get(df.fieldname)
		if df.fieldname in left_out:
			continue
		if value not in (None, ""):
			target.set(df.fieldname, value)
		elif df.fieldtype == "Link" and not target.get(df.fieldname):
			target.set(df.fieldname, source.name if source.doctype == df.options else None)
	for source_key, target_key in table_map.get("field_map", {}).items():
		if source.get(source_key) not in (None, ""):
			target.set(target_key, source.get(source_key))
	target.idx = source.idx or target.idx
