"""Time: what runs out, supervision slips, more time, and the clocks of one case."""

from web.deadlines.views import blueprint, entries

__all__ = ["blueprint", "entries"]
