"""Trade leads in an import: a company that is there with the same market is a likely double, and many are written at
once."""

from city_diplomacy.registers import plain_doubles
from city_diplomacy.registers.importing import Importing
from city_diplomacy.trade_promotion import leads, stages

LEADS = Importing(
	key=plain_doubles.key,
	same=plain_doubles.same,
	alike=plain_doubles.alike,
	ahead=lambda documents: stages.read_once(),
	many_at_once=True,
	grounds=("Trade Stage",),
	named=leads.name_for_search,
)
