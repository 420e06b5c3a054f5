"""What is still needed, from all departments of a case: asked for, and told once."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import cases
from engine.errors import EngineError, FormInvalid, SupplementOnce
from web.begin import begin
from web.cases.views import blueprint
from web.guard import guard
from web.render.kept import printable
from web.render.packs import texts_of
from web.render.sentences import field_sentences, sentence


@blueprint.get("/<case_id>/supplement")
@guard()
def supplement(case_id: str) -> str:
    """The notices of the case, and what is asked for and not told yet."""
    return _page(case_id)


@blueprint.post("/<case_id>/supplement")
@guard()
def ask(case_id: str) -> Response | tuple[str, int]:
    """Ask for one thing more."""
    said = {name: request.form.get(name, "") for name in ("reason", "basis", "excuse")}
    item, code = request.form.get("item", ""), request.form.get("code", "")
    try:
        with begin() as work:
            cases.ask_for(work, case_id, item, code, said)
    except (FormInvalid, SupplementOnce) as refused:
        return _page(case_id, refused=refused, typed={**said, "item": item, "code": code}), _status(refused)
    return redirect(url_for(".supplement", case_id=case_id))


@blueprint.post("/<case_id>/supplement/tell")
@guard()
def tell(case_id: str) -> Response | tuple[str, int]:
    """Tell the applicant, in one notice."""
    due = request.form.get("due_on", "")
    try:
        with begin() as work:
            number = cases.tell(work, case_id, _day(due))
    except FormInvalid as refused:
        return _page(case_id, refused=refused, typed={"due_on": due}), 422
    flash(_("Notice %(number)s is recorded: the applicant was told everything at once.", number=number), "success")
    return redirect(url_for(".supplement", case_id=case_id))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _status(refused: EngineError) -> int:
    return 409 if isinstance(refused, SupplementOnce) else 422


def _page(case_id: str, *, refused: EngineError | None = None, typed: dict[str, str] | None = None) -> str:
    with begin() as work:
        view = cases.supplement(work, case_id)
    errors = field_sentences(refused, texts_of(view.pack)) if isinstance(refused, FormInvalid) else {}
    notice = sentence(refused) if isinstance(refused, SupplementOnce) else ""
    shown = {name: printable(value) for name, value in (typed or {}).items()}
    return render_template("cases/supplement.html", view=view, errors=errors, notice=notice, typed=shown)
