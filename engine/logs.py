"""The log: as text or JSON. What people typed, names and addresses are never in it."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

from engine.errors import EngineError

TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"


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


def where(error: BaseException) -> str:
    """What kind of error and from which lines. Not its text: that may quote what somebody typed."""
    said = f": {error.message}" if isinstance(error, EngineError) else ""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    cause = error.__cause__ or error.__context__
    return f"{type(error).__name__}{said} at {places}" + (f"; because of {where(cause)}" if cause else "")
