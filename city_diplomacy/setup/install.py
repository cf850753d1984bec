"""What a site gets when the app is installed, and what each migration makes sure of.

Everything is skip-if-exists: what an administrator changed stays as they left it.
"""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from city_diplomacy.partnership_approvals.files.guard import close_unattached_uploads
from city_diplomacy.partnership_approvals.ledger.keys import make_first_key, make_first_signing_key
from city_diplomacy.partnership_approvals.routing.workflows import seed_workflows
from city_diplomacy.setup.agreement_types import seed_agreement_types
from city_diplomacy.setup.custom_fields import CUSTOM_FIELDS
from city_diplomacy.setup.lists_and_links import (
	remove_names_lists_would_lose,
	show_names_in_links,
	widen_lists,
)
from city_diplomacy.setup.policies import seed_policies
from city_diplomacy.setup.roles import grant_masters, seed_roles, set_desk_access
from city_diplomacy.setup.search_bar import offer_in_search_bar
from city_diplomacy.setup.trade_stages import seed_filing_rules, seed_missing_stages
from city_diplomacy.setup.visit_rules import seed_triage_rules
from city_diplomacy.setup.visit_steps import seed_checklist_steps
from city_diplomacy.trade_promotion.boards import seed_boards

SETTINGS = "City Diplomacy Settings"


def after_install() -> None:
	make_first_key()
	make_first_signing_key()
	seed_roles()
	set_desk_access()
	close_unattached_uploads()
	show_names_in_links()
	widen_lists()
	offer_in_search_bar()
	store_settings()
	after_migrate()
	seed_filing_rules()
	seed_triage_rules()
	seed_checklist_steps()
	seed_boards()


def after_migrate() -> None:
	seed_roles()
	create_custom_fields(CUSTOM_FIELDS)
	remove_names_lists_would_lose()
	grant_masters()
	seed_workflows()
	seed_agreement_types()
	seed_missing_stages()
	seed_policies()


def store_settings() -> None:
	"""Store what the settings are until somebody changes them."""
	for df in frappe.get_meta(SETTINGS).fields:
		if df.default:
			frappe.db.set_single_value(SETTINGS, df.fieldname, df.default)
