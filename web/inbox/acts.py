"""Passing a task on to a colleague, and giving it back."""

from collections.abc import Callable
from secrets import token_hex

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import tasks
from engine.errors import (
    ConflictOfInterest,
    FormInvalid,
    NotPassedOn,
    ReceiverUnable,
    TaskCancelled,
    TaskGone,
    TaskHeld,
)
from engine.work import Work
from web.begin import begin
from web.guard import guard
from web.inbox.views import blueprint
from web.render.kept import printable
from web.render.posted import posted
from web.render.sentences import field_sentences, sentence

Answer = Response | tuple[str, int]


@blueprint.post("/tasks/<task_id>/transfer")
@guard()
def transfer(task_id: str) -> Answer:
    """Give the task to a colleague."""
    receiver, reason, key = _given("receiver"), _given("why"), posted(request.form).key

    def act(work: Work) -> None:
        tasks.transfer(work, task_id, receiver, reason, key=key)

    return _done(task_id, "transfer", act) or _inbox(_("The task is passed on; your colleague sees your reason."))


@blueprint.post("/tasks/<task_id>/give-back")
@guard()
def give_back(task_id: str) -> Answer:
    """Return the task to whoever passed it on."""
    reason, key = _given("why"), posted(request.form).key

    def act(work: Work) -> None:
        tasks.give_back(work, task_id, reason, key=key)

    return _done(task_id, "give_back", act) or _inbox(_("The task is given back, with your reason."))


def _done(task_id: str, at: str, act: Callable[[Work], None]) -> Answer | None:
    """Do it; or the page of the task again with what was given and what is wrong with it."""
    try:
        with begin() as work:
            act(work)
    except FormInvalid as invalid:
        return _again(task_id, at, wrong=field_sentences(invalid, _)), 422
    except (ReceiverUnable, ConflictOfInterest, NotPassedOn, TaskGone, TaskHeld, TaskCancelled) as refused:
        return _again(task_id, at, notice=sentence(refused)), 409
    return None


def _again(task_id: str, at: str, *, wrong: dict[str, str] | None = None, notice: str = "") -> str:
    with begin() as work:
        shown = tasks.view(work, task_id)
    given = {name: _given(name) for name in ("receiver", "why")}
    told = {"at": at, "given": given, "wrong": wrong or {}, "notice": notice}
    return render_template("inbox/task.html", view=shown, key=token_hex(16), errors={}, **told)


def _inbox(words: str) -> Response:
    flash(words, "success")
    return redirect(url_for(".home"))


def _given(name: str) -> str:
    return printable(request.form.get(name, ""))
