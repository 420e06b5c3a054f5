"""The situation guide 情形引导: which items and papers the answers call for, and why (domain.md 0.1 and 3.3).

A pack says it in one of two ways, and both are read as rows of the same kind: a decision table that collects rows
`item` or `material`, `reason`, and if wanted `need`; or `when` and `reason` beside the item or the paper itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from engine import feel, forms
from engine.catalog import rules
from engine.catalog.pack import ItemSpec, MaterialSpec, Pack
from engine.errors import FieldError, PackInvalid
from engine.runtime import Decided
from engine.words import CITY, N_, Need

ITEM, MATERIAL, REASON, NEED = "item", "material", "reason", "need"  # the columns of a guide's table
# Of several rows about one item the strongest counts: what must not be done is not done, whatever else is said.
STRONGEST = (Need.NOT_APPLICABLE, Need.REQUIRED, Need.CHOSEN, Need.OFFERED)
MUST_STAY = N_("{label} is always part of it and cannot be left out.")
NOTHING: Mapping[str, bool] = {}


class Row(NamedTuple):
    """One reason for an item or a paper."""

    code: str
    need: Need
    reason: str


@dataclass(frozen=True)
class Guided:
    """An item for one applicant: how it stands, why, and whether it becomes part of the case."""

    spec: ItemSpec
    need: Need
    reasons: tuple[str, ...]
    included: bool


@dataclass(frozen=True)
class Reasons:
    """Why each item and each paper is part of a case, by code."""

    items: Mapping[str, tuple[str, ...]]
    papers: Mapping[str, tuple[str, ...]]


def guided(
    pack: Pack, answers: Mapping[str, Any], now: datetime, chosen: Mapping[str, bool] = NOTHING
) -> tuple[Guided, ...]:
    """Every item of the pack under these (clean, nested) situation answers, in the order of the pack.

    `chosen` says what was ticked or unticked of the items that are offered; what must or cannot be is not asked.
    """
    rows = [*_decided(pack, pack.guide.items, ITEM, answers, now), *_own(pack, pack.items, answers, now)]
    found = (_guided(spec, [row for row in rows if row.code == spec.code], chosen) for spec in pack.items)
    return tuple(_here(one, pack.away.get(one.spec.code, "")) for one in found)


def applicable(
    pack: Pack, answers: Mapping[str, Any], now: datetime, chosen: Mapping[str, bool] = NOTHING
) -> tuple[str, ...]:
    """Codes of the items that become part of the case, in the order of the pack.

    An item that comes after one which is not called for is still called for: `depends` orders, the guide decides.
    """
    return tuple(one.spec.code for one in guided(pack, answers, now, chosen) if one.included)


def unticked(items: Collection[Guided], chosen: Mapping[str, bool]) -> list[FieldError]:
    """What is wrong with a choice: an item that must be part of it was unticked."""
    missed = [one.spec for one in items if one.need is Need.REQUIRED and chosen.get(one.spec.code) is False]
    return [FieldError(f"items.{spec.code}", spec.name, MUST_STAY) for spec in missed]


def offered(items: Collection[Guided], chosen: Mapping[str, bool]) -> dict[str, bool]:
    """What of a choice is worth keeping: of the items that are offered now."""
    open_ = {one.spec.code for one in items if one.need in (Need.CHOSEN, Need.OFFERED)}
    return {code: taken for code, taken in chosen.items() if code in open_}


def papers(
    pack: Pack, codes: Collection[str], facts: Mapping[str, Any], now: datetime
) -> tuple[tuple[MaterialSpec, tuple[str, ...]], ...]:
    """The papers these items need in this case, each with its reasons, in the order of the pack."""
    rows = [*_decided(pack, pack.guide.materials, MATERIAL, facts, now), *_own(pack, pack.materials, facts, now)]
    needed = [spec for spec in pack.materials if set(spec.items) & set(codes)]
    found = ((spec, [row.reason for row in rows if row.code == spec.code]) for spec in needed)
    return tuple((spec, _told(reasons)) for spec, reasons in found if reasons)


def decisions(pack: Pack, answers: Mapping[str, Any], facts: Mapping[str, Any], now: datetime) -> tuple[Decided, ...]:
    """The decisions of the guide as the ledger keeps them: inputs, rules, value. Without one, nothing."""
    asked = [(pack.guide.items, answers), (pack.guide.materials, facts)]
    return tuple(_decision(pack, name, known, now) for name, known in asked if name)


def reasons(pack: Pack, said: Mapping[str, Collection[Mapping[str, Any]]]) -> Reasons:
    """Why the items and papers of a case are part of it. `said`: what the guide's decisions gave then, rows by name.

    What has a condition of its own and is there met it: nothing is asked again.
    """
    items = [*_rows(said.get(pack.guide.items, ()), ITEM), *_met(pack.items)]
    materials = [*_rows(said.get(pack.guide.materials, ()), MATERIAL), *_met(pack.materials)]
    why = {spec.code: _guided(spec, [row for row in items if row.code == spec.code], NOTHING) for spec in pack.items}
    return Reasons(
        {code: one.reasons for code, one in why.items()},
        {spec.code: _told(row.reason for row in materials if row.code == spec.code) for spec in pack.materials},
    )


def reads(pack: Pack, specs: Collection[ItemSpec | MaterialSpec]) -> frozenset[str]:
    """Names that decide about these items or papers: of their conditions, else the inputs of the guide's decision."""
    found: set[str] = set()
    for spec in specs:
        name = pack.guide.items if isinstance(spec, ItemSpec) else pack.guide.materials
        found |= spec.when.names if spec.when else pack.guide.models[name].inputs.keys()
    return frozenset(found)


def true_of(pack: Pack, condition: feel.Expression, facts: Mapping[str, Any], now: datetime) -> bool:
    """Whether a condition of the pack holds: true and nothing else counts."""
    try:
        return condition.evaluate(facts, now=now).value is True
    except feel.FeelError as error:
        raise _broken(pack, error.zh, error.en, cure_zh=error.cure_zh, cure_en=error.cure_en) from None


def _guided(spec: ItemSpec, rows: Collection[Row], chosen: Mapping[str, bool]) -> Guided:
    need = next((need for need in STRONGEST if any(row.need is need for row in rows)), Need.NOT_APPLICABLE)
    reasons = _told(row.reason for row in rows if row.need is need)
    ticked = chosen.get(spec.code, need is Need.CHOSEN) and need in (Need.CHOSEN, Need.OFFERED)
    return Guided(spec, need, reasons, need is Need.REQUIRED or ticked)


def _here(one: Guided, away: str) -> Guided:
    """What is called for, but not handled in this area; then that is the reason people read."""
    called_for = one.need is not Need.NOT_APPLICABLE
    return Guided(one.spec, Need.NOT_HERE, (away,), included=False) if away and called_for else one


def _own(
    pack: Pack, specs: Collection[ItemSpec | MaterialSpec], facts: Mapping[str, Any], now: datetime
) -> Iterator[Row]:
    """What items and papers say themselves: a guide of one rule."""
    for spec in specs:
        if spec.when is not None and true_of(pack, spec.when, facts, now):
            yield from _met([spec])


def _met(specs: Collection[ItemSpec | MaterialSpec]) -> Iterator[Row]:
    """The rows of those with a condition, which holds."""
    for spec in specs:
        if spec.when is not None:
            yield Row(spec.code, spec.need if isinstance(spec, ItemSpec) else Need.REQUIRED, spec.reason)


def _decided(pack: Pack, name: str, column: str, facts: Mapping[str, Any], now: datetime) -> Iterator[Row]:
    yield from _rows(_decision(pack, name, facts, now).value if name else (), column)


def _rows(said: Iterable[Mapping[str, Any]], column: str) -> Iterator[Row]:
    for row in said:
        yield Row(row[column], Need(row.get(NEED) or Need.REQUIRED), row[REASON])


def _told(reasons: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(filter(None, reasons)))


def _decision(pack: Pack, name: str, facts: Mapping[str, Any], now: datetime) -> Decided:
    """One decision of the guide. Questions that were not asked are null, as a table says with `-` or `null`.

    Raises PackInvalid when it cannot be made: nobody may be told that nothing is needed because a table failed.
    """
    day = now.astimezone(CITY).date()
    asked = forms.nest(dict.fromkeys(pack.situation.keys))
    known = {**forms.overlay(asked, facts), "parameters": pack.parameters_on(day)}
    try:
        made = pack.guide.models[name].decide(name, known, now=now)
        value, inputs = feel.from_feel(made.value), feel.from_feel(dict(made.inputs))
    except feel.FeelError as error:
        raise _broken(pack, error.zh, error.en) from None
    for warning in made.warnings:
        if warning.error:
            raise _broken(pack, warning.zh, warning.en)
    return Decided("", name, inputs, tuple(made.matched), value or [])


def _broken(pack: Pack, zh: str, en: str, cure_zh: str = "", cure_en: str = "") -> PackInvalid:
    said = {"zh": zh, "en": en, "cure_zh": cure_zh, "cure_en": cure_en}
    return PackInvalid([rules.finding(f"workflows/{pack.code}/pack.toml", 0, "feel-syntax", **said)])
