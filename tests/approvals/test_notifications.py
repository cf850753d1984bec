"""Messages people would keep switched on: one per matter, when they want them, saying what is asked and by when."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.utils import formatdate, get_url, now_datetime

from city_diplomacy.access.rights import AUDITOR, DEPARTMENT, LEGAL
from city_diplomacy.partnership_approvals import api
from city_diplomacy.partnership_approvals.engine import questions, routes
from city_diplomacy.partnership_approvals.exceptions import ApprovalError, EngineRecordError
from city_diplomacy.partnership_approvals.notices import deliver, notify, preferences
from tests import factories
from tests.approvals import scenes

pytestmark = pytest.mark.delivers

ATTORNEY, FINANCE = "City Attorney", "Finance"


@pytest.fixture
def attorney():
	return factories.make_user("attorney@city.example", LEGAL, first_name="Ada").name


@pytest.fixture
def policy(attorney):
	return scenes.make_policy(scenes.rule(ATTORNEY, user=attorney, why="Law clears the form."))


def prefer(user: str, **choice):
	"""The person's own choice."""
	with factories.acting_as(user):
		return frappe.get_doc(
			{"doctype": "Approval Notification Preference", "user": user, **choice}
		).insert()


def once_a_day(user: str):
	"""Their messages wait for the digest, two hours from now."""
	return prefer(user, deliver="Daily Digest", digest_hour=(now_datetime() + timedelta(hours=2)).hour)


def bells(user: str) -> list:
	return frappe.get_all(
		"Notification Log",
		filters={"for_user": user},
		fields=["subject", "email_content", "link", "document_type", "document_name"],
		order_by="creation asc",
	)


def letters(user: str) -> list:
	return [letter for letter in factories.outbox() if user in letter.recipients]


def notices_of(user: str) -> list:
	return frappe.get_all(
		"Approval Notice",
		filters={"for_user": user},
		fields=["kind", "status", "deliver_after", "delivered_on"],
		order_by="creation asc, kind asc",
	)


def later(**span) -> int:
	return deliver.deliver(now_datetime() + timedelta(**span))


def doc_of(row):
	return frappe.get_doc(row.reference_doctype, row.reference_name)


# What a message says


def test_it_says_what_is_asked_and_by_when_and_carries_one_link(policy, attorney):
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)

	(bell,) = bells(attorney)
	assert bell.subject == f"Your clearance is asked: {agreement.title}"
	assert "Law clears the form." in bell.email_content
	assert f"Please decide by {formatdate(row.due_date)}." in bell.email_content
	assert bell.link == get_url(f"/clearance/{row.name}")
	(letter,) = letters(attorney)
	assert letter.subject == bell.subject
	ours = [link for link in re.findall(r'href="([^"]*)"', letter.body) if link.startswith(get_url(""))]
	assert ours == [bell.link]


def test_the_link_of_a_letter_never_acts_by_itself(policy, attorney, client):
	agreement = scenes.under_way()
	path = bells(attorney)[0].link.removeprefix(get_url(""))

	assert client(attorney).get(path).status_code == 200
	assert scenes.clearance_for(agreement, ATTORNEY).state == "Pending"
	assert client().get(path).headers["Location"].endswith(f"/login?redirect-to={path}")


@pytest.mark.parametrize(
	"title",
	[
		"Ports & rivers: Nagoya’s “blue” plan",
		"名古屋港との覚書",
		"مذكرة تفاهم بشأن الموانئ",
		"Tränen <b>der</b> Freude & 5 > 3",
	],
)
def test_a_subject_reads_as_it_was_written_in_every_script(policy, attorney, title):
	scenes.under_way(title=title)

	(letter,) = letters(attorney)
	assert letter.subject == f"Your clearance is asked: {title.replace('<', '‹').replace('>', '›')}"
	assert "<b>der" not in letter.body


def test_words_people_wrote_are_shown_as_words(policy, attorney):
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)
	with factories.acting_as(attorney):
		questions.ask(
			row.name, "Is <script>alert(1)</script> part of the text?\nAnd [this](http://x.example)?"
		)

	(letter,) = letters(scenes.office())
	assert "<script>" not in letter.body
	assert "‹script›alert(1)‹/script› part of the text?" in letter.body
	assert 'href="http://x.example' not in letter.body


def test_somebody_asked_again_reads_what_changed_since_he_last_saw_it(policy, attorney):
	agreement = scenes.under_way()
	factories.decide(scenes.clearance_for(agreement, ATTORNEY), "Return", "The purpose is unclear.")
	with factories.acting_as(scenes.office()):
		draft = frappe.get_doc("MOU", agreement.name)
		draft.purpose = "Learn how each other's ports cut emissions."
		draft.save()
		factories.start_clearance(draft)

	first, second = bells(attorney)
	assert "Changed since" not in first.email_content
	assert "Changed since you last saw it: Purpose." in second.email_content


def test_a_text_that_changed_under_an_open_question_is_named(policy, attorney):
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)

	notify.tell_text_changed([row], agreement, ["Purpose", "Term"])

	assert "Changed since you last saw it: Purpose, Term." in bells(attorney)[-1].email_content


# One message per person per matter


def test_two_seats_of_one_person_are_one_message(attorney):
	scenes.make_policy(
		scenes.rule(ATTORNEY, user=attorney, working_days=9),
		scenes.rule(FINANCE, user=attorney, working_days=3),
	)
	agreement = scenes.under_way()

	(bell,) = bells(attorney)
	assert bell.subject == f"{agreement.title}: 2 messages"
	assert bell.email_content.index("Finance is asked.") < bell.email_content.index("City Attorney is asked.")
	assert bell.link == get_url("/clearances")
	assert len(letters(attorney)) == 1


def test_what_waited_for_the_digest_comes_together(policy, attorney):
	once_a_day(attorney)
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)
	notify.tell_text_changed([row], agreement, ["Purpose"])
	assert bells(attorney) == []

	later(hours=4)

	(bell,) = bells(attorney)
	assert bell.email_content.index("The text you are asked about changed") < bell.email_content.index(
		"Your clearance is asked"
	)
	assert bell.link == get_url(f"/clearance/{row.name}")


def test_two_agreements_are_two_messages(policy, attorney):
	agreements = scenes.under_way(), scenes.under_way(title="Understanding on rivers")

	assert {bell.document_name for bell in bells(attorney)} == {one.name for one in agreements}


def test_a_question_taken_back_while_the_message_waited_is_not_asked(policy, attorney):
	once_a_day(attorney)
	agreement = scenes.under_way()
	with factories.acting_as(scenes.office()):
		routes.withdraw("MOU", agreement.name, "The partner withdrew.")

	later(hours=4)

	assert bells(attorney) == []
	assert notices_of(attorney)[0].status == "Not Needed"


def test_a_question_given_to_somebody_else_while_the_message_waited_is_not_asked(policy, attorney):
	once_a_day(attorney)
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)
	frappe.db.set_value("Approval Clearance", row.name, "put_to", scenes.manager())

	later(hours=4)

	assert bells(attorney) == []


# When people want to be told


def test_a_digest_is_by_the_persons_own_clock(policy, attorney):
	"""They live where it is another time; the site's clock says nothing about their day."""
	zone = ZoneInfo("Asia/Kathmandu")
	frappe.db.set_value("User", attorney, "time_zone", zone.key)
	hour = (datetime.now(zone) + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
	prefer(attorney, deliver="Daily Digest", digest_hour=hour.hour)
	scenes.under_way()

	(notice,) = notices_of(attorney)
	assert notice.status == "Waiting"
	assert abs(notice.deliver_after - (now_datetime() + (hour - datetime.now(zone)))) < timedelta(minutes=1)
	assert later(minutes=30) == 0
	assert later(hours=2) == 1


def test_the_citys_choice_holds_for_who_chose_nothing(policy, attorney):
	scenes.set_settings(deliver="Daily Digest", digest_hour=(now_datetime() + timedelta(hours=2)).hour)
	scenes.under_way()
	assert bells(attorney) == []

	prefer(attorney)

	# Nothing chosen but the record itself: at once.
	assert len(bells(attorney)) == 1, "their own choice is no digest, and what waited is delivered"


def test_a_daily_digest_is_one_message_with_everything(policy, attorney):
	prefer(attorney, deliver="Daily Digest", digest_hour=(now_datetime() + timedelta(hours=2)).hour)
	titles = ["Understanding on ports", "Understanding on rivers", "Understanding on trees"]
	for title in titles:
		scenes.under_way(title=title)
	assert bells(attorney) == []

	assert later(hours=3) == 1

	(bell,) = bells(attorney)
	assert bell.subject == "News of 3 matters"
	assert bell.document_name == "3 matters"
	assert all(title in bell.email_content for title in titles)
	assert bell.link == get_url("/clearances")


def test_reminders_come_in_one_letter_a_day(policy, attorney):
	agreements = [scenes.under_way(title=title) for title in ("On ports", "On rivers")]
	told = len(bells(attorney))
	for agreement in agreements:
		notify.remind([scenes.clearance_for(agreement, ATTORNEY)], agreement)
	assert len(bells(attorney)) == told

	assert later(days=1) == 1

	bell = bells(attorney)[-1]
	assert bell.subject == "2 matters wait for your decision"
	assert later(days=2) == 0


def test_a_reminder_beside_the_question_itself_is_left_out(policy, attorney):
	once_a_day(attorney)
	agreement = scenes.under_way()
	notify.remind([scenes.clearance_for(agreement, ATTORNEY)], agreement)

	later(days=2, hours=4)

	content = bells(attorney)[-1].email_content
	assert content.count(agreement.title) == 1


def test_whoever_wants_no_reminders_gets_none(policy, attorney):
	prefer(attorney, reminders=0)
	agreement = scenes.under_way()
	notify.remind([scenes.clearance_for(agreement, ATTORNEY)], agreement)

	later(days=2)

	assert [(n.kind, n.status) for n in notices_of(attorney)] == [
		("Asked", "Delivered"),
		("Reminder", "Switched Off"),
	]


def test_frappes_own_switch_holds(policy, attorney):
	"""Notification Settings, which every Desk user knows, switch everything off here too."""
	if not frappe.db.exists("Notification Settings", attorney):
		frappe.get_doc({"doctype": "Notification Settings", "name": attorney}).insert()
	frappe.db.set_value("Notification Settings", attorney, "enabled", 0)
	scenes.under_way()
	assert bells(attorney) == []
	assert letters(attorney) == []


def test_an_hour_that_is_none_is_refused(attorney):
	with pytest.raises(ApprovalError):
		prefer(attorney, digest_hour=24)


def test_a_choice_is_seen_and_made_by_its_person_alone(attorney):
	other = factories.make_user("other@city.example", DEPARTMENT).name
	choice = prefer(attorney)
	with factories.acting_as(other):
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc({"doctype": "Approval Notification Preference", "user": scenes.office()}).insert()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Approval Notification Preference", choice.name).check_permission("read")
		assert frappe.get_list("Approval Notification Preference") == []
	with factories.acting_as(attorney):
		assert frappe.get_list("Approval Notification Preference", pluck="name") == [attorney]


# Who is told what


def test_whoever_a_question_is_passed_on_to_gets_it_with_the_words(policy, attorney):
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)
	deputy = factories.make_user("deputy@city.example", LEGAL).name
	frappe.db.set_value("Approval Clearance", row.name, "put_to", deputy)
	row.put_to = deputy

	notify.tell_forwarded(row, agreement, attorney, "You know ports better than I do.")

	(bell,) = bells(deputy)
	assert bell.subject == f"Ada passes a clearance on to you: {agreement.title}"
	assert "You know ports better than I do." in bell.email_content
	assert open_todos_of(row) == {deputy}


def test_a_question_handed_over_moves_with_its_to_do(policy, attorney):
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)
	successor = factories.make_user("successor@city.example", LEGAL).name
	frappe.db.set_value("Approval Clearance", row.name, "put_to", successor)

	notify.tell_handed_over(row, agreement, [attorney], successor)

	assert bells(successor)[-1].subject == f"Your clearance is asked in place of Ada: {agreement.title}"
	assert "Nothing is asked of you here any more." in bells(attorney)[-1].email_content
	assert open_todos_of(row) == {successor}


def test_a_delegate_is_told_for_whom_he_acts(policy, attorney):
	delegate = factories.make_user("delegate@city.example", LEGAL).name
	with factories.acting_as(attorney):
		api.delegate(delegate, frappe.utils.nowdate(), frappe.utils.nowdate(), "On leave.")
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)

	assert bells(delegate)[0].subject == f"You act for Ada: {agreement.title}"
	assert open_todos_of(row) == {attorney, delegate}
	assert frappe.db.count("ToDo", {"reference_name": row.name, "allocated_to": delegate}) == 1


@pytest.mark.parametrize(("days", "words"), [(1, "1 working day ago"), (4, "4 working days ago")])
def test_what_is_late_is_brought_to_those_named(policy, attorney, days, words):
	agreement = scenes.under_way()
	row = scenes.clearance_for(agreement, ATTORNEY)

	notify.tell_late(row, agreement, [scenes.manager(), scenes.manager()], days)

	(bell,) = bells(scenes.manager())
	assert bell.subject == f"Overdue: City Attorney on {agreement.title}"
	assert words in bell.email_content


# What must not go wrong


def test_a_decision_only_writes_rows_and_what_it_tells_survives_a_dead_worker(policy, attorney):
	agreement = scenes.without_workers(scenes.under_way)
	assert [(n.kind, n.status, n.deliver_after) for n in notices_of(attorney)] == [("Asked", "Waiting", None)]
	assert bells(attorney) == []

	assert later(minutes=4) == 1

	assert bells(attorney)[0].document_name == agreement.name


def test_a_queue_that_is_down_stops_no_decision(policy, attorney):
	scenes.office()

	def refuse(*args, **options):
		raise ConnectionError("Redis is down")

	agreement = scenes.without_workers(scenes.under_way, refuse)

	assert scenes.state_of(agreement) == "In Clearance"
	assert later(minutes=4) == 1


def test_delivering_twice_tells_once(policy, attorney):
	scenes.without_workers(scenes.under_way)
	assert [later(minutes=4), later(minutes=4)] == [1, 0]
	assert len(bells(attorney)) == 1


def test_one_persons_fault_stops_nobody_elses_message(attorney):
	broken = factories.make_user("broken@city.example", LEGAL).name
	scenes.make_policy(scenes.rule(ATTORNEY, user=attorney), scenes.rule(FINANCE, user=broken))
	scenes.without_workers(scenes.under_way)
	frappe.db.set_value("Approval Notice", {"for_user": broken}, "kind", "Asked Twice")

	assert later(minutes=4) == 1

	assert len(bells(attorney)) == 1
	(kept,) = notices_of(broken)
	assert (kept.status, kept.deliver_after > now_datetime()) == ("Waiting", True)
	assert frappe.db.exists("Error Log", {"method": ["like", f"%{broken}%"]})


def test_a_notice_is_written_by_the_engine_alone(policy, attorney):
	scenes.under_way()
	notice = frappe.get_doc("Approval Notice", {"for_user": attorney})
	notice.what = "Do nothing."
	with pytest.raises(EngineRecordError):
		notice.save()
	with pytest.raises(EngineRecordError):
		notice.delete()


def test_an_auditor_reads_what_people_were_told_and_a_reviewer_does_not(policy, attorney):
	scenes.under_way()
	auditor = factories.make_person(AUDITOR).name
	with factories.acting_as(auditor):
		assert frappe.get_list("Approval Notice", filters={"for_user": attorney})
	with factories.acting_as(attorney), pytest.raises(frappe.PermissionError):
		frappe.get_list("Approval Notice")


def test_the_sample_citys_loader_writes_to_nobody(policy, attorney):
	frappe.flags.mute_emails = True
	try:
		scenes.under_way()
	finally:
		frappe.flags.mute_emails = False
	later(days=1)
	assert letters(attorney) == []


def test_choices_of_many_people_are_read_together(policy, attorney):
	others = {factories.make_user(f"one.{n}@city.example", LEGAL).name for n in range(3)}
	found = preferences.readers({attorney, *others})
	assert set(found) == {attorney, *others}
	assert all(reader.wants_messages for reader in found.values())


def open_todos_of(row) -> set[str]:
	filters = {"reference_type": "Approval Clearance", "reference_name": row.name, "status": "Open"}
	return set(frappe.get_all("ToDo", filters=filters, pluck="allocated_to"))
