"""The checklist of a case being accepted: which papers, how each may be satisfied, what is wrong. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import catalog, numbers
from engine.catalog import MaterialSpec, Pack
from engine.errors import FieldError, FormInvalid
from engine.forms import SHORTEST_REASON
from engine.words import N_, MaterialSource, MaterialState, Trust

MISSING_PAPER = N_("This paper is required before the application can be accepted.")
WRONG_STATE = N_("This paper cannot be satisfied in this way.")
BY_PROXY = N_("Only the applicant in person may sign a commitment; a proxy has to bring the paper.")
UNSIGNED = N_("Let the applicant sign the commitment, and add the scan of what was signed.")
USED_BEFORE = N_("This bill was used before: {others}. Give the reason why it counts again.")
LACKING = frozenset({MaterialState.MISSING, MaterialState.EXPIRED, MaterialState.RETURNED, MaterialState.REFUTED})
BELIEVED = {
    MaterialState.ORIGINAL: Trust.B,
    MaterialState.COPY: Trust.C,
    MaterialState.SHARED: Trust.A,
    MaterialState.COMMITMENT: Trust.D,
}
ISSUED = (MaterialSource.LICENCE, MaterialSource.SYSTEM, MaterialSource.INTERNAL)


@dataclass(frozen=True)
class Offer:
    """A paper of an earlier case that may serve again: what it was, when it was recorded, until when it serves."""

    id: str
    number: str
    state: MaterialState
    source: MaterialSource
    trust: Trust
    recorded_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Paper:
    """One line of the checklist.

    `files` is how many scans it has, `used` the other cases that used this bill (empty texts: not ours to know),
    `reason` why it counts again.
    """

    spec: MaterialSpec
    state: MaterialState
    files: int = 0
    offer: Offer | None = None
    used: tuple[str, ...] = ()
    reason: str = ""


def checklist(
    pack: Pack, items: Sequence[str], facts: Mapping[str, Any], papers: Mapping[str, str], *, now: datetime
) -> tuple[Paper, ...]:
    """The papers these items need, each with the state the window chose so far."""
    specs = catalog.materials_for(pack, items, facts, now)
    return tuple(
        Paper(spec, chosen(spec, papers.get(spec.code)), reason=_reason(papers.get(f"{spec.code}.reason")))
        for spec in specs
    )


def choices(spec: MaterialSpec, *, offered: bool = False) -> tuple[MaterialState, ...]:
    """How a paper may stand: first missing, then the ways to satisfy it."""
    more = ((MaterialState.TOLERATED,) if spec.tolerable else ()) + ((MaterialState.REUSED,) if offered else ())
    return (MaterialState.MISSING, *(MaterialState(state) for state in spec.states), *more)


def chosen(spec: MaterialSpec, said: object) -> MaterialState:
    """What was chosen, as far as it can be chosen at all; else missing."""
    return MaterialState(str(said)) if said in choices(spec, offered=True) else MaterialState.MISSING


def trust_of(spec: MaterialSpec, state: MaterialState) -> Trust | None:
    """How far the paper is believed: as its state says, and never more than the pack says of it."""
    by_state = Trust.A if state == MaterialState.ORIGINAL and spec.source in ISSUED else BELIEVED.get(state)
    return max(by_state, spec.trust) if by_state else None


def source_of(spec: MaterialSpec, state: MaterialState) -> MaterialSource:
    """Where the paper came from. What was to be shared and was brought all the same came from the applicant."""
    if state in (MaterialState.SHARED, MaterialState.COMMITMENT):
        return MaterialSource(state)
    return MaterialSource.APPLICANT if spec.source == MaterialSource.SHARED else spec.source


def check(papers: Sequence[Paper], pack: Pack, facts: Mapping[str, Any], *, now: datetime) -> None:
    """`FormInvalid` naming every paper that is required and missing, not rightly committed to, or used before."""
    found = ((paper, _wrong(paper, pack, facts, now)) for paper in papers)
    errors = [FieldError(f"papers.{p.spec.code}", p.spec.name, wrong, _told(p)) for p, wrong in found if wrong]
    if errors:
        raise FormInvalid(errors)


def _wrong(paper: Paper, pack: Pack, facts: Mapping[str, Any], now: datetime) -> str:
    if paper.state in LACKING:
        return MISSING_PAPER if paper.spec.required else ""
    signed = paper.spec.commitment if paper.state == MaterialState.COMMITMENT else None
    if signed and catalog.true_of(pack, signed.proxy, facts, now):
        return BY_PROXY
    if signed and not paper.files:
        return UNSIGNED
    return USED_BEFORE if paper.used and len(paper.reason) < SHORTEST_REASON else ""


def _told(paper: Paper) -> dict[str, object]:
    return {"others": "、".join(numbers.grouped(number) if number else "—" for number in paper.used)}


def _reason(said: object) -> str:
    text = said.strip() if isinstance(said, str) else ""
    return text[:200] if text.isprintable() else ""
