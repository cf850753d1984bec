"""Who may answer in whose place, where somebody else arranged it."""

from datetime import date

from city_diplomacy.domain.delegation import Delegation, delegates_of, links_of, principals_of

DAY = date(2026, 5, 4)


def link(delegator: str, delegate: str, arranged_by: str | None = None) -> Delegation:
	name = f"{delegator}-{delegate}"
	return Delegation(delegator, delegate, DAY, DAY, arranged_by=arranged_by, name=name)


def test_whoever_arranged_a_link_does_not_answer_through_it():
	chain = [link("mayor", "friend", arranged_by="clerk"), link("friend", "clerk")]
	assert "mayor" not in principals_of("clerk", chain, DAY)
	assert set(principals_of("clerk", chain, DAY)) == {"friend"}
	assert set(delegates_of("mayor", chain, DAY)) == {"friend"}


def test_others_answer_through_it():
	chain = [link("mayor", "friend", arranged_by="clerk"), link("friend", "deputy")]
	assert principals_of("deputy", chain, DAY)["mayor"] == ("mayor", "friend", "deputy")
	assert delegates_of("mayor", chain, DAY)["deputy"] == ("mayor", "friend", "deputy")


def test_a_way_around_what_they_arranged_counts():
	links = [
		link("mayor", "friend", arranged_by="clerk"),
		link("mayor", "deputy"),
		link("friend", "clerk"),
		link("deputy", "clerk"),
	]
	assert principals_of("clerk", links, DAY)["mayor"] == ("mayor", "deputy", "clerk")
	assert "clerk" in delegates_of("mayor", links, DAY)


def test_what_somebody_arranges_for_themselves_is_their_own():
	assert set(principals_of("deputy", [link("mayor", "deputy", arranged_by="mayor")], DAY)) == {"mayor"}
	assert set(principals_of("deputy", [link("mayor", "deputy")], DAY)) == {"mayor"}


def test_a_chain_names_the_delegations_it_is_made_of():
	chain = [link("mayor", "friend"), link("friend", "deputy")]
	assert links_of(("mayor", "friend", "deputy"), chain) == ("mayor-friend", "friend-deputy")
