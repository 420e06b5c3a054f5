"""For machines: is the process alive, can it work, how much has it done."""

from web.health.views import blueprint, entries, install

__all__ = ["blueprint", "entries", "install"]
