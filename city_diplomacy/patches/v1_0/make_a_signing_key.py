"""Exported heads are signed with Ed25519, so that an outsider can check them: the site gets its key."""

from city_diplomacy.partnership_approvals.ledger.keys import make_first_signing_key


def execute() -> None:
	make_first_signing_key()
