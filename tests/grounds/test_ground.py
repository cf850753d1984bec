"""What every test relies on: it starts clean, leaves nothing, and no letter leaves the machine."""

import frappe
import pytest

from tests import factories


@pytest.mark.parametrize("turn", [1, 2])
def test_a_committed_document_is_gone_in_the_next_test(turn):
	assert not frappe.db.exists("ToDo", {"description": "left behind"})
	frappe.get_doc({"doctype": "ToDo", "description": "left behind"}).insert()
	frappe.db.commit()
	assert frappe.db.exists("ToDo", {"description": "left behind"})


@pytest.mark.parametrize("turn", [1, 2])
def test_a_cached_document_is_gone_in_the_next_test(turn):
	assert frappe.get_cached_value("Role", "Night Watch", "name") is None
	frappe.get_doc({"doctype": "Role", "role_name": "Night Watch", "desk_access": 0}).insert()
	assert frappe.get_cached_doc("Role", "Night Watch").desk_access == 0


def test_a_rollback_goes_back_to_the_last_commit():
	kept = frappe.get_doc({"doctype": "ToDo", "description": "kept"}).insert()
	frappe.db.commit()
	lost = frappe.get_doc({"doctype": "ToDo", "description": "lost"}).insert()
	frappe.db.rollback()
	assert frappe.db.exists("ToDo", kept.name)
	assert not frappe.db.exists("ToDo", lost.name)


@pytest.mark.parametrize("turn", [1, 2])
def test_the_person_signed_in_is_administrator_in_the_next_test(turn):
	assert frappe.session.user == "Administrator"
	frappe.set_user("Guest")


def test_letters_wait_in_the_outbox():
	frappe.sendmail(
		recipients=["clerk@city.example"], subject="Please attest", message="<p>The file is ready.</p>"
	)
	(letter,) = factories.outbox()
	assert letter.recipients == {"clerk@city.example"}
	assert letter.subject == "Please attest"
	assert "The file is ready." in letter.body


def test_a_guest_can_open_a_session_of_nobody(client):
	answer = client().read("frappe.auth.get_logged_user")
	assert answer.status_code in (401, 403)


@pytest.mark.real_site
def test_a_request_sees_what_the_test_made_and_leaves_nothing(client):
	todo = frappe.get_doc({"doctype": "ToDo", "description": "before"}).insert()
	browser = client("Administrator")
	assert browser.read("frappe.auth.get_logged_user").json == {"message": "Administrator"}
	answer = browser.request("PUT", f"/api/resource/ToDo/{todo.name}", json={"description": "after"})
	assert answer.status_code == 200, answer.text
	assert frappe.db.get_value("ToDo", todo.name, "description") == "after"


@pytest.mark.real_site
def test_a_refused_request_takes_back_its_own_writes_only(client):
	todo = frappe.get_doc({"doctype": "ToDo", "description": "before"}).insert()
	answer = client("Administrator").post(f"/api/resource/ToDo/{todo.name}", csrf_token=False)
	assert answer.status_code == 400
	assert frappe.db.get_value("ToDo", todo.name, "description") == "before"


@pytest.mark.real_site
def test_a_schema_change_is_refused_by_name():
	from tests.grounds.connection import SchemaChangeInTest

	with pytest.raises(SchemaChangeInTest, match="outside_transaction"):
		frappe.db.sql_ddl("create table `tabNever` (name varchar(140))")


@pytest.mark.real_site
@pytest.mark.parametrize("turn", [1, 2])
def test_what_is_really_committed_is_deleted_afterwards(committed, turn):
	assert not frappe.db.exists("ToDo", {"description": "for other processes"})
	frappe.get_doc({"doctype": "ToDo", "description": "for other processes"}).insert()
	frappe.db.commit()
	other = frappe.database.get_db(user=frappe.conf.db_name, password=frappe.conf.db_password,
		host=frappe.conf.db_host, cur_db_name=frappe.conf.db_name)  # fmt: skip
	assert other.sql("select count(*) from `tabToDo` where description = 'for other processes'")[0][0] == 1
	other.close()


@pytest.mark.real_site
def test_what_other_processes_left_to_the_workers_is_done_before_the_rows_go(ground):
	from benchmarks import background
	from tests.approvals.workers import Job, Workers

	with ground.committed():
		workers = Workers(1)
		(answer,) = workers.in_turn([Job("Administrator", f"{__name__}.leave_work_to_the_workers")])
		workers.dismiss()
		assert answer.went_well, answer.sentence
	with ground.outside_transaction():
		assert not background.waiting_jobs()


def leave_work_to_the_workers() -> None:
	for _time in range(40):
		frappe.enqueue("frappe.ping", queue="short")


@pytest.mark.real_site
def test_a_migration_may_end_the_connections_it_finds_idle(ground):
	"""As Frappe 16 does, once they have been idle for half a minute."""
	(mine,) = frappe.db.sql("select connection_id()")[0]
	with ground.outside_transaction():
		idle = [row.Id for row in frappe.db.sql("show processlist", as_dict=True) if row.Id == mine]
		for connection in idle:
			frappe.db.sql(f"kill {int(connection)}")
	(anew,) = frappe.db.sql("select connection_id()")[0]
	assert anew != mine
	assert frappe.db.exists("User", "Administrator")
