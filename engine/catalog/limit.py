"""Time limits, what is promised and whom they tell, as values."""

from dataclasses import dataclass

from engine import feel
from engine.words import LimitUnit, Post

DAY = 24  # hours: 24 小时 are 1 自然日


@dataclass(frozen=True)
class Limit:
    """A whole number of a unit; 0 means on the spot."""

    amount: int
    unit: LimitUnit

    @property
    def hours(self) -> int:
        """What it counts at most: an hour as one, a day of either kind as 24."""
        return self.amount if self.unit is LimitUnit.HOURS else self.amount * DAY


@dataclass(frozen=True)
class Sooner:
    """In a case where `when` is true over the situation, fewer `days` hold, in the unit of the promise."""

    days: int
    when: feel.Expression


@dataclass(frozen=True)
class Promise:
    """How long an item or a case takes, as promised to the applicant, and who says so. `days` are counted in `unit`.

    The same says how long the law allows, and by how much an approver may extend it. Nothing stops a clock that is not
    `pausable`: an emergency runs on while papers are missing. Where it presses more, it is `sooner`.
    """

    days: int
    unit: LimitUnit
    text: str
    source: str
    pausable: bool = True
    sooner: Sooner | None = None


@dataclass(frozen=True)
class EscalationStep:
    """Whom a clock tells that time is running out: at `percent` of the limit, or so long `after` all of it.

    With `slip` the department gets a supervision slip (督办单) it has to answer.
    """

    percent: int
    after: Limit | None
    to: tuple[Post, ...]
    slip: bool = False
