"""Notices, for those who hand them out: shown, printed, replaced."""

from web.notices.views import blueprint, entries

__all__ = ["blueprint", "entries"]
