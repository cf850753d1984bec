"""A signature moves the partner to the stage its type of agreement names, and says so."""

import frappe
import pytest

from city_diplomacy.access.rights import CLERK
from city_diplomacy.patches.v1_0 import say_which_types_move_the_stage
from tests import factories
from tests.approvals import scenes


def signed(stage: str, reached: str | None = "Sister City", **fields):
	"""A partner city of a stage with which an agreement was signed just now, by the clerk."""
	from city_diplomacy.partnerships.agreements import signing

	city = factories.make_partner_city("Turku", "Finland", relationship_stage=stage)
	kind = factories.make_agreement_type("Tie for a test", moves_partner_to=reached)
	agreement = scenes.ready_to_sign(counterpart=city, agreement_type=kind.name, **fields)
	with factories.acting_as(factories.make_person(CLERK).name):
		signing.sign(agreement.name, frappe.utils.nowdate())
	city.reload()
	return city, agreement


def comments_on(city) -> str:
	return " ".join(
		frappe.get_all(
			"Comment", {"reference_doctype": city.doctype, "reference_name": city.name}, pluck="content"
		)
	)


def messages() -> str:
	return " ".join(entry["message"] for entry in frappe.get_message_log())


def test_the_partner_reaches_the_stage_of_the_type_and_whoever_signs_is_told():
	city, agreement = signed("Contact")
	assert city.relationship_stage == "Sister City"
	assert f"from Contact to Sister City by the signature of {agreement.name}" in comments_on(city)
	assert "Turku moved from Contact to Sister City" in messages()


@pytest.mark.parametrize(("stage", "reached"), [("Sister City", "MOU"), ("Contact", None)])
def test_nobody_falls_back_or_moves_where_the_type_says_nothing(stage, reached):
	city, _agreement = signed(stage, reached)
	assert city.relationship_stage == stage
	assert "by the signature of" not in comments_on(city)


def test_a_confidential_agreement_moves_nobody():
	city, agreement = signed("Contact", confidential=1, readers=[{"user": factories.make_person(CLERK).name}])
	assert city.relationship_stage == "Contact"
	assert agreement.name not in comments_on(city)
	assert "stays at Contact" in messages()


def test_types_from_before_say_what_they_move_once_the_patch_ran():
	frappe.db.set_value("Agreement Type", "Sister City Agreement", "moves_partner_to", None)
	frappe.db.set_value("Agreement Type", "Memorandum of Understanding", "moves_partner_to", "Active Partner")
	say_which_types_move_the_stage.execute()
	assert frappe.db.get_value("Agreement Type", "Sister City Agreement", "moves_partner_to") == "Sister City"
	kept = frappe.db.get_value("Agreement Type", "Memorandum of Understanding", "moves_partner_to")
	assert kept == "Active Partner"
