"""The log: one line for each thing, as text or JSON. What people typed, names and addresses are never in it."""

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime

from flask import Flask, Response, g, request
from flask_login import current_user

from engine.errors import EngineError
from web.headers import request_id

TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"
log = logging.getLogger("lianban.request")


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Moment, level, who says it, the sentence, what belongs to it, and where an error came from."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class Plain(logging.Formatter):
    """Text for people; errors are told as in JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The sentence, and where an error came from."""
        record.exc_text = where(record.exc_info[1]) if record.exc_info and record.exc_info[1] else None
        return super().format(record)


def configure(kind: str) -> None:
    """Write to standard error, as `json` or `text`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines() if kind == "json" else Plain(TEXT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def install(app: Flask) -> None:
    """Log every request that is not for a built file."""
    app.before_request(_begin)
    app.after_request(_end)


def where(error: BaseException) -> str:
    """What kind of error and from which lines. Not its text: that may quote what somebody typed."""
    said = f": {error.message}" if isinstance(error, EngineError) else ""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    cause = error.__cause__ or error.__context__
    return f"{type(error).__name__}{said} at {places}" + (f"; because of {where(cause)}" if cause else "")


def _begin() -> None:
    g.arrived = time.perf_counter()


def _end(response: Response) -> Response:
    if request.endpoint in ("static", "health.alive", "health.metrics"):
        return response
    route = request.url_rule.rule if request.url_rule else "none"
    facts = {
        "request": request_id(),
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get("arrived", time.perf_counter())) * 1000, 1),
    }
    if "_login_user" in g and current_user.is_authenticated:
        facts["actor"] = current_user.actor.id
    log.info(" ".join(f"{name}={value}" for name, value in facts.items()), extra={"facts": facts})
    return response
