"""What a number counts. An amount is never a binary fraction: it is a `Decimal` from the page to the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.words import N_


@dataclass(frozen=True)
class Measure:
    """What a number counts: its bounds and decimals unless the form is stricter, and its unit."""

    least: int
    most: int | None
    decimals: int
    unit: str = ""


MEASURES: Mapping[str, Measure] = {
    "money": Measure(0, None, 2, N_("yuan")),
    "count": Measure(0, None, 0),
    "percent": Measure(0, 100, 2, "%"),
}
