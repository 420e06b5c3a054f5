"""Progress by case number and code, limited in tries."""

import unicodedata

from flask import Blueprint, Response, render_template, request

from engine import cases, identity, numbers
from engine.errors import EngineError, ProgressRefused, TooManyTries
from web import errors
from web.begin import begin, look
from web.guard import public

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
            identity.throttle(work, f"progress:{request.remote_addr}", PER_ADDRESS, MINUTES)
            identity.throttle(work, f"progress:{number}", PER_CASE, MINUTES)
        with look() as work:
            found = cases.progress(work, number, _half_width(request.form.get("code", "")))
    except (ProgressRefused, TooManyTries) as refused:
        return _asked_again(number, refused)
    return render_template("public/progress.html", progress=found)


def _asked_again(number: str, refused: EngineError) -> Response:
    problem = errors.problem_of(refused)
    page = render_template("public/ask.html", number=number, error=problem.sentence)
    return errors.told(page, problem)


def _number(typed: str) -> str:
    return numbers.plain(_half_width(typed))[:40]


def _half_width(typed: str) -> str:
    """Digits and letters as they are printed on the receipt, however the keyboard was set."""
    return unicodedata.normalize("NFKC", typed[:100])
