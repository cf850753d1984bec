"""Checks an exported approval record where there is no Frappe and no database.

    python tools/check_record.py record.json --public-key 5f3a... [--heads heads.json ...]
    python tools/check_record.py record.json --key-file key.hex [--heads heads.json ...]

Needs Python 3.10 and the folder `city_diplomacy/domain` beside `tools`; with a public key also the package
`cryptography`. Anybody may have the public key; it stands on every printed record. The key file holds the ledgers' own
keys in hexadecimal, one a line, the oldest first; the city's auditor keeps it.

Ends with 0 when the record is whole, 1 when it was changed, 2 when that cannot be said: the file cannot be read, no key
was given, or entries are not signed yet.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from city_diplomacy.domain.record import exported


def main(arguments: Sequence[str] | None = None) -> int:
	"""Prints the record with its verdict; returns the exit code."""
	parser = argparse.ArgumentParser(description="Checks an exported approval record.")
	parser.add_argument("record", type=Path, help="the exported record, a JSON file")
	parser.add_argument("--public-key", nargs="*", default=[], help="the city's public keys, in hexadecimal")
	parser.add_argument("--key-file", type=Path, help="the ledgers' keys in hexadecimal, one a line")
	parser.add_argument("--heads", type=Path, nargs="*", default=[], help="exported heads kept since")
	chosen = parser.parse_args(arguments)
	try:
		record = read(chosen.record)
		keys = exported.read_keys(chosen.key_file.read_text()) if chosen.key_file else None
		heads = [
			head
			for path in chosen.heads
			for head in exported.heads_of(read(path), keys, record, chosen.public_key)
		]
		verdict = exported.check(record, keys, heads, chosen.public_key)
	except (OSError, UnicodeDecodeError, exported.BundleError) as error:
		print(f"UNDECIDED: {error}", file=sys.stderr)
		return exported.UNDECIDED
	print(exported.report(record, verdict))
	return verdict.code


def read(path: Path) -> dict:
	return exported.from_text(path.read_text(encoding="utf-8"), path.name)


if __name__ == "__main__":
	sys.exit(main())
