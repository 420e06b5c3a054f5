"""Signing in and out, the language of the pages, and the way from `/` to one's desk."""

from web.signin.views import blueprint, entries, install

__all__ = ["blueprint", "entries", "install"]
