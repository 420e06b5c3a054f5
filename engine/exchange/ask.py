"""A job becomes a question, and what comes back becomes one of five kinds of answer."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import urllib3

from engine.catalog.connectors import ALWAYS, fields_of
from engine.exchange.breaker import Breaker
from engine.exchange.config import Office
from engine.exchange.http import Heard, Unreachable, post
from engine.jobs import Answer, Errand, Failure, Later, Reply
from engine.words import Answered, JobState

LONGEST = 2000  # characters of one value
UNAVAILABLE = ("对方系统暂时无法使用（{why}）。", "The other system is not available now ({why}).")
DENIED = ("对方系统拒绝了查询，请检查授权。", "The other system denied the question; check the authorisation.")
STRANGE = ("对方系统的答复不是约定的格式（{why}）。", "The other system answered in no agreed form ({why}).")
UNKNOWN = ("本系统没有配置接口“{why}”。", "No connector named {why} is configured here.")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What came of a question, and what the log says of it: `outcome` is a kind, or `later`; `took` milliseconds."""

    errand: Errand
    reply: Reply
    at: datetime
    took: int
    outcome: str
    detail: str


@dataclass
class Exchange:
    """The connectors of this process, with their connections and breakers."""

    offices: Mapping[str, Office]
    _pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(num_pools=50, maxsize=8))
    _breakers: dict[str, Breaker] = field(default_factory=dict)

    def ask(self, errand: Errand, within: float | None = None) -> Asked:
        """Ask what the job asks, outside any transaction; not longer than `within` seconds while somebody waits."""
        at, begun = datetime.now(UTC), time.monotonic()
        reply, outcome, detail = self._reply(errand, at, within)
        took = int((time.monotonic() - begun) * 1000)
        log.info("asked %s for job %s attempt %s: %s in %s ms", errand.type, errand.id, errand.attempt, outcome, took)
        return Asked(errand, reply, at, took, outcome, detail)

    def held_back(self) -> tuple[str, ...]:
        """Connectors whose department does not answer, so that questions are held back for a while."""
        return tuple(sorted(name for name, breaker in self._breakers.items() if breaker.open))

    def _reply(self, errand: Errand, at: datetime, within: float | None) -> tuple[Reply, str, str]:
        office = self.offices.get(errand.type)
        if office is None:
            return _failure(UNKNOWN, errand.type), Answered.DENIED, "not configured"
        if errand.lost == JobState.ASKED:
            return _unavailable(errand, "no callback")
        if within is not None:
            office = replace(office, timeout=min(office.timeout, within))
        breaker = self._breakers.setdefault(office.type, Breaker())
        if not breaker.allows():
            return _unavailable(errand, "held back")
        try:
            heard = post(self._pool, office, _question(errand), {"Idempotency-Key": errand.id})
        except Unreachable as silence:
            breaker.heard(answered=False)
            return _unavailable(errand, str(silence))
        breaker.heard(answered=True)
        return _understood(errand, office, heard, at)


def understood(errand: Errand, body: Mapping[str, Any] | None) -> tuple[Reply, str, str]:
    """The reply, its kind and a remark, from a body that came at once or with a callback."""
    kind = body.get("kind") if body else None
    if body is None or kind not in list(Answered):
        return _failure(STRANGE, "kind"), Answered.UNAVAILABLE, "no agreed form"
    if kind == Answered.UNAVAILABLE:
        return _unavailable(errand, "said so")
    if kind == Answered.DENIED:
        return _failure(DENIED, ""), Answered.DENIED, "said so"
    data, as_of = body.get("data") or {}, body.get("as_of")
    result = _result(errand, str(kind), as_of, data)
    if result is None:
        return _failure(STRANGE, "data"), Answered.UNAVAILABLE, "no agreed form"
    return Answer(result), str(kind), ""


def _understood(errand: Errand, office: Office, heard: Heard, at: datetime) -> tuple[Reply, str, str]:
    if heard.status in (401, 403):
        return _failure(DENIED, ""), Answered.DENIED, f"HTTP {heard.status}"
    if heard.status == 202 and office.callback:
        return Later(at + office.callback), "later", "HTTP 202"
    if heard.status != 200:
        return _failure(STRANGE, f"HTTP {heard.status}"), Answered.UNAVAILABLE, f"HTTP {heard.status}"
    return understood(errand, heard.body)


def _question(errand: Errand) -> dict[str, Any]:
    """What goes out: the inputs the drawing maps, for which case, why, and by which law (domain.md 2.0.3)."""
    return {
        "request_id": f"{errand.id}-{errand.attempt}",
        "job": errand.id,
        "case": errand.number,
        "purpose": errand.headers.get("purpose", ""),
        "basis": errand.headers.get("basis", ""),
        "question": dict(errand.inputs),
    }


def _result(errand: Errand, kind: str, as_of: Any, data: Any) -> dict[str, Any] | None:
    """What the case is given: the kind and the fields it wants, every one of them, null where nothing was said.

    Nothing else of the answer is kept. None if a value is no plain one.
    """
    if not isinstance(data, Mapping):
        return None
    said = {name: data.get(name) for name in fields_of(errand.headers)}
    if not all(_plain(value) for value in (as_of, *said.values())):
        return None
    values = dict(zip(ALWAYS, (kind, as_of), strict=True)) | said
    return {errand.headers.get("resultVariable") or "result": values}


def _plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST and all(c.isprintable() or c in "\n\t" for c in value)
    return value is None or isinstance(value, bool | int) or (isinstance(value, Decimal) and value.is_finite())


def _unavailable(errand: Errand, why: str) -> tuple[Reply, str, str]:
    last = _result(errand, Answered.UNAVAILABLE, None, {})
    zh, en = (text.format(why=why) for text in UNAVAILABLE)
    return Failure(zh, en, last=last), Answered.UNAVAILABLE, why[:200]


def _failure(said: tuple[str, str], why: str) -> Failure:
    zh, en = (text.format(why=why) for text in said)
    return Failure(zh, en, again=False)
