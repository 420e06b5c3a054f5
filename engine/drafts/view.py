"""A draft as its clerk sees it: questions, items and departments, one form, the checklist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import catalog, forms, identity, materials, releases
from engine.catalog import ItemSpec, Pack
from engine.drafts.held import seen
from engine.errors import FormInvalid
from engine.forms import Form
from engine.identity import DepartmentInfo, RegionInfo
from engine.materials import Paper
from engine.releases import Published
from engine.store import Draft
from engine.work import Work


@dataclass(frozen=True)
class DraftLine:
    """One row of "my drafts"; `people` is what was typed as applicants so far, masked."""

    id: str
    pack: Pack
    people: str
    saved_at: datetime
    received: bool = False


@dataclass(frozen=True)
class DraftView:
    """Everything the intake pages show. `form` is None until the situation questions are answered."""

    id: str
    pack: Pack
    release_number: int
    window: DepartmentInfo
    areas: tuple[RegionInfo, ...]
    area: str | None
    situation: Mapping[str, Any]
    situation_shown: frozenset[str]
    items: tuple[tuple[ItemSpec, DepartmentInfo], ...]
    form: Form | None
    values: Mapping[str, Any]
    shown: frozenset[str]
    papers: tuple[Paper, ...]
    saved_at: datetime
    revision: int
    case_id: str | None
    received_at: datetime | None = None
    refused_at: datetime | None = None


def mine(work: Work) -> tuple[DraftLine, ...]:
    """The actor's own drafts that were not accepted yet, the last saved first."""
    rows = work.session.scalars(
        select(Draft)
        .where(Draft.user_id == work.actor.id, Draft.case_id.is_(None), Draft.refused_at.is_(None))
        .order_by(Draft.saved_at.desc())
    )
    return tuple(_line(work, draft) for draft in rows)


def view(work: Work, draft_id: str) -> DraftView:
    """The draft as it was stored."""
    draft = seen(work, draft_id)
    return _view(work, draft, releases.numbered(work, draft.release_hash), draft.situation, draft.area)


def preview(work: Work, draft_id: str, situation: Mapping[str, Any], area: str) -> DraftView:
    """The draft as it would be with these answers, under the release in force today; stores nothing."""
    draft = seen(work, draft_id)
    areas = {region.code for region in identity.areas(work, draft.window_id)}
    return _view(work, draft, releases.current(work, draft.pack), situation, area if area in areas else None)


def _view(work: Work, draft: Draft, release: Published, situation: Mapping[str, Any], area: str | None) -> DraftView:
    pack = release.pack
    chosen = clean_situation(work, pack, situation)
    codes = catalog.applicable(pack, chosen, work.now) if chosen is not None and area else ()
    form = catalog.application(pack, codes) if codes else None
    values = forms.derive(form, draft.answers) if form else {}
    shown = forms.visible(form, values, chosen or {}, work.now) if form else frozenset()
    facts = {**(chosen or {}), **forms.so_far(form, values, chosen or {}, work.now)} if form else {}
    return DraftView(
        id=draft.id,
        pack=pack,
        release_number=release.number,
        window=identity.departments(work, {draft.window_id})[draft.window_id],
        areas=identity.areas(work, draft.window_id),
        area=area,
        situation=situation,
        situation_shown=forms.visible(pack.situation, situation, {}, work.now),
        items=served(work, pack, codes, area),
        form=form,
        values=values,
        shown=shown,
        papers=materials.checklist(pack, codes, facts, draft.papers, now=work.now) if form else (),
        saved_at=draft.saved_at,
        revision=draft.revision,
        case_id=draft.case_id,
        received_at=draft.received_at,
        refused_at=draft.refused_at,
    )


def clean_situation(work: Work, pack: Pack, raw: Mapping[str, Any]) -> dict[str, Any] | None:
    """The situation's clean answers, or None while they are incomplete."""
    try:
        return forms.check(pack.situation, raw, now=work.now)
    except FormInvalid:
        return None


def served(
    work: Work, pack: Pack, codes: Sequence[str], area: str | None
) -> tuple[tuple[ItemSpec, DepartmentInfo], ...]:
    """These items with the departments that serve the area; `NoDepartment` if one has none. Nothing without an area."""
    if area is None:
        return ()
    found = []
    for spec in (i for i in pack.items if i.code in codes):
        lane = pack.lanes[spec.lane]
        found.append((spec, identity.serving(work, lane.kind, lane.level, area)))
    return tuple(found)


def _line(work: Work, draft: Draft) -> DraftLine:
    pack = releases.load(work, draft.release_hash)
    typed = (draft.answers.get(key) for key in pack.applicant)
    # What is typed so far need not be a name: something nobody can print is not shown, not even its first character.
    names = (t.strip() for t in typed if isinstance(t, str) and t.strip().isprintable())
    people = "、".join(forms.mask("name", name) for name in names if name)
    return DraftLine(draft.id, pack, people, draft.saved_at, bool(draft.receipt))
