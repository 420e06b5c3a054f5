"""What the single matters take when they are done apart, and how often one comes for all of them: the base of 四减."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Apart:
    """What an item takes if it is done on its own (单独办理), and who says so; None is not stated, never nothing.

    How long the law allows is the item's own `legal`.
    """

    steps: int | None
    papers: int | None
    visits: int | None
    source: str


@dataclass(frozen=True)
class Visits:
    """How often somebody has to come at most when everything is done together (跑动次数), and who says so."""

    most: int
    source: str
