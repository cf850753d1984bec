"""One promise: who owes it, what proves it, and a To Do for our people that follows it."""

import frappe
import pytest

from city_diplomacy.access.rights import DEPARTMENT, OFFICER
from city_diplomacy.partnerships.exceptions import AnswerOnlyError, CommitmentError
from city_diplomacy.patches.v1_0 import name_partners_of_commitments
from tests.factories import (
	acting_as,
	make_agreement,
	make_commitment,
	make_department,
	make_engagement,
	make_partner_city,
	make_user,
)


def todo_of(commitment):
	commitment.reload()
	return frappe.get_doc("ToDo", commitment.todo) if commitment.todo else None


def test_what_belongs_to_another_choice_is_cleared():
	department = make_department("Harbor Affairs").name
	commitment = make_commitment(user="Administrator", department=department)
	assert (commitment.user, commitment.department) == ("Administrator", None)


@pytest.mark.parametrize("owed_by", ["Department", "Person", "Counterpart"])
def test_somebody_owes_it(owed_by):
	with pytest.raises(CommitmentError, match="Say who owes it"):
		make_commitment(owed_by=owed_by)


def test_the_counterpart_is_asked_two_weeks_before():
	city = make_partner_city().name
	owed = {"owed_by": "Counterpart", "counterpart_type": "Partner City", "counterpart": city}
	assert str(make_commitment(due_date="2099-03-15", **owed).ask_on) == "2099-03-01"
	with pytest.raises(CommitmentError, match="after it is due"):
		make_commitment(due_date="2099-03-15", ask_on="2099-03-16", **owed)


def test_done_needs_something_to_show():
	commitment = make_commitment()
	commitment.status = "Done"
	with pytest.raises(CommitmentError, match="Say what the result is"):
		commitment.save()


@pytest.mark.parametrize(
	"shown",
	[{"result": "Sent on Monday"}, {"evidence": [{"link": "https://example.org", "description": "Mail"}]}],
)
def test_done_with_something_to_show_has_its_day(shown):
	commitment = make_commitment(status="Done", **shown)
	assert str(commitment.completed_on) == frappe.utils.nowdate()


def test_evidence_is_a_file_or_a_page():
	with pytest.raises(CommitmentError, match="attach a file or enter a web address"):
		make_commitment(evidence=[{"description": "Hearsay"}])


def test_a_promise_comes_from_a_record_promises_come_from():
	with pytest.raises(CommitmentError, match="is made in one of"):
		make_commitment(source_doctype="User", source_name="Administrator")


# the partner


def met(*cities, **fields):
	return make_engagement(
		partners=[{"partner_type": "Partner City", "partner": city.name} for city in cities], **fields
	)


def made_in(source) -> dict[str, str]:
	return {"source_doctype": source.doctype, "source_name": source.name}


def test_a_promise_of_ours_takes_its_partner_from_the_meeting():
	city = make_partner_city("Turku", "Finland")
	commitment = make_commitment(**made_in(met(city)))
	assert (commitment.partner_type, commitment.partner) == ("Partner City", city.name)


def test_a_promise_takes_its_partner_from_the_agreement_and_from_a_meeting_about_it():
	city = make_partner_city("Turku", "Finland")
	agreement = make_agreement(city)
	for source in (agreement, met(agreement=agreement.name)):
		assert make_commitment(**made_in(source)).partner == city.name


def test_what_the_one_partner_of_a_meeting_owes_need_not_name_them_again():
	city = make_partner_city("Turku", "Finland")
	commitment = make_commitment(owed_by="Counterpart", **made_in(met(city)))
	assert (commitment.counterpart, commitment.partner) == (city.name, city.name)


def test_of_several_partners_none_is_chosen_for_the_author():
	meeting = met(make_partner_city("Turku", "Finland"), make_partner_city("Oulu", "Finland"))
	assert not make_commitment(**made_in(meeting)).partner
	with pytest.raises(CommitmentError, match="Say who owes it"):
		make_commitment(owed_by="Counterpart", **made_in(meeting))


def test_another_meeting_brings_its_own_partner_and_a_partner_named_by_hand_stays():
	turku, oulu = make_partner_city("Turku", "Finland"), make_partner_city("Oulu", "Finland")
	taken = make_commitment(**made_in(met(turku)))
	named = make_commitment(partner_type="Partner City", partner=oulu.name, **made_in(met(turku)))
	for commitment in (taken, named):
		commitment.update(made_in(met(oulu)))
		commitment.save()
		assert commitment.partner == oulu.name


def test_a_partner_is_one_of_the_partners():
	with pytest.raises(CommitmentError, match="A partner is one of"):
		make_commitment(partner_type="User", partner="Administrator")


def test_commitments_entered_before_name_their_partner_after_the_upgrade():
	city = make_partner_city("Turku", "Finland")
	ours = make_commitment(**made_in(met(city)))
	theirs = make_commitment(owed_by="Counterpart", counterpart_type="Partner City", counterpart=city.name)
	alone = make_commitment()
	for commitment in (ours, theirs, alone):
		commitment.db_set({"partner_type": None, "partner": None})
	for _twice in range(2):
		name_partners_of_commitments.execute()
	assert [frappe.db.get_value(one.doctype, one.name, "partner") for one in (ours, theirs, alone)] == [
		city.name,
		city.name,
		None,
	]


# the To Do


def test_a_person_s_promise_is_his_to_do():
	person = make_user("keeper@city.example", OFFICER)
	todo = todo_of(make_commitment("Send <b>charts</b>", user=person.name, due_date="2026-12-01"))
	assert (todo.allocated_to, str(todo.date), todo.status) == (person.name, "2026-12-01", "Open")
	assert "<b>" not in todo.description


@pytest.mark.parametrize(
	("head", "acting", "liaison", "told"),
	[
		("head", "acting", "liaison", "head"),
		(None, "acting", "liaison", "acting"),
		(None, None, "liaison", "liaison"),
	],
)
def test_a_department_s_promise_is_its_head_s_to_do(head, acting, liaison, told):
	people = {name: make_user(f"{name}@city.example").name for name in ("head", "acting", "liaison")}
	department = make_department(
		"Harbor Affairs",
		head=people.get(head),
		acting_head=people.get(acting),
		partnership_liaison=people.get(liaison),
	)
	todo = todo_of(make_commitment(owed_by="Department", department=department.name))
	assert todo.allocated_to == people[told]


def test_a_promise_nobody_is_told_of_is_pointed_out():
	department = make_department("Harbor Affairs").name
	commitment = make_commitment(owed_by="Department", department=department)
	assert todo_of(commitment) is None
	assert "Nobody is told of this commitment" in frappe.get_message_log()[-1]["message"]


def test_a_counterpart_s_promise_is_nobody_s_to_do():
	city = make_partner_city().name
	assert not todo_of(
		make_commitment(owed_by="Counterpart", counterpart_type="Partner City", counterpart=city)
	)


def test_the_to_do_follows_the_promise():
	commitment = make_commitment()
	todo = commitment.todo or todo_of(commitment).name
	successor = make_user("successor@city.example", OFFICER).name
	commitment.update({"commitment": "Send two reports", "due_date": "2026-12-24", "user": successor})
	commitment.save()
	followed = todo_of(commitment)
	assert followed.name == todo
	assert (followed.description, str(followed.date), followed.allocated_to) == (
		"Send two reports",
		"2026-12-24",
		successor,
	)


@pytest.mark.parametrize(("status", "expected"), [("Done", "Closed"), ("Dropped", "Cancelled")])
def test_the_to_do_ends_with_the_promise_and_comes_back_with_it(status, expected):
	commitment = make_commitment(result="Sent")
	commitment.status = status
	commitment.save()
	assert todo_of(commitment).status == expected
	commitment.status = "Open"
	commitment.save()
	assert todo_of(commitment).status == "Open"


def test_ticking_off_the_to_do_does_not_keep_the_promise():
	commitment = make_commitment()
	todo = todo_of(commitment)
	todo.status = "Closed"
	todo.save()
	commitment.reload()
	assert commitment.status == "Open"
	commitment.result = "Half of it is sent"
	commitment.save()
	assert todo_of(commitment).status == "Closed"


def test_a_client_cannot_put_somebody_else_s_to_do_under_a_promise():
	foreign = frappe.get_doc({"doctype": "ToDo", "description": "Water the plants"}).insert()
	commitment = make_commitment(todo=foreign.name)
	commitment.commitment = "Something else"
	commitment.todo = foreign.name
	commitment.save()
	assert frappe.db.get_value("ToDo", foreign.name, "description") == "Water the plants"


# who may see and change what


@pytest.fixture
def reviewer():
	return make_user("harbor.master@city.example", DEPARTMENT).name


def test_a_reviewer_sees_what_he_or_his_department_owes(reviewer):
	harbor = make_department("Harbor Affairs", head=reviewer).name
	own = make_commitment("Own", owed_by="Person", user=reviewer)
	department = make_commitment("Department's", owed_by="Department", department=harbor)
	other = make_commitment("Somebody else's")
	with acting_as(reviewer):
		assert set(frappe.get_list("Partnership Commitment", pluck="name")) == {own.name, department.name}
		assert frappe.has_permission("Partnership Commitment", "read", doc=own.name)
		assert not frappe.has_permission("Partnership Commitment", "read", doc=other.name)


def test_a_reviewer_reports_and_does_not_rewrite(reviewer):
	commitment = make_commitment(user=reviewer, due_date="2026-12-01")
	with acting_as(reviewer):
		commitment.reload()
		commitment.update({"status": "Done", "result": "Sent"})
		commitment.save()
		commitment.due_date = "2027-12-01"
		with pytest.raises(AnswerOnlyError, match="Due date"):
			commitment.save()


def test_a_promise_of_a_confidential_agreement_is_as_hidden_as_that():
	sponsor = make_user("sponsor@city.example", OFFICER).name
	officer = make_user("other.officer@city.example", OFFICER).name
	agreement = make_agreement(confidential=1, sponsor=sponsor)
	promise = make_commitment(source_doctype="MOU", source_name=agreement.name)
	for person, sees in ((sponsor, True), (officer, False)):
		with acting_as(person):
			assert (promise.name in frappe.get_list("Partnership Commitment", pluck="name")) is sees
			assert frappe.has_permission("Partnership Commitment", "read", doc=promise.name) is sees


def test_nobody_makes_a_promise_of_an_agreement_he_may_not_see():
	officer = make_user("other.officer@city.example", OFFICER).name
	agreement = make_agreement(confidential=1)
	with acting_as(officer), pytest.raises(frappe.LinkValidationError):
		make_commitment(source_doctype="MOU", source_name=agreement.name)
