"""The one-things in force, for whoever designs and oversees them: what each takes off people."""

from web.packs.views import blueprint, entries

__all__ = ["blueprint", "entries"]
