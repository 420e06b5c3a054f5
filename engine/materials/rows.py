"""The rows of a case's papers: made at acceptance, changed when something is handed in, returned or found false."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from engine import catalog, clocks, ledger, numbers
from engine.catalog import MaterialSpec, Pack
from engine.catalog.limits import Limit
from engine.errors import FieldError, FormInvalid
from engine.forms import SHORTEST_REASON
from engine.materials.bills import claim, mark_bills, used_before
from engine.materials.checklist import (
    ISSUED,
    LACKING,
    USED_BEFORE,
    WRONG_STATE,
    Offer,
    Paper,
    check,
    choices,
    source_of,
    trust_of,
)
from engine.materials.files import counts
from engine.materials.reuse import SERVING, holder_of, offers
from engine.store import Case, Material
from engine.words import EntryKind, MaterialSource, MaterialState
from engine.work import Work

ELSEWHERE = (*ISSUED, MaterialSource.SHARED, MaterialSource.COMMITMENT)
REMARKABLE = (MaterialState.COMMITMENT, MaterialState.TOLERATED, MaterialState.REUSED)


def gathered_for(work: Work, papers: Sequence[Paper], facts: Mapping[str, Any], *, draft_id: str) -> tuple[Paper, ...]:
    """The checklist of a draft with what the rows know: scans, offers of earlier cases, bills that were used.

    A paper said to be taken over from an earlier case is missing again when no case offers it any more.
    """
    scanned = counts(work, draft_id=draft_id)
    offered = offers(work, [paper.spec for paper in papers], facts)
    return tuple(_gathered(work, paper, facts, scanned, offered.get(paper.spec.code), draft_id) for paper in papers)


def _gathered(
    work: Work, paper: Paper, facts: Mapping[str, Any], scanned: Mapping[str, int], offer: Offer | None, draft_id: str
) -> Paper:
    gone = paper.state == MaterialState.REUSED and offer is None
    state = MaterialState.MISSING if gone else paper.state
    used = used_before(work, paper.spec, facts, draft_id=draft_id)
    known = tuple(number if may else "" for number, may in used)
    return replace(paper, state=state, files=scanned.get(paper.spec.code, 0), offer=offer, used=known)


def expected(
    work: Work, case: Case, pack: Pack, items: Sequence[str], facts: Mapping[str, Any], papers: Mapping[str, str]
) -> list[Material]:
    """Rows for a new case. `papers`: a state by code, checked already."""
    specs = catalog.materials_for(pack, items, facts, work.now)
    offered = offers(work, specs, facts)
    rows = []
    for position, spec in enumerate(specs, 1):
        row = Material(position=position, code=spec.code, kind=spec.kind, holder=holder_of(work, spec, facts))
        said = papers.get(spec.code)
        state = MaterialState(said) if said in choices(spec, offered=spec.code in offered) else MaterialState.MISSING
        _set(work, row, spec, state, case.area, offered.get(spec.code))
        rows.append(row)
    return rows


def tell(work: Work, case: Case, pack: Pack, reasons: Mapping[str, str]) -> None:
    """Say in the ledger of a new case what was not simply handed in, and remember its bills."""
    specs = {spec.code: spec for spec in pack.materials}
    for row in case.materials:
        if row.state in REMARKABLE:
            ledger.record(work, case.id, EntryKind.MATERIAL_RECORDED, **_told(row, MaterialState.MISSING))
        _bill(work, case, specs[row.code], reasons.get(row.code, "")) if row.state not in LACKING else None


def standing(row: Material, spec: MaterialSpec, case: Case, now: datetime) -> MaterialState:
    """How a paper stands: as it was recorded, or expired when its time ran out before what needs it was decided.

    Only unexpired papers count (domain.md 2.0.4). No row says so: it is true from a moment on.
    """
    ended = [item.ended_at for item in case.items if item.code in spec.items]
    until = max((moment for moment in ended if moment), default=now) if all(ended) else now
    over = row.expires_at is not None and row.expires_at <= until
    return MaterialState.EXPIRED if over else MaterialState(row.state)


def record(work: Work, case: Case, pack: Pack, item: str, papers: Mapping[str, str]) -> None:
    """Update the states of an item's papers at a supplement; every change is in the ledger.

    Papers other items need alone are not touched. `FormInvalid` for an unknown state or a required paper that is
    missing or expired.
    """
    specs = {spec.code: spec for spec in pack.materials if item in spec.items}
    own = [material for material in case.materials if material.code in specs]
    for material in own:
        state = standing(material, specs[material.code], case, work.now)
        wished = papers.get(material.code, state)
        if wished != state:
            restate(work, case, pack, material.code, wished, papers.get(f"{material.code}.reason", ""))
    _complete(work, case, pack, own)


def restate(work: Work, case: Case, pack: Pack, code: str, state: str, reason: str = "") -> None:
    """One paper of a case is there now, in this way. `FormInvalid` if the pack does not allow that."""
    row = next(m for m in case.materials if m.code == code)
    spec = next(s for s in pack.materials if s.code == code)
    back = (MaterialState.MISSING, MaterialState.TOLERATED)  # nobody makes what was to come come never
    if state not in choices(spec) or (state in back and row.state != state and spec.required):
        raise FormInvalid([FieldError(f"papers.{code}", spec.name, WRONG_STATE)])
    before = MaterialState(row.state)
    _set(work, row, spec, MaterialState(state), case.area, None)
    if state not in LACKING:
        files = counts(work, case_id=case.id).get(code, 0) if spec.commitment else 0
        check([Paper(spec, MaterialState(state), files=files)], pack, case.facts, now=work.now)
        _bill(work, case, spec, reason)
    ledger.record(work, case.id, EntryKind.MATERIAL_RECORDED, **_told(row, before))


def brought(row: Material) -> bool:
    """Whether the applicant had to bring this paper, or still has to (少交材料 counts the others).

    What a department shared or issued, an earlier case had or a commitment replaced was not brought; neither was what
    never came.
    """
    return row.source not in ELSEWHERE and row.state not in (MaterialState.MISSING, MaterialState.REUSED)


def refute(work: Work, case: Case, code: str, reason: str) -> None:
    """A paper or a commitment was found to be false; nothing serves later cases any more."""
    row = next(m for m in case.materials if m.code == code)
    before, row.state, row.trust, row.expires_at = MaterialState(row.state), MaterialState.REFUTED, None, None
    row.recorded_at, row.recorded_by = work.now, work.actor.id
    ledger.record(work, case.id, EntryKind.MATERIAL_RECORDED, **_told(row, before), reason=reason)


def _set(work: Work, row: Material, spec: MaterialSpec, state: MaterialState, area: str, offer: Offer | None) -> None:
    row.state, row.source, row.trust = state, source_of(spec, state), trust_of(spec, state)
    if state != MaterialState.MISSING:
        row.recorded_at, row.recorded_by = work.now, work.actor.id
    row.due_at = row.overdue_at = row.expires_at = None
    if state == MaterialState.TOLERATED and spec.tolerable:
        limit = Limit(spec.tolerable.days, spec.tolerable.unit)
        due = clocks.due(limit, work.now, clocks.calendar(work, area))
        row.due_at = due.moment if due else None
    if state in SERVING and spec.reusable_days:
        row.expires_at = work.now + timedelta(days=spec.reusable_days)
    if state == MaterialState.REUSED and offer:
        row.source, row.trust, row.origin, row.expires_at = offer.source, offer.trust, offer.id, offer.expires_at


def _told(row: Material, before: MaterialState) -> dict[str, Any]:
    told: dict[str, Any] = {"material": row.code, "before": str(before), "after": str(row.state)}
    if row.due_at:
        told["due"] = row.due_at.isoformat()
    return told | ({"from": row.origin} if row.origin and row.state == MaterialState.REUSED else {})


def _bill(work: Work, case: Case, spec: MaterialSpec, reason: str) -> None:
    """The case uses this bill. Whoever uses it at this moment as well waits, and finds us."""
    if not spec.unique:
        return
    claim(work, spec, case.facts, case.id)
    used = used_before(work, spec, case.facts, case_id=case.id)
    if used and len(reason.strip()) < SHORTEST_REASON:
        others = "、".join(numbers.grouped(number) if may else "—" for number, may in used)
        raise FormInvalid([FieldError(f"papers.{spec.code}", spec.name, USED_BEFORE, {"others": others})])
    if used:
        said = {"material": spec.code, "reason": reason.strip(), "others": [number for number, _ in used]}
        ledger.record(work, case.id, EntryKind.MATERIAL_DOUBLED, **said)
    mark_bills(work, spec, case.facts, case.id)


def _complete(work: Work, case: Case, pack: Pack, rows: Iterable[Material]) -> None:
    specs = {spec.code: spec for spec in pack.materials}
    papers = [Paper(specs[row.code], standing(row, specs[row.code], case, work.now)) for row in rows]
    missing = [paper for paper in papers if paper.state in LACKING]
    check(missing, pack, case.facts, now=work.now)
