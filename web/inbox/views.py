"""The list, the task beside it, claim, release, decide."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import tasks
from engine.errors import (
    EngineError,
    FormInvalid,
    NotClosable,
    PapersOutstanding,
    SupplementOnce,
    TaskCancelled,
    TaskGone,
    TaskHeld,
)
from engine.tasks import Box, Completed, TaskView
from engine.words import N_
from engine.work import Work
from web.begin import begin, look
from web.guard import guard
from web.render.live import live
from web.render.packs import pack_text, texts_of
from web.render.pages import remember_search, searched
from web.render.posted import posted
from web.render.sentences import field_sentences, sentence
from web.shell import Entry

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")


def _waiting(work: Work) -> int:
    return tasks.count(work, Box.FREE) + tasks.count(work, Box.MINE)


entries = (Entry("inbox.home", N_("Inbox"), "inbox", _waiting),)
STOPPED = N_(
    "The process stopped on an error and the supervisor or the coordinator has to look. "
    "Your decision was not submitted; it is kept with the task."
)


@blueprint.get("/")
@guard()
def home() -> str:
    """The tasks of one tab; a row opens beside the list."""
    box = _box(request.args)
    search, page = searched()
    after = request.args.get("after", "")
    with look() as work:
        found = tasks.inbox(work, box, search=search, page=page, after=after)
        counts = {each: found.total if each == box and not search else tasks.count(work, each) for each in Box}
        return render_template("inbox/home.html", box=box, counts=counts, page=found, search=search, after=after)


@blueprint.post("/")
@guard()
def search() -> Response:
    """Search this list, without the words in the address."""
    remember_search("inbox.home")
    return redirect(url_for(".home", box=_box(request.form)))


@blueprint.get("/tasks/<task_id>")
@guard()
def task(task_id: str) -> str:
    """The task: what the applicant said, the papers, what others did, and the decision."""
    with begin() as work:
        shown = tasks.view(work, task_id)
    return _page(shown)


@blueprint.get("/tasks/<task_id>/pane")
@guard()
def pane(task_id: str) -> str:
    """The task as a fragment beside the list."""
    with begin() as work:
        shown = tasks.view(work, task_id)
    return render_template("inbox/pane.html", view=shown, key=token_hex(16), errors={})


@blueprint.post("/tasks/<task_id>/claim")
@guard()
def claim(task_id: str) -> Response:
    """Reserve the task for oneself."""
    with begin() as work:
        tasks.claim(work, task_id)
    return redirect(url_for(".task", task_id=task_id))


@blueprint.post("/tasks/<task_id>/release")
@guard()
def release(task_id: str) -> Response:
    """Give the task back to the department."""
    with begin() as work:
        tasks.release(work, task_id)
    return redirect(url_for(".task", task_id=task_id))


@blueprint.post("/tasks/<task_id>/keep")
@guard()
def keep(task_id: str) -> Response:
    """Keep what was typed so far, in the background."""
    given = posted(request.form)
    with begin() as work:
        tasks.keep_opinion(work, task_id, given.typed)
        shown, derived = tasks.consequences(work, task_id, given.typed)
        return live(shown, derived=derived, saved=work.now)


@blueprint.post("/tasks/<task_id>")
@guard()
def decide(task_id: str) -> Response | str | tuple[str, int]:
    """Submit the decision. Whoever comes second reads who was first, with their own words still on the page."""
    given = posted(request.form)
    if given.rows:
        return _again(task_id, given.typed, key=given.key)
    try:
        with begin() as work:
            done = tasks.complete(work, task_id, given.raw, papers=given.papers, key=given.key)
    except FormInvalid as invalid:
        return _again(task_id, given.typed, key=given.key, invalid=invalid), 422
    except (NotClosable, TaskGone, TaskHeld, TaskCancelled, PapersOutstanding, SupplementOnce) as late:
        return _again(task_id, given.typed, notice=late), 409
    if done.stopped:
        flash(
            _(STOPPED),
            "danger",
        )
        return _again(task_id, given.typed), 409
    flash(_submitted(done), "success")
    return redirect(url_for(".home"))


def _box(said: Mapping[str, str]) -> Box:
    """The tab a request names; the first one for anything else."""
    return Box(said["box"]) if said.get("box") in list(Box) else Box.FREE


def _submitted(done: Completed) -> str:
    """What happens now, and where."""
    if not done.following:
        return _("Submitted.")
    steps = _(", ").join(f"{pack_text(done.pack, name)} ({office})" for name, office in done.following)
    return _("Submitted. Next: %(steps)s", steps=steps)


def _again(
    task_id: str,
    raw: Any,
    *,
    key: str = "",
    invalid: FormInvalid | None = None,
    notice: EngineError | None = None,
) -> str:
    """The page once more with what was typed, which is kept first."""
    with begin() as work:
        tasks.keep_opinion(work, task_id, raw)
        shown = tasks.view(work, task_id, raw)
    errors = field_sentences(invalid, texts_of(shown.case.pack)) if invalid else {}
    return _page(shown, key=key, errors=errors, notice=sentence(notice) if notice else "")


def _page(shown: TaskView, *, key: str = "", errors: dict[str, str] | None = None, notice: str = "") -> str:
    return render_template("inbox/task.html", view=shown, key=key or token_hex(16), errors=errors or {}, notice=notice)
