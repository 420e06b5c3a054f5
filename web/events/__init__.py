"""Life events: reporting what happened, confirming it, and saying what it means to a case."""

from web.events.views import blueprint, entries

__all__ = ["blueprint", "entries"]
