"""Words often wanted in an opinion: kept, thrown away, and put into the opinion."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import tasks
from engine.errors import FormInvalid, PhrasesFull
from web.begin import begin, look
from web.guard import guard
from web.inbox.views import blueprint
from web.render.kept import printable
from web.render.posted import posted
from web.render.sentences import field_sentences, sentence


@blueprint.get("/phrases")
@guard()
def phrases() -> str:
    """The list, and a field for one more."""
    return _page()


@blueprint.post("/phrases")
@guard()
def add_phrase() -> Response | tuple[str, int]:
    """Keep one more."""
    text, department = (printable(request.form.get(name, "")) for name in ("reason", "department"))
    try:
        with begin() as work:
            tasks.add_phrase(work, text, department)
    except FormInvalid as invalid:
        return _page(said=text, errors=field_sentences(invalid, _)), 422
    except PhrasesFull as full:
        return _page(said=text, notice=sentence(full)), 409
    flash(_("The phrase is kept."), "success")
    return redirect(url_for(".phrases"))


@blueprint.post("/phrases/<phrase_id>/remove")
@guard()
def remove_phrase(phrase_id: str) -> Response:
    """Throw one away."""
    with begin() as work:
        tasks.remove_phrase(work, phrase_id)
    flash(_("The phrase is removed."), "success")
    return redirect(url_for(".phrases"))


@blueprint.post("/tasks/<task_id>/phrase")
@guard()
def insert_phrase(task_id: str) -> Response:
    """Put one into the opinion, for a page without scripts; what was typed is kept."""
    with begin() as work:
        done = tasks.insert_phrase(
            work, task_id, posted(request.form).typed, printable(request.form.get("_phrase", ""))
        )
    if not done:
        flash(_("No field of this step takes words now."), "warning")
    return redirect(url_for(".task", task_id=task_id))


def _page(**told: Any) -> str:
    """`told`: what was typed (`said`) and what is wrong with it (`errors`, `notice`)."""
    with look() as work:
        own, offices = tasks.phrases(work), tasks.headed(work)
    return render_template(
        "inbox/phrases.html", phrases=own, offices=offices, **{"said": "", "errors": {}, "notice": "", **told}
    )
