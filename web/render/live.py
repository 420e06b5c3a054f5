"""What a background request answers: which fields apply now, what was derived, panels drawn anew. Read by app.js."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask import jsonify, request
from werkzeug.wrappers import Response

from web.render.moments import clock


def live(
    shown: Collection[str],
    *,
    derived: Mapping[str, object] | None = None,
    saved: datetime | None = None,
    panels: Mapping[str, str] | None = None,
    filled: Mapping[str, str] | None = None,
    ask: Mapping[str, Collection[str]] | None = None,
) -> Response:
    """JSON: `shown` field keys, `derived` values by key, `saved` as a time of day, `panels` as HTML by element id.

    `filled` are values for fields that are still empty; `ask` the blocks to fill in now, and the fields each needs.
    """
    return jsonify(
        shown=sorted(shown),
        derived=dict(derived or {}),
        saved=clock(saved) if saved else "",
        panels=dict(panels or {}),
        filled=dict(filled or {}),
        ask={block: sorted(needed) for block, needed in (ask or {}).items()},
    )


def in_background() -> bool:
    """Whether a page asks while somebody types: it wants this answer, not a page."""
    return bool(request.headers.get("X-Autosave"))
