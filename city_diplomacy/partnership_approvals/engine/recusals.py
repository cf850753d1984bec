"""Who is asked for a seat whose holder stood aside; asked again in the same round, it is not put to them again."""

from city_diplomacy.domain.route import routing
from city_diplomacy.partnership_approvals.engine.route import Route
from city_diplomacy.partnership_approvals.people import names
from city_diplomacy.partnership_approvals.routing import planning, preparers


def successor(route: Route, question: routing.Question) -> routing.Question:
	"""The question as it is put after what happened to its seat in this round: to the next who may fill it.

	Next are the acting head, the rule's and the settings' named person; others who hold the seat's role. With
	nobody left it stays open for the office. `route` is a Route in hand; a seat nobody stood aside from is
	put as planned.
	"""
	answers = route.clearances.stood_aside(route.row.round, question.seat)
	recused = {person for row in answers for person in (row.decided_by, row.put_to)} - {None, ""}
	if not recused:
		return question
	aside = recused | preparers.prepared_by(route.row)
	if question.holder and question.holder not in aside:
		return question
	directory = planning.SiteDirectory()
	candidates = [question.rule.fallback_user]
	if question.department:
		candidates.insert(0, directory.acting_head_of(question.department))
	holder = next((c for c in candidates if c not in aside and routing.may_hold_seat(c, directory)), None)
	role = question.role
	if holder or not set(names.people_with_role(role or "")) - aside:
		role = None
	basis = routing.Basis.FALLBACK if holder else routing.Basis.ROLE if role else routing.Basis.VACANT
	return routing.Question(question.rule, question.seat, question.department, holder, role, basis)
