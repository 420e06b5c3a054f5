"""The case page and the receipt, for every desk that may read the case."""

from web.cases.views import blueprint, entries

__all__ = ["blueprint", "entries"]
