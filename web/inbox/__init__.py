"""The reviewers' desk 部门审核: what waits for my department, and deciding it."""

from web.inbox import acts, phrases, substitutes
from web.inbox.views import blueprint, entries

__all__ = ["acts", "blueprint", "entries", "phrases", "substitutes"]
