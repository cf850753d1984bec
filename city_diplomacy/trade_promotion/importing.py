"""Trade leads in an import: a company that is there with the same market is a likely double, and many are written at
once."""

from city_diplomacy.registers import plain_doubles
from city_diplomacy.registers.importing import Importing

LEADS = Importing(
	key=plain_doubles.key, same=plain_doubles.same, alike=plain_doubles.alike, many_at_once=True
)
