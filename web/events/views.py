"""What happened to people and cases, and what waits for somebody to confirm or to decide."""

from secrets import token_hex
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import events
from engine.errors import AlreadyReported, EventOver, FormInvalid, NotAdjusted, SecondPerson
from engine.events import Report
from engine.forms import Form, Section
from engine.words import N_, ConcernState, EventKind
from web.begin import begin, look
from web.guard import guard
from web.render.kept import printable
from web.render.posted import Posted, posted
from web.render.sentences import field_sentences, sentence
from web.shell import Entry

blueprint = Blueprint("events", __name__, url_prefix="/events")
entries = (Entry("events.home", N_("Events"), "history", events.waiting),)
DONE = {
    EventKind.WITHDRAWN: N_("The application is withdrawn. It is noted in the history."),
    EventKind.DECEASED: N_("The death is reported. It counts once a second person has confirmed it."),
    EventKind.CHANGED: N_("The change is reported to the coordinator."),
    EventKind.OBJECTED: N_("The objection is reported to the coordinator."),
}

REVERSED = N_(
    "The event is reversed. Below is what it means to each case: "
    "one that does not go on by itself waits for a decision."
)


@blueprint.get("/")
@guard(*events.DECIDING)
def home() -> str:
    """Deaths to be confirmed and cases to be decided, the oldest first."""
    with look() as work:
        found = events.undecided(work)
    return render_template("events/home.html", events=found)


@blueprint.get("/cases/<case_id>")
@guard()
def case(case_id: str) -> str:
    """The events of a case, and the form for one that is reported."""
    return _page(case_id, _kind(request.args.get("kind", "")))


@blueprint.post("/cases/<case_id>")
@guard(*events.REPORTING)
def report(case_id: str) -> Response | tuple[str, int]:
    """Report an event, or take the application back."""
    given = posted(request.form)
    kind = _kind(given.text("_kind"))
    if kind is None:
        return _page(case_id, None, given, notice=_("Choose what happened.")), 422
    try:
        with begin() as work:
            if kind == EventKind.WITHDRAWN:
                chosen = [printable(code) for code in request.form.getlist("_items")]
                events.withdraw(work, case_id, given.text("reason"), chosen, key=given.key)
            else:
                said = Report(kind, printable(given.text("_place")), _raw(given))
                events.report(work, case_id, said, key=given.key)
    except FormInvalid as invalid:
        return _page(case_id, kind, given, errors=field_sentences(invalid, _)), 422
    except (AlreadyReported, EventOver, NotAdjusted) as refused:
        return _page(case_id, kind, given, notice=sentence(refused)), 409
    flash(_(DONE[kind]), "success")
    return redirect(url_for(".case", case_id=case_id))


@blueprint.post("/<event_id>/confirm")
@guard(*events.DECIDING)
def confirm(event_id: str) -> Response:
    """Confirm a death as the second person."""
    try:
        with begin() as work:
            events.confirm(work, event_id)
    except SecondPerson as refused:
        flash(sentence(refused), "warning")
    else:
        flash(_("The death is confirmed. Every open case of this person is told."), "success")
    return _back()


@blueprint.post("/<event_id>/reverse")
@guard(*events.REVERSING)
def reverse(event_id: str) -> Response | tuple[str, int]:
    """Reverse a mistaken event."""
    given = posted(request.form)
    try:
        with begin() as work:
            events.reverse(work, event_id, given.text("reason"), key=given.key)
    except FormInvalid as invalid:
        case_id = printable(given.text("_case"))
        return _page(case_id, None, given, errors=field_sentences(invalid, _), at=event_id), 422
    except EventOver as over:
        flash(sentence(over), "warning")
    else:
        flash(_(REVERSED), "success")
    return _back()


@blueprint.post("/<event_id>/cases/<case_id>")
@guard(*events.DECIDING)
def decide(event_id: str, case_id: str) -> Response | tuple[str, int]:
    """Say what an event means to a case."""
    given = posted(request.form)
    what = given.text("_decision")
    decision = ConcernState(what) if what in list(ConcernState) else ConcernState.WAITING
    try:
        with begin() as work:
            events.decide(work, event_id, case_id, decision, given.text("reason"), key=given.key)
    except FormInvalid as invalid:
        return _page(case_id, None, given, errors=field_sentences(invalid, _), at=event_id), 422
    except EventOver as over:
        flash(sentence(over), "warning")
    else:
        flash(_("Decided. It is noted in the history of the case."), "success")
    return redirect(url_for(".case", case_id=case_id))


def _page(case_id: str, kind: EventKind | None, given: Posted | None = None, **told: Any) -> str:
    """`told`: what is wrong (`errors`, `notice`), and at which event."""
    with begin() as work:
        desk = events.desk(work, case_id)
    chosen = kind if kind in desk.can_report else None
    return render_template(
        "events/case.html",
        desk=desk,
        kind=chosen,
        form=Form("event", "", (Section("", "", events.fields(chosen)),)) if chosen else None,
        given={key: printable(value) for key, value in given.raw.items() if isinstance(value, str)} if given else {},
        items=request.form.getlist("_items"),
        page=token_hex(16),
        **{"errors": {}, "notice": "", "at": "", **told},
    )


def _kind(said: str) -> EventKind | None:
    return EventKind(said) if said in list(EventKind) else None


def _raw(given: Posted) -> dict[str, Any]:
    return {key: value for key, value in given.raw.items() if not key.startswith("_")}


def _back() -> Response:
    case_id = printable(request.form.get("_case", ""))
    return redirect(url_for(".case", case_id=case_id) if case_id else url_for(".home"))
