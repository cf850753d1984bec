"""Facts about fields shared by `frappe.model`."""

from frappe.database.schema import TYPES

data_fieldtypes = tuple(TYPES)
no_value_fields = ("Section Break", "Column Break", "Tab Break", "HTML", "Table", "Table MultiSelect",
	"Button", "Image", "Fold", "Heading")  # fmt: skip
table_fields = ("Table", "Table MultiSelect")
default_fields = ("doctype", "name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
child_table_fields = ("parent", "parentfield", "parenttype")
optional_fields = ("_user_tags", "_comments", "_assign", "_liked_by", "_seen")
