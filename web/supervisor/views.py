"""What stopped, what can be changed about a case, the preview of a change, and carrying it out."""

from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import jobs, repairs
from engine.errors import EngineError, FormInvalid, MovedOn, NotAdjusted, NotFailed
from engine.repairs import Wish
from engine.words import N_, ChangeKind
from engine.work import Work
from web.begin import begin, look
from web.guard import guard
from web.render.kept import printable
from web.render.packs import texts_of
from web.render.posted import Posted, posted
from web.render.sentences import field_sentences, sentence
from web.shell import Entry
from web.supervisor.words import node_words, said, waits_for

blueprint = Blueprint("supervisor", __name__, url_prefix="/supervisor")


def _stopped(work: Work) -> int:
    return repairs.incidents(work).total


entries = (Entry("supervisor.home", N_("Supervision"), "adjustments", _stopped),)
for _each in (node_words, said, waits_for):
    blueprint.add_app_template_global(_each)
REASON = "adjust.reason"  # no form of a pack has it, and error pages give it back
CHANGED = N_("You changed something after the preview. Look at the preview once more, then confirm.")


@blueprint.get("/")
@guard(*repairs.POSTS, *jobs.MENDING)
def home() -> str:
    """What stopped on an error, the longest waiting first; an administrator sees what failed, not for whom."""
    with look() as work:
        found = repairs.incidents(work, page=request.args.get("page", 1, int))
        adjusts = bool(work.actor.departments(repairs.POSTS))
    return render_template("supervisor/home.html", page=found, adjusts=adjusts)


@blueprint.get("/jobs/<job_id>")
@guard(*jobs.MENDING)
def job(job_id: str) -> str | tuple[str, int]:
    """A failed job: why, since when, and what can be done about it."""
    return _job(job_id)


@blueprint.post("/jobs/<job_id>")
@guard(*jobs.MENDING)
def retry(job_id: str) -> Response | str | tuple[str, int]:
    """Let it be tried again, for a reason."""
    reason = posted(request.form).text(REASON)
    try:
        with begin() as work:
            jobs.retry(work, job_id, reason)
    except FormInvalid as invalid:
        return _job(job_id, reason=printable(reason), error=field_sentences(invalid, _)["reason"], status=422)
    except NotFailed as over:
        flash(sentence(over), "warning")
        return redirect(url_for(".home"))
    flash(_("The automatic step is tried again now. It is noted in the history."), "success")
    return redirect(url_for(".home"))


@blueprint.get("/cases/<case_id>")
@guard(*repairs.POSTS)
def case(case_id: str) -> str:
    """What can be changed about this case now."""
    with begin() as work:
        offer = repairs.offer(work, case_id)
    return render_template("supervisor/case.html", offer=offer, case=offer.case)


@blueprint.post("/cases/<case_id>/preview")
@guard(*repairs.POSTS)
def preview(case_id: str) -> str | tuple[str, int]:
    """What the change would do."""
    given = posted(request.form)
    return _preview(case_id, _wish(given), given)


@blueprint.post("/cases/<case_id>")
@guard(*repairs.POSTS)
def apply(case_id: str) -> Response | str | tuple[str, int]:
    """Carry the change out, if it is still the one that was shown; otherwise show it anew with what was typed."""
    given = posted(request.form)
    wish = _wish(given)
    if request.form.get("_mark") != wish.mark(case_id):
        return _preview(case_id, wish, given, notice=_(CHANGED), status=409)
    try:
        with begin() as work:
            repairs.apply(work, case_id, wish, given.text(REASON), given.revision, key=given.key)
    except FormInvalid as invalid:
        return _preview(case_id, wish, given, invalid=invalid, status=422)
    except (MovedOn, NotAdjusted) as refused:
        return _preview(case_id, wish, given, notice=_moved(refused), status=409)
    flash(_("The process was changed as shown. It is noted in the history."), "success")
    return redirect(url_for("cases.view", case_id=case_id))


def _job(job_id: str, *, reason: str = "", error: str = "", status: int = 200) -> tuple[str, int]:
    with look() as work:
        shown = jobs.failure(work, job_id)
        adjusts = work.actor.holds(*repairs.POSTS) and repairs.may_adjust(work, shown.case_id)
    return render_template("supervisor/job.html", job=shown, adjusts=adjusts, reason=reason, error=error), status


def _wish(given: Posted) -> Wish:
    """The change a form asks for; a form without one was not made by us."""
    kind = given.text("_change")
    if kind not in list(ChangeKind):
        abort(400)
    answers = {key: value for key, value in given.raw.items() if key != REASON and not key.startswith("_")}
    token, node, scope, item = (printable(given.text(name)) for name in ("_token", "_node", "_scope", "_item"))
    return Wish(ChangeKind(kind), token=token, node=node, scope=scope, item=item, answers=answers)


def _preview(
    case_id: str,
    wish: Wish,
    given: Posted,
    *,
    invalid: FormInvalid | None = None,
    notice: str = "",
    status: int = 200,
) -> str | tuple[str, int]:
    """The page with the preview. Wrong answers are shown with what is wrong, beside the preview without them."""
    try:
        with begin() as work:
            shown = repairs.preview(work, case_id, wish)
    except FormInvalid as wrong:
        with begin() as work:
            shown = repairs.preview(work, case_id, replace(wish, answers={}))
        invalid, status = wrong, 422
    page = render_template(
        "supervisor/preview.html",
        preview=shown,
        case=shown.case,
        wish=wish,
        reason=printable(given.text(REASON)),
        key=token_hex(16),
        errors=_sentences(invalid, shown.case.pack),
        notice=notice,
    )
    return page, status


def _sentences(invalid: FormInvalid | None, pack: Any) -> Mapping[str, str]:
    return field_sentences(invalid, texts_of(pack)) if invalid else {}


def _moved(refused: EngineError) -> str:
    """What happened meanwhile; why a change is refused is on the page already."""
    return sentence(refused) if isinstance(refused, MovedOn) else ""
