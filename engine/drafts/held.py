"""Loading a draft and checking whose it is, in one step."""

from datetime import date, datetime

from sqlalchemy import Select, select

from engine import identity, releases
from engine.errors import DraftMovedOn, DraftRefused, DraftTaken, NotFound
from engine.store import Draft
from engine.words import Post
from engine.work import Work


def seen(work: Work, draft_id: str) -> Draft:
    """The actor's own draft while they still hold the window's post; else `NotFound`. For reading.

    `DraftTaken` for what was received and is with a colleague of the same window: they may know, and take it over.
    """
    return _owned(work, select(Draft).where(Draft.id == draft_id))


def own(work: Work, draft_id: str) -> Draft:
    """The same with its row locked until the transaction ends: for whoever changes it."""
    return _owned(work, select(Draft).where(Draft.id == draft_id).with_for_update())


def current(work: Work, draft_id: str, *, page: str, revision: int) -> Draft:
    """The draft, if the page that saves it is up to date: nobody else saved since it was shown.

    `page` names one rendering of the form, so that a page never loses against its own earlier save; a page that does
    not say its name has to know the revision.
    """
    draft = own(work, draft_id)
    if draft.refused_at:
        raise DraftRefused(at=draft.refused_at)
    own_save = page != "" and page == draft.saver
    if draft.revision != revision and not own_save:
        raise DraftMovedOn(at=draft.saved_at)
    return draft


def counts_from(draft: Draft, now: datetime) -> datetime | None:
    """The receipt, from which the clocks of the case count if it is deemed accepted at `now`."""
    return draft.received_at if draft.deemed_at or late(draft, now) else None


def accepted_on(draft: Draft, now: datetime) -> date:
    """The day of acceptance, if it is entered at `now`: that of the receipt, if it was deemed accepted (视为受理)."""
    return releases.local_day(counts_from(draft, now) or now)


def late(draft: Draft, now: datetime) -> bool:
    """Whether the time to decide is over; the worker may not have come by yet."""
    return draft.decide_by is not None and draft.decide_by < now


def _owned(work: Work, wanted: Select[Draft]) -> Draft:
    draft = work.session.scalar(wanted)
    if draft is None or draft.window_id not in work.actor.departments((Post.WINDOW,)):
        raise NotFound
    if draft.user_id == work.actor.id:
        return draft
    if draft.received_at is None:
        raise NotFound
    raise DraftTaken(by=identity.names(work, {draft.user_id}).get(draft.user_id, ""))
