"""Starting, saving and discarding a draft."""

from collections.abc import Mapping
from typing import Any

from engine import cases, catalog, forms, identity, materials, releases
from engine.catalog import Guided
from engine.drafts.guide import served
from engine.drafts.held import accepted_on, current, own
from engine.drafts.sources import decided
from engine.drafts.view import view
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
        choices={},
        created_at=work.now,
        saved_at=work.now,
    )
    work.session.add(draft)
    work.session.flush()
    return draft.id


def situate(
    work: Work,
    draft_id: str,
    raw: Mapping[str, Any],
    area: str,
    chosen: Mapping[str, bool] | None = None,
    *,
    page: str,
    revision: int,
) -> None:
    """Answer the situation questions under the release in force today; `chosen`: what was ticked of what is offered.

    `FormInvalid` names what is missing, and what was unticked although it has to be part of it.
    """
    draft = current(work, draft_id, page=page, revision=revision)
    if draft.case_id:
        return
    release = releases.current(work, draft.pack)
    errors = [] if _serves(work, draft, area) else [FieldError("area", "", CHOOSE_AREA)]
    guided: tuple[Guided, ...] = ()
    pack = catalog.local(release.pack, area, accepted_on(draft, work.now))
    with gathered(errors):
        answers = forms.check(release.pack.situation, raw, now=work.now)
        guided = catalog.guided(pack, answers, work.now, chosen or {})
    errors += catalog.unticked(guided, chosen or {})
    if errors:
        raise FormInvalid(errors)
    served(work, pack, [one.spec.code for one in guided if one.included], area)
    draft.situation, draft.area, draft.release_hash = cases.bounded(raw), area, release.hash
    draft.choices = catalog.offered(guided, chosen or {})
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


def fill(
    work: Work, draft_id: str, answers: Mapping[str, Any], sources: Mapping[str, Any], *, page: str, revision: int
) -> None:
    """Replace some answers, and remember where they come from. `DraftMovedOn` if another page saved in between."""
    draft = current(work, draft_id, page=page, revision=revision)
    if draft.case_id:
        return
    draft.answers, draft.sources = cases.bounded({**draft.answers, **answers}), dict(sources)
    draft.saved_at, draft.saver = work.now, page


def decide(work: Work, draft_id: str, choices: Mapping[str, tuple[str, str]], *, page: str, revision: int) -> None:
    """Settle conflicts with shared data: `shared` or `typed` by address, with the reason to keep what was typed."""
    draft = current(work, draft_id, page=page, revision=revision)
    stored, replaced = decided(draft.sources, view(work, draft_id).sources, choices)
    fill(work, draft_id, replaced, stored, page=page, revision=revision)


def stored_sources(work: Work, draft_id: str) -> dict[str, Any]:
    """What other departments said so far, as it is kept."""
    return dict(own(work, draft_id).sources)


def discard(work: Work, draft_id: str) -> None:
    """Delete a draft that was not accepted. Once its papers were received it is answered (`DraftReceived`)."""
    draft = own(work, draft_id)
    if draft.case_id:
        raise NotFound
    if draft.received_at:
        raise DraftReceived
    materials.discard(work, draft.id)
    work.session.delete(draft)


def _serves(work: Work, draft: Draft, area: str) -> bool:
    return area in {region.code for region in identity.areas(work, draft.window_id)}
