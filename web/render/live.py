"""What a background request answers: which fields apply now, what was derived, panels drawn anew. Read by app.js."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask import jsonify
from werkzeug.wrappers import Response

from web.render.moments import clock


def live(
    shown: Collection[str],
    *,
    derived: Mapping[str, object] | None = None,
    saved: datetime | None = None,
    panels: Mapping[str, str] | None = None,
) -> Response:
    """JSON: `shown` field keys, `derived` values by key, `saved` as a time of day, `panels` as HTML by element id."""
    return jsonify(
        shown=sorted(shown),
        derived=dict(derived or {}),
        saved=clock(saved) if saved else "",
        panels=dict(panels or {}),
    )
