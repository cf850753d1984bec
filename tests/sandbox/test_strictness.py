"""What the sandbox does not know it refuses by name."""

import importlib
import time

import frappe
import pytest

pytestmark = pytest.mark.sandbox_only


@pytest.mark.parametrize(
	"name", ["rename_doc", "get_print", "attach_print", "share", "publish_progress", "enqueue_doc"]
)
def test_an_unknown_attribute_is_refused(name):
	with pytest.raises(
		NotImplementedError, match=f"frappe.{name} is not in the sandbox; run this on a bench"
	):
		getattr(frappe, name)


@pytest.mark.parametrize(
	"name", ["frappe.share", "frappe.client", "frappe.utils.pdf", "erpnext", "erpnext.crm.doctype"]
)
def test_an_unknown_module_is_refused(name):
	with pytest.raises(NotImplementedError, match=r"is not in the sandbox; run this on a bench"):
		importlib.import_module(name)


@pytest.mark.parametrize(
	"attempt",
	[
		lambda: frappe.db.sql("select 1"),
		lambda: frappe.db.multisql({}),
		lambda: frappe.cache.lpush("x", 1),
		lambda: frappe.qb.engine,
		lambda: frappe.enqueue("frappe.ping"),
		lambda: frappe.new_doc("ToDo").add_tag("x"),
		lambda: frappe.new_doc("ToDo").rename("x"),
		lambda: frappe.get_all("ToDo", fields=["count(name) as many"]),
		lambda: frappe.get_all("ToDo", group_by="status"),
		lambda: frappe.get_all("ToDo", filters={"name": ["descendants of", "x"]}),
		lambda: frappe.get_all("ToDo", with_childnames=True),
		lambda: frappe.db.get_value("ToDo", [["name", "=", "x"]]),
		lambda: frappe.db.get_values("System Settings", None, "*"),
		lambda: frappe.get_doc("System Settings").delete(),
	],
)
def test_what_frappe_can_and_the_sandbox_cannot_is_refused(attempt):
	with pytest.raises(NotImplementedError):
		attempt()


def test_a_permission_level_is_refused_when_the_site_is_made():
	from sandbox.definitions import refuse_unknown

	with pytest.raises(NotImplementedError, match="permission level"):
		refuse_unknown({"name": "X", "fields": [{"fieldname": "y", "fieldtype": "Data", "permlevel": 1}]})


def test_a_real_frappe_is_not_overlaid(monkeypatch):
	import sys
	from types import ModuleType

	import sandbox

	monkeypatch.setitem(sys.modules, "frappe", ModuleType("frappe"))
	with pytest.raises(RuntimeError):
		sandbox.activate()


def test_a_site_on_disk_is_there_again(tmp_path):
	from sandbox.site import new_site, open_site

	main = frappe.local.site_object
	try:
		site = new_site(str(tmp_path / "site.db"), apps=[])
		frappe.get_doc(doctype="Role", role_name="Night Watch").insert()
		frappe.installer.update_site_config("a_setting", ["kept"])
		frappe.db.commit()
		site.close()
		again = open_site(str(tmp_path / "site.db"), apps=[])
		assert frappe.db.exists("Role", "Night Watch")
		assert frappe.conf.a_setting == ["kept"]
		again.close()
	finally:
		main.connect()


def test_a_site_is_made_quickly():
	from sandbox.site import new_site

	main = frappe.local.site_object
	start = time.monotonic()
	new_site().close()
	main.connect()
	assert time.monotonic() - start < 3
