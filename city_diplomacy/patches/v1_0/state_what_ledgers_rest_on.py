"""Each ledger written before entries told of everything they change gets one that states what is stored beside it.

By jobs, after the patches that change what is stored or write entries of their own.
"""

from city_diplomacy.partnership_approvals.ledger import baselines


def execute() -> None:
	baselines.enqueue()
