"""Loading the sample city: which subjects, in which order, on which sites."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
from frappe import _

from city_diplomacy.demo import (
	activities,
	agreements,
	community,
	events,
	guests,
	journeys,
	people,
	protocol,
	registers,
	screening,
	trade,
)
from city_diplomacy.demo.book import read_book
from city_diplomacy.demo.loader import OFFICER, REFUSALS, Loader, acting_as
from city_diplomacy.demo.rows import DATA, Report


class SampleCityError(frappe.ValidationError):
	"""Why the sample city is not loaded or removed here."""


def load_city(force: bool = False, folder: Path = DATA) -> Report:
	"""Load what of the files in `folder` is not there yet; answers what was added and what could not be.

	Raises SampleCityError for anybody but the Administrator, and on a site with agreements of its own
	unless `force` is set. One transaction, which the caller commits: an interrupted load leaves nothing and can
	be run again.
	"""
	require_administrator()
	if not force:
		_refuse_other_agreements()
	load = Loader(folder)
	with without_letters():
		_load_office(load)
		_load_registers(load)
		screening.load_list(load)
		agreements.load_existing_agreements(load)
		journeys.load_journeys(load)
		activities.load_engagements(load)
		activities.load_commitments(load)
		trade.load_trade(load)
		protocol.load_protocol(load)
		guests.load_guests(load)
		events.load_events(load)
		community.load_community(load)
		load.book.write()
	return load.report


def _load_office(load: Loader) -> None:
	try:
		people.load_people(load)
		seats = people.load_departments(load)
		people.load_settings(load, seats, people.load_holidays(load))
		people.activate_policy(load)
	except REFUSALS as refusal:
		# Without its office the city has nobody to load the rest.
		frappe.throw(_("The sample city's office could not be set up: {0}").format(refusal), SampleCityError)


def _load_registers(load: Loader) -> None:
	agreements.load_agreement_types(load)
	activities.load_tariff_numbers(load)
	with acting_as(OFFICER):
		agreements.load_topics(load)
		registers.load_networks(load)
		registers.load_cities(load)
		registers.load_memberships(load)
		registers.load_parties(load)
	with acting_as(registers.COMMUNITY_OFFICER):
		registers.load_diaspora(load)


def require_administrator() -> None:
	"""Raises SampleCityError unless this runs as the Administrator, as `bench execute` does."""
	if frappe.session.user != "Administrator":
		frappe.throw(
			_("Only the Administrator, from the server's console, can load, walk or remove the sample city."),
			SampleCityError,
		)


@contextmanager
def without_letters() -> Iterator[None]:
	"""The sample city's people have no mailboxes; nothing is sent to them."""
	before = frappe.flags.mute_emails
	frappe.flags.mute_emails = True
	try:
		yield
	finally:
		frappe.flags.mute_emails = before


def _refuse_other_agreements() -> None:
	ours = {entry.name for entry in read_book() if entry.doctype == "MOU"}
	others = [name for name in frappe.get_all("MOU", pluck="name", limit_page_length=0) if name not in ours]
	if others:
		frappe.throw(
			_(
				"This site has agreements of its own, {0} among them. The sample city belongs in an empty site; "
				"load(force=True) adds it here all the same."
			).format(others[0]),
			SampleCityError,
		)
