"""Time limits of stages and promises: read, and compared as far as that can be done without a calendar."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.catalog.pack import Promise
from engine.words import LimitUnit

EXAMPLES = "2 工作日, 10 自然日, 24 小时"
DAY = 24  # hours: 24 小时 are 1 自然日
_WRITTEN = re.compile(rf"(\d{{1,4}})\s*({'|'.join(LimitUnit)})")


@dataclass(frozen=True)
class Limit:
    """A whole number of a unit; 0 means on the spot."""

    amount: int
    unit: LimitUnit

    @property
    def hours(self) -> int:
        """What it counts at most: an hour as one, a day of either kind as 24."""
        return self.amount if self.unit is LimitUnit.HOURS else self.amount * DAY


def read(text: str) -> Limit | None:
    """A limit as designers write it, `2 工作日`; None for anything else."""
    found = _WRITTEN.fullmatch(text.strip())
    return Limit(int(found[1]), LimitUnit(found[2])) if found else None


def promised(promise: Promise) -> Limit:
    """The limit a promise is."""
    return Limit(promise.days, promise.unit)


def comparable(limits: Iterable[Limit], promise: Limit) -> bool:
    """Whether limits can be held against a promise.

    N calendar days are never more than N working days. The other way round a holiday can make them any number.
    """
    if promise.unit is LimitUnit.WORKING_DAYS:
        return True
    return not any(limit.amount and limit.unit is LimitUnit.WORKING_DAYS for limit in limits)
