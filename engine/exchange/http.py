"""One call: JSON out, JSON back, within a time and a size. Redirects are not followed and proxies not asked."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import urllib3

from engine.exchange.config import Office
from engine.store.columns import dumps, loads

LARGEST = 1_000_000  # bytes of an answer
CONNECT = 5.0  # seconds


class Unreachable(Exception):
    """Nobody answered in time, or only that they cannot now; the words name no personal data."""


@dataclass(frozen=True)
class Heard:
    """What came back; `body` is None where it was no JSON object or too large."""

    status: int
    body: dict[str, Any] | None


def post(pool: urllib3.PoolManager, office: Office, body: Mapping[str, Any], headers: Mapping[str, str]) -> Heard:
    """Ask once. `Unreachable` after the office's timeout, without a connection, and for 408, 425, 429 and 5xx."""
    end = time.monotonic() + office.timeout
    try:
        response = pool.request(
            "POST",
            office.url,
            body=dumps(dict(body)).encode(),
            headers={**office.headers, **headers, "Content-Type": "application/json", "Accept": "application/json"},
            timeout=urllib3.Timeout(connect=min(CONNECT, office.timeout), read=office.timeout),
            retries=False,
            redirect=False,
            preload_content=False,
        )
        content = _content(response, end)
    except urllib3.exceptions.HTTPError as lost:
        raise Unreachable(type(lost).__name__) from lost
    if response.status in (408, 425, 429) or response.status >= 500:
        raise Unreachable(f"HTTP {response.status}")
    return Heard(response.status, _document(content))


def _content(response: urllib3.BaseHTTPResponse, end: float) -> bytes | None:
    """The body; None if it is too large. A peer that sends a byte a second does not keep us for ever."""
    content = b""
    try:
        while True:
            if time.monotonic() > end:
                raise Unreachable("too slow")
            part = response.read1(65536)
            content += part
            if len(content) > LARGEST:
                return None
            if not part:
                return content
    finally:
        if response.closed:
            response.release_conn()
        else:
            response.close()


def _document(content: bytes | None) -> dict[str, Any] | None:
    try:
        found = loads(content) if content else None
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
