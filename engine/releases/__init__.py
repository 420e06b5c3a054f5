"""Releases 版本: published packs. A release never changes, and a case stays on the one it was accepted under."""

from engine.releases.listing import Listed, announced, listing
from engine.releases.periods import Span, current, history, in_force, reschedule, withdraw
from engine.releases.publish import publish, published, vetted
from engine.releases.shelf import Published, content_hash, here, load, local_day, newest, numbered, of_case, of_number

__all__ = [
    "Listed", "Published", "Span", "announced", "content_hash", "current", "here", "history", "in_force", "listing",
    "load", "local_day", "newest", "numbered", "of_case", "of_number", "publish", "published", "reschedule", "vetted",
    "withdraw",
]  # fmt: skip
