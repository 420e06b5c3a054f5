"""Accepting 受理: the draft becomes a case, once, however often the button is pressed."""

from collections.abc import Mapping
from typing import Any

from engine import cases, catalog, forms, materials, releases
from engine.drafts.held import current, own
from engine.drafts.received import counts_from
from engine.drafts.view import clean_situation
from engine.errors import FieldError, FormInvalid, OtherRelease, SituationFirst, gathered
from engine.store import Draft
from engine.work import Work


def accept(
    work: Work, draft_id: str, raw: Mapping[str, Any], papers: Mapping[str, str], *, page: str, revision: int
) -> str:
    """Check everything and open the case; returns its id, the first one's if the draft was accepted already.

    Raises `FormInvalid` (fields and papers together), `OtherRelease`, `SituationFirst`, `DraftMovedOn`, `NoDepartment`.
    """
    already = own(work, draft_id).case_id
    if already:
        return already
    draft = current(work, draft_id, page=page, revision=revision)
    release = releases.current(work, draft.pack)
    if release.hash != draft.release_hash:
        raise OtherRelease
    situation = clean_situation(work, release.pack, draft.situation)
    if situation is None or draft.area is None:
        raise SituationFirst
    codes = catalog.applicable(release.pack, situation, work.now)
    form = catalog.application(release.pack, codes)
    errors: list[FieldError] = []
    answers: dict[str, Any] = {}
    with gathered(errors):
        answers = forms.check(form, raw, situation, now=work.now)
    chosen = materials.checklist(release.pack, codes, {**situation, **answers}, papers, now=work.now)
    with gathered(errors):
        materials.check(chosen)
    if errors:
        raise FormInvalid(errors)
    application = cases.Application(
        release=release.hash,
        area=draft.area,
        window=draft.window_id,
        items=codes,
        answers={**situation, **answers},
        papers={paper.spec.code: str(paper.state) for paper in chosen},
        counts_from=counts_from(draft, work.now),
    )
    return _close(work, draft, cases.accept(work, application))


def _close(work: Work, draft: Draft, case_id: str) -> str:
    """The case holds the answers now; a second copy of personal data is not kept."""
    draft.case_id, draft.saved_at, draft.decide_by = case_id, work.now, None
    draft.answers, draft.papers, draft.situation = {}, {}, {}
    return case_id
