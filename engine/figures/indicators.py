"""Indicators 指标: what the platform can count of itself, and the goals of the year it cannot count yet, with why."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func

from engine.figures.counted import Counted, Wish, selected
from engine.figures.term import Term
from engine.words import N_, Word
from engine.work import Work

FILE = Path("workflows") / "indicators.toml"
C = Counted


class Missing(Word):
    """Why an indicator has no value."""

    MANUAL = "manual", N_("It is reported by hand; there is no place to enter it yet.")
    PACK = "pack", N_("The one-thing whose cases would tell it is not built yet.")
    REGISTER = "register", N_("There is no register of these yet.")
    INCOME = "income", N_("No case states the yearly income after aid in a way that can be added up.")
    OUTSIDE = "outside", N_("What is handled separately is not in this system, so there is nothing to compare with.")
    EACH = "each", N_("It is worked out on the page of each case and not added up yet.")
    RATING = "rating", N_("Applicants cannot rate yet.")


@dataclass(frozen=True)
class Indicator:
    """A part of a whole, or a number if there is no `of`; or `why` it has no value. `name`, `meaning`: message ids."""

    code: str
    name: str
    meaning: str
    part: tuple[Counted, ...] = ()
    of: tuple[Counted, ...] = ()
    why: Missing | None = None


@dataclass(frozen=True)
class Measured:
    """An indicator with what was counted: `part` and `whole` are None where it has no value."""

    indicator: Indicator
    part: int | None
    whole: int | None

    @property
    def rate(self) -> float | None:
        """The part of the whole, from 0 to 1; None where there is no whole, or it is nothing."""
        return self.part / self.whole if self.part is not None and self.whole else None


@dataclass(frozen=True)
class Goal:
    """A goal of the year as the office wrote it down: Chinese and English name, at least `target` by a day."""

    code: str
    name: str
    en: str
    target: int
    unit: str
    due: date
    why: Missing


PLATFORM = (
    Indicator("P01", N_("Cases accepted"), N_("Applications accepted in the period."), (C.CASES_ACCEPTED,)),
    Indicator(
        "P02",
        N_("Cases of several departments"),
        N_("Of the cases accepted in the period, those with items of two departments or more."),
        (C.CASES_JOINT,),
        (C.CASES_ACCEPTED,),
    ),
    Indicator(
        "P03",
        N_("Joint-handling rate"),
        N_("Of all who could, those who applied jointly (联办率)."),
        why=Missing.OUTSIDE,
    ),
    Indicator(
        "P04",
        N_("On-time rate"),
        N_("Of the items decided in the period that had a limit, those decided before it ran out."),
        (C.ITEMS_IN_TIME,),
        (C.ITEMS_IN_TIME, C.ITEMS_TOO_LATE),
    ),
    Indicator(
        "P05",
        N_("Supplement rate"),
        N_("Of the cases accepted in the period, those in which something more was asked for."),
        (C.CASES_SUPPLEMENTED,),
        (C.CASES_ACCEPTED,),
    ),
    Indicator(
        "P06",
        N_("Refusal rate"),
        N_("Of the items decided in the period, those refused or not accepted."),
        (C.ITEMS_REFUSED,),
        (C.ITEMS_DECIDED,),
    ),
    Indicator(
        "P07",
        N_("Extension rate"),
        N_("Of the items decided in the period, those that were granted more time."),
        (C.ITEMS_EXTENDED,),
        (C.ITEMS_DECIDED,),
    ),
    Indicator(
        "P08", N_("One-visit rate"), N_("Of finished cases, those for which one visit was enough."), why=Missing.EACH
    ),
    Indicator("P09", N_("Four reductions"), N_("Steps, papers, time and visits less than apart."), why=Missing.EACH),
    Indicator("P10", N_("Satisfaction"), N_("Of the ratings given, the good ones (好差评)."), why=Missing.RATING),
)


def measured(work: Work, term: Term) -> tuple[Measured, ...]:
    """The indicators of the platform, in the areas the actor oversees; each count is one statement."""
    asked = {what for each in PLATFORM for what in (*each.part, *each.of)}
    counts = {what: selected(work, Wish(what, term)).with_only_columns(func.count()) for what in asked}
    found = {what: work.session.scalar(wanted) or 0 for what, wanted in counts.items()}

    def total(several: tuple[Counted, ...]) -> int | None:
        return sum(found[what] for what in several) if several else None

    return tuple(Measured(each, total(each.part), total(each.of)) for each in PLATFORM)


def goals(root: Path) -> tuple[Goal, ...]:
    """The goals in `workflows/indicators.toml` of this content; none without the file."""
    if not (root / FILE).is_file():
        return ()
    rows = tomllib.loads((root / FILE).read_text("utf-8"))["indicators"]
    return tuple(Goal(**{**row, "why": Missing(row["why"])}) for row in rows)
