"""Routing a document through the people who must clear it, and the record of what they said.

Modules that moved into a package are found under their old path as well, in `moved/`: jobs that were queued or
scheduled on a running site, and commands people keep, name them so. What browsers called is in `moved_methods.py`.
"""

from pathlib import Path

__path__.append(str(Path(__file__).with_name("moved")))
