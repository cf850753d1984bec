"""What the people of a `Workers` do besides calling the public interface."""

import frappe

from city_diplomacy.partnership_approvals.api import rehearsals as rehearsal_api
from city_diplomacy.partnership_approvals.policies import rehearsals
from tests.approvals import scenes


def save_field(name: str, fieldname: str, value: str) -> None:
	"""As Desk's save does: the whole document as it was read before, with one field changed."""
	doc = frappe.get_doc("MOU", name)
	doc.set(fieldname, value)
	doc.save()


def begin_rehearsal(policy: str) -> dict:
	"""Start a run in the shadow; the job it leaves is for the test to do."""
	return scenes.without_workers(lambda: rehearsal_api.simulate(policy))


def rehearse_a_batch(rehearsal: str) -> None:
	"""Do the job of a run as a worker does; the job that follows is for the test to do."""
	scenes.without_workers(lambda: rehearsals.run(rehearsal))
