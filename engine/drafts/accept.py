"""Accepting 受理: the draft becomes a case, once, however often the button is pressed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from engine import cases, catalog, forms, materials, releases
from engine.catalog import Pack
from engine.drafts.held import accepted_on, counts_from, current, own
from engine.drafts.sources import of_case, sources, undecided
from engine.drafts.view import clean_situation, listed, refused
from engine.errors import FieldError, FormInvalid, OtherRelease, SituationFirst, gathered
from engine.store import Call, Draft
from engine.work import Work


def accept(
    work: Work, draft_id: str, raw: Mapping[str, Any], papers: Mapping[str, str], *, page: str, revision: int
) -> str:
    """Check everything and open the case; returns its id, the first one's if the draft was accepted already.

    Raises `FormInvalid` (fields and papers together), `OtherRelease`, `SituationFirst`, `DraftMovedOn`, `NoDepartment`,
    `DuplicateFound`.
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
    pack = catalog.local(release.pack, draft.area, accepted_on(draft, work.now))
    application = _checked(work, draft, pack, situation, raw, papers)
    return _close(work, draft, cases.accept(work, application))


def _checked(
    work: Work,
    draft: Draft,
    pack: Pack,
    situation: Mapping[str, Any],
    raw: Mapping[str, Any],
    papers: Mapping[str, str],
) -> cases.Application:
    """What the window hands over, clean; one `FormInvalid` names everything wrong in fields, papers and checks."""
    codes = catalog.applicable(pack, situation, work.now, draft.choices)
    form = catalog.application(pack, codes)
    errors: list[FieldError] = []
    answers: dict[str, Any] = {}
    with gathered(errors):
        answers = forms.check(form, raw, situation, now=work.now)
    facts = {**situation, **answers}
    chosen = listed(work, draft, pack, codes, facts, papers)
    with gathered(errors):
        materials.check(chosen, pack, facts, now=work.now)
    said = sources(pack, form, draft.sources, raw)
    on = accepted_on(draft, work.now)
    found = catalog.remarks(pack, form, raw, situation, codes, area=draft.area or "", on=on, now=work.now)
    errors += [*refused(found), *undecided(said)]
    if errors:
        raise FormInvalid(errors)
    return cases.Application(
        release=draft.release_hash,
        area=draft.area or "",
        window=draft.window_id,
        items=codes,
        answers=facts,
        papers={paper.spec.code: str(paper.state) for paper in chosen},
        reasons={paper.spec.code: paper.reason for paper in chosen},
        sources=of_case(form, said, raw),
        draft=draft.id,
        counts_from=counts_from(draft, work.now),
        duplicates=draft.duplicates,
    )


def _close(work: Work, draft: Draft, case_id: str) -> str:
    """The case holds the answers now; a second copy of personal data is not kept."""
    draft.case_id, draft.saved_at, draft.decide_by = case_id, work.now, None
    draft.answers, draft.papers, draft.situation, draft.sources, draft.choices = {}, {}, {}, {}, {}
    draft.duplicates = {}
    work.session.execute(update(Call).where(Call.draft_id == draft.id).values(case_id=case_id))
    return case_id
