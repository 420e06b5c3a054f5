"""A time limit, as a value."""

from dataclasses import dataclass

from engine.words import LimitUnit

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
