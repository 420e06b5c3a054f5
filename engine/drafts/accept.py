"""Accepting 受理: the draft becomes a case, once, however often the button is pressed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from engine import cases, catalog, forms, materials, releases
from engine.drafts.held import current, own
from engine.drafts.sources import of_case, sources, undecided
from engine.drafts.view import clean_situation, refused, remarks
from engine.errors import FieldError, FormInvalid, OtherRelease, SituationFirst, gathered
from engine.store import Call, Draft
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
    said = sources(release.pack, form, draft.sources, raw)
    errors += [*refused(remarks(work, release.pack, form, raw, situation, codes, draft.area)), *undecided(said)]
    if errors:
        raise FormInvalid(errors)
    application = cases.Application(
        release=release.hash,
        area=draft.area,
        window=draft.window_id,
        items=codes,
        answers={**situation, **answers},
        papers={paper.spec.code: str(paper.state) for paper in chosen},
        sources=of_case(form, said, raw),
    )
    return _close(work, draft, cases.accept(work, application))


def _close(work: Work, draft: Draft, case_id: str) -> str:
    """The case holds the answers now; a second copy of personal data is not kept."""
    draft.case_id, draft.saved_at = case_id, work.now
    draft.answers, draft.papers, draft.situation, draft.sources = {}, {}, {}, {}
    work.session.execute(update(Call).where(Call.draft_id == draft.id).values(case_id=case_id))
    return case_id
