"""Refusals as pages: each error gets a status, a sentence in the user's language, and what was typed comes back."""

import logging
from dataclasses import dataclass

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as AnyResponse

from engine import errors
from engine.errors import EngineError
from engine.words import N_
from web.headers import request_id
from web.render.kept import typed
from web.render.pages import again
from web.render.sentences import field_sentences, filled, sentence

log = logging.getLogger(__name__)

STATUS: dict[type[EngineError], int] = {
    errors.AccountInvalid: 422,
    errors.AlreadyReported: 409,
    errors.BackupDamaged: 422,
    errors.Busy: 503,
    errors.CalendarInvalid: 422,
    errors.CannotMigrate: 409,
    errors.ConflictOfInterest: 409,
    errors.DraftMovedOn: 409,
    errors.DuplicateFound: 409,
    errors.EventOver: 409,
    errors.DraftAsked: 409,
    errors.DraftReceived: 409,
    errors.DraftRefused: 409,
    errors.DraftTaken: 409,
    errors.FileGone: 410,
    errors.FilesOff: 409,
    errors.FormInvalid: 422,
    errors.KeyReused: 409,
    errors.ListInvalid: 422,
    errors.MigrationOver: 409,
    errors.MessageInvalid: 422,
    errors.MovedOn: 409,
    errors.NoDepartment: 422,
    errors.NotEmpty: 409,
    errors.NoRelease: 409,
    errors.NoSuchRelease: 404,
    errors.GlyphMissing: 503,
    errors.NoPrinter: 503,
    errors.NotAdjusted: 409,
    errors.NotExtended: 409,
    errors.NotGenuine: 404,
    errors.NotReplaced: 409,
    errors.NoticeUnmade: 422,
    errors.NotFailed: 409,
    errors.NotFound: 404,
    errors.NotReceived: 409,
    errors.NotSignedIn: 401,
    errors.NotStarted: 422,
    errors.NotSuspended: 409,
    errors.NotYours: 403,
    errors.NothingToUrge: 409,
    errors.NotPassedOn: 409,
    errors.PhrasesFull: 409,
    errors.ReceiverUnable: 409,
    errors.SubstituteThere: 409,
    errors.SubstituteUnable: 409,
    errors.UrgedAlready: 409,
    errors.HandedOut: 409,
    errors.NotClosable: 409,
    errors.NothingToHandOut: 409,
    errors.OtherRelease: 409,
    errors.PackInvalid: 422,
    errors.PapersOutstanding: 409,
    errors.PeriodBackwards: 422,
    errors.PeriodBegun: 409,
    errors.PeriodOutside: 422,
    errors.PeriodPast: 422,
    errors.PersonDied: 422,
    errors.ProgressRefused: 422,
    errors.ReasonNeeded: 422,
    errors.ReleaseTampered: 500,
    errors.SecondPerson: 403,
    errors.SignInLocked: 429,
    errors.SignInRefused: 422,
    errors.SituationFirst: 409,
    errors.SlipAnswered: 409,
    errors.SuspendedAlready: 409,
    errors.SupplementOnce: 409,
    errors.TaskCancelled: 409,
    errors.TaskGone: 409,
    errors.TaskHeld: 409,
    errors.TermUnclear: 422,
    errors.TooManyTries: 429,
}
TITLES = {
    400: N_("The request was not understood"),
    401: N_("Please sign in"),
    403: N_("Not open to your post"),
    404: N_("Page not found"),
    405: N_("This does not work this way"),
    409: N_("Not carried out"),
    410: N_("Not there any more"),
    413: N_("Too large"),
    422: N_("Please check what you entered"),
    429: N_("Please wait a moment"),
    500: N_("Something went wrong"),
    503: N_("Busy"),
}
SENTENCES = {
    400: N_("The request could not be understood, so nothing was changed. Please go back and try again."),
    404: errors.NotFound.__doc__ or "",
    405: N_("This address only works from a button on its page. Nothing was changed."),
    413: N_("What was sent is too large and was not accepted. Please shorten it."),
    500: N_("The system made a mistake and nothing was changed. Tell the administrator this number: {id}"),
}
EXPIRED = N_(
    "This page has expired. Nothing was changed, and what you typed is kept below: open the page again and repeat."
)
AGAIN = 5  # seconds after which a busy system is worth another try


@dataclass(frozen=True)
class Problem:
    """What the page says: HTTP status, sentence, and after how many seconds to try again (0: not told)."""

    status: int
    sentence: str
    after: int = 0


def install(app: Flask) -> None:
    """Answer every error of every view."""
    app.register_error_handler(EngineError, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)
    app.context_processor(lambda: {"again": again()})


def problem_of(error: EngineError) -> Problem:
    """The status and the sentence of a refusal."""
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)
    minutes = error.facts.get("minutes")
    after = minutes * 60 if isinstance(minutes, int) else AGAIN if status == 503 else 0
    # Where no page shows the fields, the page of the refusal says what is wrong with each.
    beside = field_sentences(error, _).values() if isinstance(error, errors.FormInvalid) else ()
    return Problem(status, " ".join([sentence(error), *beside]), after)


def answer(problem: Problem) -> Response:
    """The problem as a page, or as a fragment for htmx; what a person typed is on the page."""
    _know_who()
    template = "errors/fragment.html" if _by_htmx() else "errors/page.html"
    title = _(TITLES.get(problem.status, TITLES[400]))
    body = render_template(template, problem=problem, title=title, kept=typed())
    return told(body, problem)


def told(page: str, problem: Problem) -> Response:
    """A page that says the problem, with its status and the time after which to try again."""
    response = make_response(page, problem.status)
    if problem.after:
        response.headers["Retry-After"] = str(problem.after)
    return response


def _refused(error: EngineError) -> AnyResponse:
    if isinstance(error, errors.NotSignedIn) and request.method == "GET" and not _by_htmx():
        return redirect(url_for("signin.sign_in", next=again()))
    return answer(problem_of(error))


def _expired(error: CSRFError) -> Response:
    log.info("request %s without a valid form token: %s", request_id(), error.description)
    return answer(Problem(400, _(EXPIRED)))


def _http(error: HTTPException) -> AnyResponse:
    if isinstance(error, RequestRedirect):
        return error.get_response()
    status = error.code or 500
    if status >= 500:
        return _broken(error)
    response = answer(Problem(status, _(SENTENCES.get(status, SENTENCES[400]))))
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _broken(error: Exception) -> Response:
    log.error("request %s failed", request_id(), exc_info=error)
    return answer(Problem(500, filled(SENTENCES[500], {"id": request_id()})))


def _know_who() -> None:
    """An error page is shown even when the database cannot say who asks; then it is shown to nobody in particular."""
    try:
        bool(current_user.is_authenticated)
    except EngineError:
        g._login_user = AnonymousUserMixin()


def _by_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"
