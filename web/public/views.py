"""Progress and notices by case number and code, and whether a notice is genuine; limited in tries."""

import unicodedata

from flask import Blueprint, Response, render_template, request

from engine import cases, identity, notices, numbers, reductions
from engine.errors import EngineError, NotGenuine, ProgressRefused, TooManyTries
from engine.work import Work
from web import errors
from web.begin import begin, look
from web.guard import public
from web.render.sheets import as_pdf, sheet

blueprint = Blueprint("public", __name__)
entries = ()
PER_ADDRESS = 30  # tries from one address in a quarter of an hour; a service hall shares one address
PER_CASE = 8  # tries at one case number in the same time: a code has a million values
MINUTES = 15


@blueprint.get("/progress")
@public
def progress() -> str:
    """Ask for the number and the code. The receipt's QR code fills in the number."""
    return render_template("public/ask.html", number=_number(request.args.get("number", "")), error="")


@blueprint.post("/progress")
@public
def look_up() -> str | Response:
    """Show the case if number and code belong together."""
    number = _number(request.form.get("number", ""))
    try:
        with begin() as work:
            _throttled(work, number)
        code = _half_width(request.form.get("code", ""))
        with look() as work:
            found, papers = cases.progress(work, number, code), cases.notices_of(work, number, code)
            taken = reductions.of_progress(work, number, code)
    except (ProgressRefused, TooManyTries) as refused:
        return _asked_again(number, refused)
    return render_template("public/progress.html", progress=found, notices=papers, code=code, reductions=taken)


@blueprint.post("/progress/notice")
@public
def notice() -> str | Response:
    """One notice of the case, for whoever has number and code; as PDF if asked."""
    number, code = _number(request.form.get("number", "")), _half_width(request.form.get("code", ""))
    try:
        with begin() as work:
            _throttled(work, number)
        with begin() as work:
            found = cases.notice_of(work, number, code, request.form.get("notice", ""))
    except (ProgressRefused, TooManyTries) as refused:
        return _asked_again(number, refused)
    if request.form.get("pdf"):
        return as_pdf(found)
    return render_template("public/notice.html", notice=found, sheet=sheet(found), number=number, code=code)


@blueprint.get("/verify")
@public
def verify_ask() -> str:
    """Ask for the code of a notice."""
    return render_template("public/verify.html", code="", found=None, error="")


@blueprint.get("/verify/<code>")
@public
def verify(code: str) -> str | Response:
    """Whether the notice with this code is genuine: where its QR code leads."""
    code = _half_width(code)
    try:
        with begin() as work:
            identity.throttle(work, f"verify:{request.remote_addr}", PER_ADDRESS, MINUTES)
        with look() as work:
            found = notices.verify(work, code)
    except (NotGenuine, TooManyTries) as refused:
        problem = errors.problem_of(refused)
        page = render_template("public/verify.html", code=code[:40], found=None, error=problem.sentence)
        return errors.told(page, problem)
    return render_template("public/verify.html", code=code[:40], found=found, error="")


@blueprint.post("/verify")
@public
def verify_typed() -> str | Response:
    """The same for a code that was typed."""
    return verify(request.form.get("code", ""))


def _throttled(work: Work, number: str) -> None:
    identity.throttle(work, f"progress:{request.remote_addr}", PER_ADDRESS, MINUTES)
    identity.throttle(work, f"progress:{number}", PER_CASE, MINUTES)


def _asked_again(number: str, refused: EngineError) -> Response:
    problem = errors.problem_of(refused)
    page = render_template("public/ask.html", number=number, error=problem.sentence)
    return errors.told(page, problem)


def _number(typed: str) -> str:
    return numbers.plain(_half_width(typed))[:40]


def _half_width(typed: str) -> str:
    """Digits and letters as they are printed on the receipt, however typed; nothing a page cannot hold."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed[:100]) if sign.isprintable())
