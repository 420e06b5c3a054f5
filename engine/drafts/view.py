"""A draft as its clerk sees it: questions, items and departments, one form, the checklist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import cases, catalog, forms, identity, materials, releases
from engine.cases import Duplicate
from engine.catalog import Pack, Remark
from engine.drafts.guide import Guide, guide, served
from engine.drafts.held import accepted_on, seen
from engine.drafts.sources import Heard, Source, heard, sources
from engine.errors import FieldError, FormInvalid
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
    """Everything the intake pages show. `form` is None until the situation questions are answered.

    `answers` are what of situation and form can be taken already, nested. `duplicates` are cases that look the same,
    each with the reason to go on all the same (empty while nobody has given one).
    """

    id: str
    pack: Pack
    release_number: int
    window: DepartmentInfo
    areas: tuple[RegionInfo, ...]
    area: str | None
    situation: Mapping[str, Any]
    situation_shown: frozenset[str]
    guide: Guide
    form: Form | None
    values: Mapping[str, Any]
    answers: Mapping[str, Any]
    shown: frozenset[str]
    papers: tuple[Paper, ...]
    remarks: tuple[Remark, ...]
    sources: Mapping[str, Source]
    heard: Mapping[str, tuple[Heard, ...]]
    saved_at: datetime
    revision: int
    case_id: str | None
    duplicates: tuple[tuple[Duplicate, str], ...]
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
    return _view(work, draft, releases.numbered(work, draft.release_hash), draft.situation, draft.area, draft.choices)


def preview(
    work: Work, draft_id: str, situation: Mapping[str, Any], area: str, chosen: Mapping[str, bool] | None = None
) -> DraftView:
    """The draft as it would be with these answers, under the release in force today; stores nothing."""
    draft = seen(work, draft_id)
    areas = {region.code for region in identity.areas(work, draft.window_id)}
    release = releases.current(work, draft.pack)
    return _view(work, draft, release, situation, area if area in areas else None, chosen or {})


def _view(
    work: Work, draft: Draft, release: Published, situation: Mapping[str, Any], area: str | None,
    ticked: Mapping[str, bool],
) -> DraftView:  # fmt: skip
    on = accepted_on(draft, work.now)
    pack = catalog.local(release.pack, area, on) if area else release.pack
    chosen = clean_situation(work, pack, situation)
    items = catalog.guided(pack, chosen, work.now, ticked) if chosen is not None and area else ()
    codes = tuple(one.spec.code for one in items if one.included)
    form = catalog.application(pack, codes) if codes else None
    values = forms.filled(form, draft.answers, chosen or {}, work.now) if form else {}
    facts = {**(chosen or {}), **forms.so_far(form, values, chosen or {}, work.now)} if form else {}
    found = form and catalog.remarks(pack, form, values, chosen or {}, codes, area=area or "", on=on, now=work.now)
    return DraftView(
        id=draft.id,
        pack=pack,
        release_number=release.number,
        window=identity.departments(work, {draft.window_id})[draft.window_id],
        areas=identity.areas(work, draft.window_id),
        area=area,
        situation=situation,
        situation_shown=forms.visible(pack.situation, situation, {}, work.now),
        guide=guide(work, pack, items, served(work, pack, codes, area), facts, area) if area else Guide(),
        form=form,
        values=values,
        answers=facts,
        shown=forms.visible(form, values, chosen or {}, work.now) if form else frozenset(),
        papers=listed(work, draft, pack, codes, facts, draft.papers) if form else (),
        remarks=found or (),
        sources=sources(pack, form, draft.sources, values) if form else {},
        heard=heard(pack, draft.sources, values),
        saved_at=draft.saved_at,
        revision=draft.revision,
        case_id=draft.case_id,
        duplicates=_duplicates(work, draft, pack, facts, codes),
        received_at=draft.received_at,
        refused_at=draft.refused_at,
    )


def listed(
    work: Work, draft: Draft, pack: Pack, codes: Sequence[str], facts: Mapping[str, Any], papers: Mapping[str, str]
) -> tuple[Paper, ...]:
    """The checklist with these choices, and what the rows know of each paper."""
    chosen = materials.checklist(pack, codes, facts, papers, now=work.now)
    return materials.gathered_for(work, chosen, facts, draft_id=draft.id)


def refused(found: Sequence[Remark]) -> list[FieldError]:
    """The remarks that keep from accepting, as what is wrong with their fields."""
    return [remark.error for remark in found if not remark.warning]


def _duplicates(
    work: Work, draft: Draft, pack: Pack, facts: Mapping[str, Any], codes: Sequence[str]
) -> tuple[tuple[Duplicate, str], ...]:
    found = cases.duplicates(work, pack, facts, codes)
    return tuple((each, draft.duplicates.get(each.case_id, "")) for each in found)


def clean_situation(work: Work, pack: Pack, raw: Mapping[str, Any]) -> dict[str, Any] | None:
    """The situation's clean answers, or None while they are incomplete."""
    try:
        return forms.check(pack.situation, raw, now=work.now)
    except FormInvalid:
        return None


def _line(work: Work, draft: Draft) -> DraftLine:
    pack = releases.load(work, draft.release_hash)
    typed = (draft.answers.get(key) for key in pack.applicant)
    # What is typed so far need not be a name: something nobody can print is not shown, not even its first character.
    names = (t.strip() for t in typed if isinstance(t, str) and t.strip().isprintable())
    people = "、".join(forms.mask("name", name) for name in names if name)
    return DraftLine(draft.id, pack, people, draft.saved_at, bool(draft.receipt))
