"""Papers that were received: the receipt, the one list of what is missing, a refusal, a colleague who goes on."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import drafts
from engine.errors import FormInvalid
from engine.words import Post
from web.begin import begin
from web.guard import guard
from web.render.kept import printable
from web.render.sentences import field_sentences
from web.window.views import blueprint, kept


@blueprint.post("/drafts/<draft_id>/receive")
@guard(Post.WINDOW)
def receive(draft_id: str) -> Response:
    """Note that the papers were received; what was typed so far is kept."""
    draft = kept(draft_id)
    with begin() as work:
        drafts.receive(work, draft.id)
    return redirect(url_for(".received", draft_id=draft_id))


@blueprint.get("/drafts/<draft_id>/received")
@guard(Post.WINDOW)
def received(draft_id: str) -> str:
    """What is handed out, to print: the receipt, then what is missing or the refusal."""
    return _received(draft_id)


@blueprint.post("/drafts/<draft_id>/ask")
@guard(Post.WINDOW)
def ask(draft_id: str) -> Response | tuple[str, int]:
    """Tell what is missing, once."""
    missing = printable(request.form.get("missing", ""))
    try:
        with begin() as work:
            drafts.ask_missing(work, draft_id, missing)
    except FormInvalid as invalid:
        return _received(draft_id, said={"missing": missing}, errors=field_sentences(invalid, _)), 422
    return redirect(url_for(".received", draft_id=draft_id))


@blueprint.post("/drafts/<draft_id>/refuse")
@guard(Post.WINDOW)
def refuse(draft_id: str) -> Response | tuple[str, int]:
    """Refuse to accept it, with reason and basis."""
    said = {name: printable(request.form.get(name, "")) for name in ("reason", "basis")}
    try:
        with begin() as work:
            drafts.refuse(work, draft_id, **said)
    except FormInvalid as invalid:
        return _received(draft_id, said=said, errors=field_sentences(invalid, _)), 422
    return redirect(url_for(".received", draft_id=draft_id))


@blueprint.post("/drafts/<draft_id>/take")
@guard(Post.WINDOW)
def take(draft_id: str) -> Response:
    """Go on with what a colleague received."""
    with begin() as work:
        drafts.take_over(work, draft_id)
    return redirect(url_for(".form", draft_id=draft_id))


def _received(draft_id: str, **told: Any) -> str:
    """`told`: what was `said` in one of the forms and what is wrong with it (`errors`)."""
    with begin() as work:
        receipt = drafts.receipt(work, draft_id)
    return render_template("window/received.html", receipt=receipt, **{"said": {}, "errors": {}, **told})
