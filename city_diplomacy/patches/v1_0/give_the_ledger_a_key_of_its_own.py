"""Ledgers written with a key derived from the site's secrets keep it to be verified by, and get one of their own.

Before the patches that write entries: from then on entries name their key and tell of everything they change.
"""

import hashlib
import hmac

import frappe

from city_diplomacy.domain.record import ledger as chain
from city_diplomacy.partnership_approvals.ledger import keys


def execute() -> None:
	if not frappe.conf.get(keys.SETTING):
		take_over_derived_key()


def take_over_derived_key() -> None:
	"""Raises LedgerKeyError where the ledgers were not written with the key that can be derived: it was lost."""
	if keys.make_first_key():
		return
	legacy = derived_key()
	others = frappe.get_all(
		"Approval Route",
		filters={"ledger_count": [">", 0], "ledger_key_id": ["not in", ["", chain.key_id(legacy)]]},
		fields=["ledger_key_id"],
		limit=1,
	)
	if others:
		keys.refuse_missing(others[0].ledger_key_id)
	keys.take_over(legacy)


def derived_key() -> bytes:
	"""The key as it was derived before ledgers had one of their own."""
	# Only a site that is upgraded has this secret to ask for.
	from frappe.utils.password import get_encryption_key

	secret = frappe.conf.get("city_diplomacy_ledger_key") or get_encryption_key()
	return hmac.new(secret.encode(), b"city diplomacy: approval ledger", hashlib.sha256).digest()
