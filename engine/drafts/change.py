"""Starting, saving and discarding a draft."""

from collections.abc import Mapping
from typing import Any

from engine import cases, catalog, forms, identity, releases
from engine.drafts.held import current, own
from engine.drafts.view import served
from engine.errors import DraftReceived, FieldError, FormInvalid, NotFound, NotYours, gathered
from engine.store import Draft
from engine.words import N_, Post
from engine.work import Work

CHOOSE_AREA = N_("Choose the area where the matter is handled.")


def start(work: Work, pack: str, window: str) -> str:
    """Begin an application of a pack at a window where the actor works; returns the draft's id."""
    if window not in work.actor.departments((Post.WINDOW,)):
        raise NotYours
    draft = Draft(
        user_id=work.actor.id,
        window_id=window,
        pack=pack,
        release_hash=releases.current(work, pack).hash,
        situation={},
        answers={},
        papers={},
        created_at=work.now,
        saved_at=work.now,
    )
    work.session.add(draft)
    work.session.flush()
    return draft.id


def situate(work: Work, draft_id: str, raw: Mapping[str, Any], area: str, *, page: str, revision: int) -> None:
    """Answer the situation questions under the release in force today. `FormInvalid` names what is missing."""
    draft = current(work, draft_id, page=page, revision=revision)
    if draft.case_id:
        return
    release = releases.current(work, draft.pack)
    errors = [] if _serves(work, draft, area) else [FieldError("area", "", CHOOSE_AREA)]
    with gathered(errors):
        answers = forms.check(release.pack.situation, raw, now=work.now)
    if errors:
        raise FormInvalid(errors)
    served(work, release.pack, catalog.applicable(release.pack, answers, work.now), area)
    draft.situation, draft.area, draft.release_hash = cases.bounded(raw), area, release.hash
    draft.saved_at, draft.saver = work.now, page


def save(
    work: Work, draft_id: str, answers: Mapping[str, Any], papers: Mapping[str, str], *, page: str, revision: int
) -> None:
    """Keep what was typed so far, valid or not. `DraftMovedOn` if another page saved in between."""
    draft = current(work, draft_id, page=page, revision=revision)
    if draft.case_id:
        return
    draft.answers, draft.papers = cases.bounded(answers), cases.bounded(papers)
    draft.saved_at, draft.saver = work.now, page


def discard(work: Work, draft_id: str) -> None:
    """Delete a draft that was not accepted. Once its papers were received it is answered (`DraftReceived`)."""
    draft = own(work, draft_id)
    if draft.case_id:
        raise NotFound
    if draft.received_at:
        raise DraftReceived
    work.session.delete(draft)


def _serves(work: Work, draft: Draft, area: str) -> bool:
    return area in {region.code for region in identity.areas(work, draft.window_id)}
