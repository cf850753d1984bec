"""Defects in how answers are counted and in who is asked: see `defects.py`."""

from dataclasses import replace

from city_diplomacy.access.rights import LEGAL, OFFICER
from city_diplomacy.domain.route.joins import JoinRule
from tests.domain.paper_city import (
	COMPOSITE_RULES,
	asked,
	composite,
	organisation_with,
	staffed,
	with_rules,
)
from tests.domain.spoiling import (
	ATTORNEY,
	DEPARTMENTS,
	ETHICS,
	FINANCE,
	HALF,
	MAYORS,
	STRICT,
	THREE,
	TWO,
	disabled,
	error,
	heads,
	member,
	only,
	strict,
	warning,
)
from tests.domain.written import when

ON_THE_JOINS = (
	error("joins of two kinds", "join-disagrees", composite(FINANCE, join=JoinRule("Any")), FINANCE),
	error(
		"joins that count differently",
		"join-disagrees",
		only(asked("Law", join=TWO), asked("Finance", join=THREE), asked("Port", join=TWO)),
		2,
	),
	error(
		"joins of two kinds in a group with a name",
		"join-disagrees",
		only(asked("Law", group="legal"), asked("Port", group="legal", join=JoinRule("Any"))),
		2,
	),
	error(
		"three wanted of two",
		"join-cannot-complete",
		only(asked("Law", join=THREE), asked("Finance", join=THREE)),
		1,
	),
	error(
		"two wanted of one seat named twice",
		"join-cannot-complete",
		only(asked("Law", join=TWO), asked("Law", key="again", join=TWO)),
		1,
	),
	error(
		"two wanted, one of which is conditional",
		"join-may-lack-seats",
		only(asked("Law", join=TWO), asked("Port", join=TWO, condition=when(("binding", "is", "Binding")))),
		1,
	),
	error(
		"two wanted of departments of which there may be one",
		"join-may-lack-seats",
		with_rules(
			replace(
				COMPOSITE_RULES[DEPARTMENTS], key="d", stage=2, state="Mayor's Decision", group="d", join=TWO
			)
		),
		7,
	),
	warning(
		"a group that may be asked nobody",
		"group-may-be-empty",
		with_rules(asked("Port", group="experts", condition=when(("no_funds_clause", "is checked")))),
		7,
	),
	warning(
		"a mandatory seat nobody follows",
		"recusal-leaves-it-stuck",
		only(asked("Law", mandatory=True, fallback_user=None), asked("Finance")),
		1,
	),
	warning(
		"half wanted, and each may stand aside",
		"recusal-leaves-it-stuck",
		only(asked("Law", join=HALF, fallback_user=None), asked("Port", join=HALF, fallback_user=None)),
		1,
	),
	warning(
		"a veto that comes too late",
		"veto-does-not-hold",
		only(asked("Law", join=TWO, veto=True), asked("Port", join=TWO), asked("Parks", join=TWO)),
		1,
	),
)

ON_THE_PEOPLE = (
	error(
		"a role nobody has",
		"seat-vacant",
		strict(roles={**staffed(STRICT.values()).roles, LEGAL: frozenset()}),
		ATTORNEY,
	),
	error(
		"a department without a head",
		"seat-vacant",
		strict(heads=heads(Finance=None), acting_heads={}),
		FINANCE,
	),
	error(
		"an account that was disabled",
		"seat-vacant",
		disabled("parks@city.example", {**STRICT, 7: asked("Parks", fallback_user=None)}),
		7,
	),
	error(
		"a role that is not named",
		"seat-vacant",
		only(asked("Law", asked_of="Role", role=None, user=None)),
		1,
	),
	error("a person who is not named", "seat-vacant", only(asked("Law", user=None, fallback_user=None)), 1),
	error(
		"a department that is not named",
		"seat-vacant",
		only(asked("Law", asked_of="Department Head", fallback_user=None)),
		1,
	),
	warning(
		"some departments nobody heads",
		"departments-vacant",
		strict(heads=heads(Parks=None), acting_heads={"Parks": "nobody@city.example"}),
		DEPARTMENTS,
	),
	error(
		"no department anybody heads", "departments-vacant", strict(heads={}, acting_heads={}), DEPARTMENTS
	),
	error(
		"one person heads two offices",
		"one-person-two-seats",
		organisation_with(
			{**COMPOSITE_RULES, ETHICS: replace(COMPOSITE_RULES[ETHICS], mandatory=True)},
			heads=heads(Finance="both@city.example", Ethics="both@city.example"),
			people=staffed(STRICT.values()).people | {"both@city.example"},
		),
		ETHICS,
	),
	error(
		"one person heads one office and follows in another",
		"one-person-two-seats",
		organisation_with(
			{
				**COMPOSITE_RULES,
				7: asked(
					"Ports", user="gone@city.example", fallback_user="finance@city.example", mandatory=True
				),
			},
			people=staffed(COMPOSITE_RULES.values()).people,
		),
		7,
	),
	error(
		"two people for three seats",
		"one-person-two-seats",
		organisation_with(
			{
				row: asked(f"Seat {row}", asked_of="Role", role=LEGAL, mandatory=True, user=None)
				for row in (1, 2, 3)
			}
		),
		3,
	),
	error(
		"a council asked one by one in its own stage",
		"council-polled",
		with_rules(
			*(
				asked(f"{name} Ward", user=f"{name}@city.example", stage=3, state="Council Decision")
				for name in ("North", "South", "East")
			)
		),
		7,
	),
	error(
		"members of a council asked before it meets",
		"council-polled",
		with_rules(member(1), member(2), member(3)),
		7,
	),
	error(
		"two members of a council are polled already", "council-polled", with_rules(member(1), member(2)), 7
	),
	error(
		"the sponsor asked about their own text",
		"sponsor-decides",
		replace(
			with_rules(asked("Sponsor", asked_of="User Field", user_field="sponsor")), sponsor_field="sponsor"
		),
		7,
	),
	warning(
		"who prepares also decides",
		"requester-decides",
		organisation_with(
			{
				**COMPOSITE_RULES,
				MAYORS: replace(COMPOSITE_RULES[MAYORS], role=OFFICER, recorded_decision_allowed=False),
			},
			roles={
				**staffed(COMPOSITE_RULES.values()).roles,
				OFFICER: frozenset({"the.one@city.example"}),
			},
			people=staffed(COMPOSITE_RULES.values()).people | {"the.one@city.example"},
		),
		MAYORS,
	),
	warning(
		"escalates to the person asked",
		"escalates-to-the-asked",
		with_rules(asked("Parks", user="parks.head@city.example", escalates_to="parks.head@city.example")),
		7,
	),
	error(
		"escalates to a closed account",
		"escalates-to-nobody",
		disabled(
			"gone@city.example",
			{
				**COMPOSITE_RULES,
				ATTORNEY: replace(COMPOSITE_RULES[ATTORNEY], escalates_to="gone@city.example"),
			},
		),
		ATTORNEY,
	),
	warning(
		"the follower is the holder",
		"fallback-is-holder",
		composite(FINANCE, fallback_user="finance@city.example"),
		FINANCE,
	),
	warning(
		"the follower has a closed account",
		"fallback-is-nobody",
		disabled(
			"gone@city.example",
			{
				**COMPOSITE_RULES,
				ATTORNEY: replace(COMPOSITE_RULES[ATTORNEY], fallback_user="gone@city.example"),
			},
		),
		ATTORNEY,
	),
)
