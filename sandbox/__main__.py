"""`python -m sandbox demo` loads and walks the sample city, then serves it; `serve` serves it again."""

import argparse
from pathlib import Path

import sandbox

sandbox.activate()

from sandbox import server, site  # noqa: E402


def main():
	parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
	parser.add_argument("command", choices=("demo", "serve"))
	parser.add_argument("--host", default="127.0.0.1")
	parser.add_argument("--port", type=int, default=8000)
	parser.add_argument("--path", default="sandbox-site/site.db", help="the site's database file")
	parser.add_argument("--no-serve", action="store_true", help="only load and walk the sample city")
	options = parser.parse_args()
	Path(options.path).parent.mkdir(parents=True, exist_ok=True)
	if options.command == "serve" and Path(options.path).exists():
		current = site.open_site(options.path)
	else:
		current = site.new_site(options.path)
		from city_diplomacy.demo import walk

		walk.run()
		current.db.commit()
	if not options.no_serve:
		print(f"The sandbox is at http://{options.host}:{options.port} (Ctrl+C ends it)")
		server.serve(current, options.host, options.port)
	current.close()


if __name__ == "__main__":
	main()
