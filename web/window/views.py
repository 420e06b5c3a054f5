"""Choose a one-thing, ask the situation, fill one form, check the papers, accept."""

from secrets import token_hex
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

import engine.prefill
from engine import cases, drafts, identity, releases
from engine.drafts import DraftView
from engine.errors import DuplicateFound, FormInvalid, OtherRelease, SituationFirst
from engine.words import N_, Post
from web.begin import actor, begin, exchange, look
from web.guard import guard
from web.render.kept import printable
from web.render.live import in_background, live
from web.render.packs import texts_of
from web.render.pages import remember_search, searched
from web.render.posted import Posted, posted
from web.render.sentences import field_sentences, sentence
from web.shell import Entry
from web.window.drawn import drawn

blueprint = Blueprint("window", __name__, url_prefix="/window")
entries = (Entry("window.home", N_("Window"), "building-bank", lambda work: len(drafts.mine(work))),)


@blueprint.get("/")
@guard(Post.WINDOW)
def home() -> str:
    """What can be taken here, what is unfinished, what was taken."""
    search, page = searched()
    with look() as work:
        return render_template(
            "window/home.html",
            releases=releases.in_force(work),
            windows=identity.departments(work, actor().departments((Post.WINDOW,))),
            drafts=drafts.mine(work),
            received=drafts.received(work),
            cases=cases.taken(work, search=search, page=page),
            search=search,
        )


@blueprint.post("/")
@guard(Post.WINDOW)
def search() -> Response:
    """Search this list, without the words in the address."""
    remember_search("window.home")
    return redirect(url_for(".home"))


@blueprint.post("/drafts")
@guard(Post.WINDOW)
def start() -> Response:
    """Begin an application."""
    with begin() as work:
        draft = drafts.start(work, printable(request.form.get("pack", "")), request.form.get("window", ""))
    return redirect(url_for(".situation", draft_id=draft))


@blueprint.get("/drafts/<draft_id>/situation")
@guard(Post.WINDOW)
def situation(draft_id: str) -> Response | str:
    """The situation questions, with a preview of what follows from the answers."""
    with look() as work:
        draft = drafts.view(work, draft_id)
    return _situation(draft)


@blueprint.post("/drafts/<draft_id>/situation")
@guard(Post.WINDOW)
def situate(draft_id: str) -> Response | str | tuple[str, int]:
    """Store the answers and go on to the form; or, while they are being given, answer what follows from them."""
    given = posted(request.form)
    if given.rows or "_look" in request.form:
        return _looked(draft_id, given)
    try:
        with begin() as work:
            drafts.situate(work, draft_id, given.raw, given.area, given.chosen, page=given.key, revision=given.revision)
    except FormInvalid as invalid:
        with look() as work:
            draft = drafts.preview(work, draft_id, given.raw, given.area, given.chosen)
        return _situation(draft, page=given.key, errors=field_sentences(invalid, texts_of(draft.pack))), 422
    return redirect(url_for(".form", draft_id=draft_id))


@blueprint.post("/drafts/<draft_id>/preview")
@guard(Post.WINDOW)
def preview(draft_id: str) -> Response:
    """Which questions apply, and items, departments and papers that follow from the answers so far; stores nothing."""
    given = posted(request.form)
    with look() as work:
        draft = drafts.preview(work, draft_id, given.raw, given.area, given.chosen)
    panels = {name: render_template(f"window/{name}.html", draft=draft) for name in ("offers", "preview")}
    return live(draft.situation_shown, panels=panels)


@blueprint.get("/drafts/<draft_id>")
@guard(Post.WINDOW)
def form(draft_id: str) -> Response | str:
    """The combined form and the checklist."""
    with look() as work:
        draft = drafts.view(work, draft_id)
    return _form(draft)


@blueprint.post("/drafts/<draft_id>/save")
@guard(Post.WINDOW)
def save(draft_id: str) -> Response | str:
    """Keep what was typed: as a background save, or by the button where there is no JavaScript."""
    draft = kept(draft_id)
    asked = [paper.spec.code for paper in draft.papers if paper.spec.code == request.form.get("_paper")]
    if asked:
        return redirect(url_for(".paper", draft_id=draft_id, code=asked[0]))
    return drawn(draft, posted(request.form).choices) if in_background() else _form(draft, saved=True)


@blueprint.post("/drafts/<draft_id>/accept")
@guard(Post.WINDOW)
def accept(draft_id: str) -> Response | str | tuple[str, int]:
    """Accept the application; everything wrong is shown beside its field and nothing is lost."""
    given = posted(request.form)
    if given.rows:
        return _form(kept(draft_id), page=given.key, saved=True)
    try:
        with begin() as work:
            case_id = drafts.accept(work, draft_id, given.raw, given.papers, page=given.key, revision=given.revision)
    except FormInvalid as invalid:
        draft = kept(draft_id)
        return _form(draft, page=given.key, errors=field_sentences(invalid, texts_of(draft.pack))), 422
    except (OtherRelease, SituationFirst) as first:
        kept(draft_id)
        flash(sentence(first), "warning")
        return redirect(url_for(".situation", draft_id=draft_id))
    except DuplicateFound as found:
        kept(draft_id)
        flash(sentence(found), "warning")
        return redirect(url_for(".duplicates", draft_id=draft_id))
    return redirect(url_for("cases.receipt", case_id=case_id))


@blueprint.post("/drafts/<draft_id>/prefill")
@guard(Post.WINDOW)
def prefill(draft_id: str) -> Response | str | tuple[str, int]:
    """Ask other departments about the people of a block, outside any transaction; what they say goes into the draft.

    By the button, or as a page does it by itself: then nothing is asked twice, and what is missing is no mistake.
    """
    given, quiet = posted(request.form), in_background()
    draft = kept(draft_id)
    try:
        with look() as work:
            questions = engine.prefill.questions(work, draft_id, given.block, again=not quiet)
    except FormInvalid as invalid:
        if quiet:
            return drawn(draft, given.choices)
        return _form(draft, page=given.key, errors=field_sentences(invalid, texts_of(draft.pack))), 422
    answers = engine.prefill.ask(exchange(), questions)
    with begin() as work:
        engine.prefill.note(work, draft_id, answers)
    with begin() as work:
        engine.prefill.take(work, draft_id, answers, page=given.key, revision=draft.revision)
        shown = drafts.view(work, draft_id)
    return drawn(shown, given.choices) if quiet else _form(shown, page=given.key, saved=True)


@blueprint.post("/drafts/<draft_id>/decide")
@guard(Post.WINDOW)
def decide(draft_id: str) -> Response | str | tuple[str, int]:
    """Settle where typed answers and shared data differ."""
    given = posted(request.form)
    draft = kept(draft_id)
    try:
        with begin() as work:
            drafts.decide(work, draft_id, given.choices, page=given.key, revision=draft.revision)
            draft = drafts.view(work, draft_id)
    except FormInvalid as invalid:
        errors = field_sentences(invalid, texts_of(draft.pack))
        return _form(draft, page=given.key, errors=errors, choices=given.choices), 422
    return _form(draft, page=given.key, saved=True)


@blueprint.post("/drafts/<draft_id>/discard")
@guard(Post.WINDOW)
def discard(draft_id: str) -> Response:
    """Throw a draft away."""
    with begin() as work:
        drafts.discard(work, draft_id)
    return redirect(url_for(".home"))


def kept(draft_id: str) -> DraftView:
    """The draft with what was just typed, stored first: closing the browser now loses nothing."""
    given = posted(request.form)
    with begin() as work:
        drafts.save(work, draft_id, given.raw, given.papers, page=given.key, revision=given.revision)
    with look() as work:
        return drafts.view(work, draft_id)


def _situation(draft: DraftView, *, page: str = "", errors: dict[str, str] | None = None) -> Response | str:
    if draft.case_id:
        return redirect(url_for("cases.receipt", case_id=draft.case_id))
    return render_template("window/situation.html", draft=draft, page=page or token_hex(16), errors=errors or {})


def _looked(draft_id: str, given: Posted) -> Response | str:
    """The page with what follows from the answers so far, where there is no JavaScript to ask for it."""
    with look() as work:
        draft = drafts.preview(work, draft_id, given.raw, given.area, given.chosen)
    return _situation(draft, page=given.key)


def _form(
    draft: DraftView, *, page: str = "", errors: dict[str, str] | None = None, saved: bool = False, **told: Any
) -> Response | str:
    if draft.case_id:
        return redirect(url_for("cases.receipt", case_id=draft.case_id))
    if draft.form is None:
        return redirect(url_for(".situation", draft_id=draft.id))
    return render_template(
        "window/form.html", draft=draft, page=page or token_hex(16), errors=errors or {}, saved=saved, **told
    )
