"""Lists of who may know of few records are found by an index: what a person owns, is named on, was asked or did.

The register is found by the country of a counterpart, the public one by what is published.
"""

from city_diplomacy.partnership_approvals.doctype.approval_clearance import approval_clearance
from city_diplomacy.partnership_approvals.doctype.approval_decision import approval_decision
from city_diplomacy.partnerships.doctype.mou import mou
from city_diplomacy.partnerships.doctype.mou_party import mou_party
from city_diplomacy.partnerships.doctype.mou_reader import mou_reader


def execute() -> None:
	for changed in (mou, mou_party, mou_reader, approval_clearance, approval_decision):
		changed.on_doctype_update()
