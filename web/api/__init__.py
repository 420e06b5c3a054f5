"""What other systems call: messages and callbacks, as JSON, with a token."""

from web.api.views import blueprint, entries

__all__ = ["blueprint", "entries"]
