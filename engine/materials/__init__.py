"""Materials 材料: the papers of a case, collected once and used by many items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import catalog, ledger
from engine.catalog import MaterialSpec, Pack
from engine.errors import FieldError, FormInvalid
from engine.store import Case, Material
from engine.words import N_, EntryKind, MaterialState
from engine.work import Work

MISSING_PAPER = N_("This paper is required before the application can be accepted.")
WRONG_STATE = N_("This paper cannot be satisfied in this way.")


@dataclass(frozen=True)
class Paper:
    """One line of the checklist."""

    spec: MaterialSpec
    state: MaterialState


def checklist(
    pack: Pack, items: Sequence[str], facts: Mapping[str, Any], papers: Mapping[str, str], *, now: datetime
) -> tuple[Paper, ...]:
    """The papers these items need, each with the state the window chose so far."""
    specs = catalog.materials_for(pack, items, facts, now)
    return tuple(Paper(spec, _state(spec, papers.get(spec.code))) for spec in specs)


def check(papers: Sequence[Paper]) -> None:
    """`FormInvalid` naming every required paper that is missing."""
    errors = [
        FieldError(f"papers.{paper.spec.code}", paper.spec.name, MISSING_PAPER)
        for paper in papers
        if paper.spec.required and paper.state == MaterialState.MISSING
    ]
    if errors:
        raise FormInvalid(errors)


def expected(
    pack: Pack, items: Sequence[str], facts: Mapping[str, Any], papers: Mapping[str, str], *, now: datetime
) -> list[Material]:
    """Rows for a new case."""
    listed = checklist(pack, items, facts, papers, now=now)
    return [
        Material(position=position, code=paper.spec.code, state=paper.state) for position, paper in enumerate(listed, 1)
    ]


def record(work: Work, case: Case, pack: Pack, item: str, papers: Mapping[str, str]) -> None:
    """Update the states of an item's papers at a supplement; every change is in the ledger.

    Papers other items need alone are not touched. `FormInvalid` for an unknown state or a required paper still missing.
    """
    specs = {spec.code: spec for spec in pack.materials if item in spec.items}
    own = [material for material in case.materials if material.code in specs]
    for material in own:
        chosen = papers.get(material.code, material.state)
        if chosen != MaterialState.MISSING and chosen not in specs[material.code].states:
            raise FormInvalid([FieldError(f"papers.{material.code}", specs[material.code].name, WRONG_STATE)])
        if chosen != material.state:
            told = {"material": material.code, "before": material.state, "after": chosen}
            ledger.record(work, case.id, EntryKind.MATERIAL_RECORDED, **told)
            material.state = chosen
    check([Paper(specs[material.code], MaterialState(material.state)) for material in own])


def _state(spec: MaterialSpec, chosen: str | None) -> MaterialState:
    return MaterialState(chosen) if chosen in spec.states else MaterialState.MISSING
