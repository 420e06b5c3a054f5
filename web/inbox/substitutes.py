"""Who stands in for me while I am away; an administrator names it for others."""

from datetime import date
from secrets import token_hex
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import tasks
from engine.errors import FormInvalid, NotFound, SubstituteThere, SubstituteUnable
from engine.words import Post
from engine.work import Appointment
from web.begin import actor, begin, look
from web.guard import guard
from web.inbox.views import blueprint
from web.render.kept import printable
from web.render.posted import posted
from web.render.sentences import field_sentences, sentence


@blueprint.get("/substitutes")
@guard()
def substitutes() -> str | tuple[str, int]:
    """Who stands in for whom, and a form to name somebody."""
    return _page()


@blueprint.post("/substitutes")
@guard()
def name_substitute() -> Response | str | tuple[str, int]:
    """Name somebody."""
    department, _sep, rest = _given("choice").partition(" ")
    post, _sep, person = rest.partition(" ")
    since, until = (_day(_given(name)) for name in ("since", "until"))
    try:
        with begin() as work:
            held = Appointment(department, Post(post) if post in list(Post) else Post.HANDLER)
            login, key = _given("away"), posted(request.form).key
            tasks.name_substitute(work, held, person, since, until, _given("reason"), login=login, key=key)
    except FormInvalid as invalid:
        return _page(errors=field_sentences(invalid, _)), 422
    except (SubstituteUnable, SubstituteThere) as refused:
        return _page(notice=sentence(refused)), 409
    flash(_("The substitute is named; it begins and ends by itself on these days."), "success")
    return redirect(url_for(".substitutes"))


@blueprint.post("/substitutes/<standing_id>/end")
@guard()
def end_substitution(standing_id: str) -> Response:
    """End it early."""
    with begin() as work:
        tasks.end_substitution(work, standing_id)
    flash(_("It is ended."), "success")
    return redirect(url_for(".substitutes"))


def _page(**told: Any) -> Any:
    """`told`: what is wrong with what was given (`errors`, `notice`)."""
    login = printable(request.values.get("away", "")).strip()
    with look() as work:
        try:
            found = tasks.choices(work, login)
        except NotFound:
            found, told = (), {"notice": _("Nobody has this account name."), **told}
        shown = tasks.substitutes(work)
    said = {name: _given(name) for name in ("choice", "since", "until", "reason")}
    told = {"errors": {}, "notice": "", "login": login, "administers": actor().holds(Post.ADMIN), **told}
    return render_template("inbox/substitutes.html", shown=shown, choices=found, said=said, key=token_hex(16), **told)


def _day(text: str) -> date:
    """A day as people type it; one nobody can mean for anything else, which is refused as such."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return date.min


def _given(name: str) -> str:
    return printable(request.form.get(name, ""))
