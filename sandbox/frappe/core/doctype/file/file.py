"""Where Frappe keeps the class of File."""

from sandbox.controllers import File

__all__ = ["File"]
