"""The supervisor's desk: cases that stopped, and changing by hand where a case stands."""

from web.supervisor.views import blueprint, entries

__all__ = ["blueprint", "entries"]
