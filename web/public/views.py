"""Progress by case number and code, limited in tries."""

from flask import Blueprint, render_template, request

from engine import cases, identity, numbers
from engine.errors import ProgressRefused, TooManyTries
from web.begin import begin, look
from web.guard import public
from web.render.sentences import sentence

blueprint = Blueprint("public", __name__)
entries = ()
PER_ADDRESS = 30  # tries from one address in a quarter of an hour; a service hall shares one address
PER_CASE = 8  # tries at one case number in the same time: a code has a million values
MINUTES = 15


@blueprint.get("/progress")
@public
def progress() -> str:
    """Ask for the number and the code. The receipt's QR code fills in the number."""
    return render_template("public/ask.html", number=numbers.plain(request.args.get("number", ""))[:40], error="")


@blueprint.post("/progress")
@public
def look_up() -> str | tuple[str, int]:
    """Show the case if number and code belong together."""
    number = numbers.plain(request.form.get("number", ""))[:40]
    try:
        with begin() as work:
            identity.throttle(work, f"progress:{request.remote_addr}", PER_ADDRESS, MINUTES)
            identity.throttle(work, f"progress:{number}", PER_CASE, MINUTES)
        with look() as work:
            found = cases.progress(work, number, request.form.get("code", ""))
    except ProgressRefused as refused:
        return render_template("public/ask.html", number=number, error=sentence(refused)), 422
    except TooManyTries as refused:
        return render_template("public/ask.html", number=number, error=sentence(refused)), 429
    return render_template("public/progress.html", progress=found)
