"""The window's desk 综合窗口: taking combined applications."""

from web.window import papers, received
from web.window.views import blueprint, entries

__all__ = ["blueprint", "entries", "papers", "received"]
