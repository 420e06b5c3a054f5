"""What runs out, the slips to answer, the wishes to decide; and everything about the time of one case."""

from secrets import token_hex
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import drafts, supervision
from engine.errors import (
    FormInvalid,
    NotExtended,
    NothingToUrge,
    NotSuspended,
    SlipAnswered,
    SuspendedAlready,
    UrgedAlready,
)
from engine.words import N_, Lamp
from web.begin import begin, look
from web.guard import guard
from web.render.kept import printable
from web.render.posted import posted
from web.render.sentences import field_sentences, sentence
from web.shell import Entry

blueprint = Blueprint("deadlines", __name__, url_prefix="/deadlines")
entries = (Entry("deadlines.home", N_("Deadlines"), "clock", supervision.waiting),)


@blueprint.get("/")
@guard()
def home() -> str:
    """What this person's departments are late with, slips they have to answer, more time they may grant."""
    return _home()


@blueprint.get("/slips/<slip_id>")
@guard()
def slip(slip_id: str) -> str:
    """A supervision slip, and its answer."""
    return _slip(slip_id)


@blueprint.post("/slips/<slip_id>")
@guard(*supervision.ANSWERING)
def answer(slip_id: str) -> Response | str | tuple[str, int]:
    """Answer it."""
    try:
        with begin() as work:
            supervision.answer(work, slip_id, _said("reason"))
    except FormInvalid as invalid:
        return _slip(slip_id, said=printable(_said("reason")), errors=field_sentences(invalid, _)), 422
    except SlipAnswered as answered:
        return _slip(slip_id, said=printable(_said("reason")), notice=sentence(answered)), 409
    flash(_("The slip is answered. The supervisor can read it."), "success")
    return redirect(url_for(".slip", slip_id=slip_id))


@blueprint.get("/cases/<case_id>")
@guard()
def case(case_id: str) -> str:
    """Every clock of a case, why it stood still, and what can be done about it."""
    return _case(case_id)


@blueprint.post("/cases/<case_id>/suspend")
@guard(*supervision.SUSPENDING)
def suspend(case_id: str) -> Response | str | tuple[str, int]:
    """Stop its clocks, for a reason."""
    try:
        with begin() as work:
            supervision.suspend(work, case_id, _said("reason"))
    except FormInvalid as invalid:
        return _case(case_id, at="suspend", errors=field_sentences(invalid, _)), 422
    except (NotExtended, SuspendedAlready) as refused:
        return _case(case_id, notice=sentence(refused)), 409
    flash(_("The case is suspended; its clocks stand still."), "success")
    return redirect(url_for(".case", case_id=case_id))


@blueprint.post("/cases/<case_id>/resume")
@guard(*supervision.SUSPENDING)
def resume(case_id: str) -> Response | str | tuple[str, int]:
    """Let its clocks go on."""
    try:
        with begin() as work:
            supervision.resume(work, case_id)
    except NotSuspended as refused:
        return _case(case_id, notice=sentence(refused)), 409
    flash(_("The clocks go on."), "success")
    return redirect(url_for(".case", case_id=case_id))


@blueprint.post("/cases/<case_id>/extensions")
@guard(*supervision.ASKING)
def request_extension(case_id: str) -> Response | str | tuple[str, int]:
    """Ask for more time."""
    days = request.form.get("days", 0, int)
    try:
        with begin() as work:
            supervision.request(work, case_id, printable(_said("item")), days, _said("reason"))
    except FormInvalid as invalid:
        return _case(case_id, at="extend", errors=field_sentences(invalid, _)), 422
    except NotExtended as refused:
        return _case(case_id, at="extend", notice=sentence(refused)), 409
    flash(_("The approving leader decides; until then the limit stays."), "success")
    return redirect(url_for(".case", case_id=case_id))


@blueprint.post("/extensions/<extension_id>")
@guard(*supervision.APPROVING)
def decide(extension_id: str) -> Response | tuple[str, int]:
    """Grant or refuse more time."""
    grant = request.form.get("decision") == "grant"
    try:
        with begin() as work:
            supervision.decide(work, extension_id, grant=grant, reason=_said("reason"))
    except FormInvalid as invalid:
        return _home(at=extension_id, errors=field_sentences(invalid, _)), 422
    except NotExtended as refused:
        return _home(at=extension_id, notice=sentence(refused)), 409
    flash(_("More time is granted; the new dates hold at once.") if grant else _("More time is refused."), "success")
    return redirect(url_for(".home"))


@blueprint.post("/urge/<case_id>/<task_id>")
@guard(*supervision.URGING)
def urge(case_id: str, task_id: str) -> Response | str | tuple[str, int]:
    """Ask a department to get on with a task."""
    try:
        with begin() as work:
            case_id = supervision.urge(work, task_id, _said("reason"), key=posted(request.form).key)
    except FormInvalid as invalid:
        return _case(case_id, at=task_id, errors=field_sentences(invalid, _)), 422
    except (UrgedAlready, NothingToUrge) as refused:
        return _case(case_id, at=task_id, notice=sentence(refused)), 409
    flash(_("The task is urged; everybody who can do it sees your words."), "success")
    return redirect(url_for(".case", case_id=case_id))


def _home(**told: Any) -> str:
    """`told`: what is wrong (`errors`, `notice`) with the decision on which wish (`at`)."""
    department, pack, lamp = (printable(request.args.get(name, "")) for name in ("department", "pack", "lamp"))
    only = {"department": department, "pack": pack, "lamp": Lamp(lamp) if lamp in list(Lamp) else None}
    with look() as work:
        return render_template(
            "deadlines/home.html",
            page=supervision.board(work, page=request.args.get("page", 1, int), **only),
            only=only,
            slips=supervision.mine(work),
            wishes=supervision.asked(work),
            received=drafts.received(work),
            said=printable(_said("reason")),
            **{"at": "", "errors": {}, "notice": "", **told},
        )


def _slip(slip_id: str, **told: Any) -> str:
    with begin() as work:
        shown = supervision.slip(work, slip_id)
    return render_template("deadlines/slip.html", slip=shown, **{"said": "", "errors": {}, "notice": "", **told})


def _case(case_id: str, **told: Any) -> str:
    """`told`: what is wrong (`errors`, `notice`), and in which form (`at`)."""
    with begin() as work:
        desk = supervision.desk(work, case_id)
    said = {name: printable(_said(name)) for name in ("reason", "item", "days")}
    return render_template(
        "deadlines/case.html", desk=desk, said=said, key=token_hex(16), **{"errors": {}, "notice": "", "at": "", **told}
    )


def _said(name: str) -> str:
    return request.form.get(name, "")
