"""The case page, its papers and the receipt, for every desk that may read the case."""

from web.cases import export, papers, supplement
from web.cases.views import blueprint, entries

__all__ = ["blueprint", "entries", "export", "papers", "supplement"]
