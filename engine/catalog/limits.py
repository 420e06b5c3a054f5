"""Time limits of stages and promises: read, and compared as far as that can be done without a calendar."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from engine.catalog.limit import DAY, Limit
from engine.catalog.pack import Promise
from engine.words import LimitUnit

__all__ = ["DAY", "EXAMPLES", "Limit", "comparable", "promised", "promised_in", "read"]

EXAMPLES = "2 工作日, 10 自然日, 24 小时"
_WRITTEN = re.compile(rf"(\d{{1,4}})\s*({'|'.join(LimitUnit)})")


def read(text: str) -> Limit | None:
    """A limit as designers write it, `2 工作日`; None for anything else."""
    found = _WRITTEN.fullmatch(text.strip())
    return Limit(int(found[1]), LimitUnit(found[2])) if found else None


def promised(promise: Promise) -> Limit:
    """The limit a promise is at most."""
    return Limit(promise.days, promise.unit)


def promised_in(promise: Promise, facts: Mapping[str, Any], now: datetime) -> Limit:
    """The limit a promise is in a case with these facts: sooner where it presses more."""
    presses = promise.sooner is not None and promise.sooner.when.evaluate(facts, now=now).value is True
    return Limit(promise.sooner.days, promise.unit) if promise.sooner and presses else promised(promise)


def comparable(limits: Iterable[Limit], promise: Limit) -> bool:
    """Whether limits can be held against a promise.

    N calendar days are never more than N working days. The other way round a holiday can make them any number.
    """
    if promise.unit is LimitUnit.WORKING_DAYS:
        return True
    return not any(limit.amount and limit.unit is LimitUnit.WORKING_DAYS for limit in limits)
