"""Where the connectors of this installation are: the TOML file `LIANBAN_EXCHANGE` names.

    [connectors."mz.marriage"]
    url = "https://share.example/mz/marriage"
    timeout = 10                                    # seconds for the whole call, 1 to 40
    callback = "P1D"                                # how long to wait after "202 Accepted"; without it 202 is an error
    headers = { Authorization = "Bearer ${MZ_TOKEN}" }

`${NAME}` is taken from the environment, so that no secret stands in a file; a missing one stops the start.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from engine.runtime import tries

USUAL = 10
MOST = 40  # seconds: a call has to be over long before the claim of its job is void
_SECRET = re.compile(r"\$\{(\w+)\}")
_KNOWN = frozenset({"url", "timeout", "callback", "headers"})


@dataclass(frozen=True)
class Office:
    """How one connector is reached. Headers may hold secrets, so nothing prints them."""

    type: str
    url: str
    timeout: float
    callback: timedelta | None
    headers: Mapping[str, str] = field(repr=False)


def read(path: Path | None, environment: Mapping[str, str]) -> dict[str, Office]:
    """The offices by connector; none without a file. ValueError with a sentence for what cannot be used."""
    if path is None:
        return {}
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(f"{path}: {wrong}") from wrong
    tables = document.get("connectors", {})
    if set(document) - {"connectors"} or not isinstance(tables, dict):
        raise ValueError(f'{path}: only tables [connectors."…"] are known')
    return {name: _office(path, name, table, environment) for name, table in tables.items()}


def _office(path: Path, name: str, table: Any, environment: Mapping[str, str]) -> Office:
    where = f"{path}: connectors.{name}"
    if not isinstance(table, dict) or set(table) - _KNOWN:
        raise ValueError(f"{where}: only {', '.join(sorted(_KNOWN))} are known")
    timeout, callback = table.get("timeout", USUAL), table.get("callback", "")
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 1 <= timeout <= MOST:
        raise ValueError(f"{where}: timeout must be 1 to {MOST} seconds")
    span = tries.span(callback) if isinstance(callback, str) and callback else None
    if callback and span is None:
        raise ValueError(f"{where}: callback must be an ISO 8601 duration such as P1D")
    headers = table.get("headers", {})
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise ValueError(f"{where}: headers must be a table of texts")
    filled = {key: _filled(value, where, environment) for key, value in headers.items()}
    return Office(name, _url(where, table.get("url")), float(timeout), span, filled)


def _url(where: str, url: Any) -> str:
    parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError(f"{where}: url must be http:// or https:// without a user name")
    return str(url)


def _filled(text: str, where: str, environment: Mapping[str, str]) -> str:
    missing = [name for name in _SECRET.findall(text) if name not in environment]
    if missing:
        raise ValueError(f"{where}: the environment has no {', '.join(missing)}")
    filled = _SECRET.sub(lambda found: environment[found[1]], text)
    if not filled.isascii() or not filled.isprintable():
        raise ValueError(f"{where}: a header must be plain ASCII")
    return filled
