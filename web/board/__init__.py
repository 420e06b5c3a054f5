"""The supervisor's board: figures of a period, each with the list behind it."""

from web.board.views import blueprint, entries

__all__ = ["blueprint", "entries"]
