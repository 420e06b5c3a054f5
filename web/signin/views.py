"""Sign-in, sign-out, language, start page."""

import logging
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, redirect, render_template, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from engine import identity
from engine.errors import Busy, EngineError, SignInLocked, SignInRefused
from engine.work import PUBLIC
from web import errors, shell
from web.begin import SignedIn, engine, settings
from web.guard import guard, public
from web.language import CHINESE, COOKIE, ENGLISH
from web.render.kept import printable

YEAR = 31_536_000  # seconds
LONGEST = 2000  # characters of an address to go on to; the server refuses request lines of 4094
log = logging.getLogger(__name__)
blueprint = Blueprint("signin", __name__)
entries: tuple[shell.Entry, ...] = ()


class _Sessions(LoginManager):  # type: ignore[misc]  # flask-login ships no types
    """Only the session cookie signs anybody in: its reader of remember-me cookies breaks on odd characters."""

    def _load_user_from_remember_cookie(self, _cookie: str) -> None:
        return None


def install(app: Flask) -> None:
    """Let flask-login find the person behind the token in the session cookie."""
    manager = _Sessions(app)
    manager.session_protection = None  # the token itself expires and can be revoked on the server
    manager.user_loader(_signed_in)


@blueprint.get("/")
@public
def home() -> AnyResponse | str:
    """Send everybody to their desk, the first page of the navigation that is theirs; applicants to their progress."""
    if not current_user.is_authenticated:
        return redirect(url_for("public.progress"))
    desks = shell.open_entries()
    return redirect(url_for(desks[0].endpoint)) if desks else render_template("signin/home.html")


@blueprint.get("/signin")
@public
def sign_in() -> AnyResponse | str:
    """The sign-in page."""
    if current_user.is_authenticated:
        return redirect(local_path(request.args.get("next")))
    return render_template("signin/sign_in.html", next=local_path(request.args.get("next")))


@blueprint.post("/signin")
@public
def signed_in() -> AnyResponse:
    """Check the account and the password."""
    login, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        token = _admitted(login, password)
    except (SignInRefused, SignInLocked) as refused:
        return _asked_again(refused, login)
    session.clear()  # nothing of before, the form token included, is worth anything afterwards
    with engine().look(PUBLIC) as work:
        actor = identity.actor_of(work, token)
    if actor is None:
        return _asked_again(SignInRefused(), login)
    login_user(SignedIn(token, actor))
    return redirect(local_path(request.form.get("next")))


@blueprint.post("/signout")
@guard()
def sign_out() -> AnyResponse:
    """End the session here and on the server."""
    with engine().begin(PUBLIC) as work:
        identity.sign_out(work, current_user.token)
    logout_user()
    session.clear()
    return redirect(url_for("signin.sign_in"))


@blueprint.post("/language")
@public
def language() -> AnyResponse:
    """Speak Chinese or English from now on, in this browser."""
    response = redirect(local_path(request.form.get("next")))
    chosen = ENGLISH if request.form.get("language") == ENGLISH else CHINESE
    secure = settings().secure_cookies
    response.set_cookie(COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def local_path(wanted: str | None) -> str:
    """`wanted` if it is a path of this site, else the start page: nobody is sent elsewhere by a prepared link."""
    start = url_for("signin.home")
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > LONGEST:
        return start
    if "\\" in wanted or not wanted.isprintable():
        return start  # browsers read \ as / and drop control characters
    parts = urlsplit(wanted)
    return start if parts.scheme or parts.netloc else wanted


def _admitted(login: str, password: str) -> str:
    """The token of a new session. Checking the password takes long on purpose, so no transaction is open meanwhile."""
    address = request.remote_addr or ""
    with engine().look(PUBLIC) as work:
        candidate = identity.candidate(work, login, address)
    if not identity.verify(candidate, password):
        with engine().begin(PUBLIC) as work:
            identity.reject(work, login, address)
        raise SignInRefused
    candidate = identity.renewed(candidate, password)
    with engine().begin(PUBLIC) as work:
        return identity.admit(work, candidate, address)


def _asked_again(refused: EngineError, login: str) -> Response:
    problem = errors.problem_of(refused)
    wanted = local_path(request.form.get("next"))
    page = render_template("signin/sign_in.html", problem=problem, login=printable(login[:60]), next=wanted)
    return errors.told(page, problem)


def _signed_in(token: str) -> SignedIn | None:
    """The person behind a token. Activity is noted now and then, so that reading alone keeps a session alive."""
    with engine().look(PUBLIC) as work:
        actor = identity.actor_of(work, token)
        stale = identity.stale(work, token)
    if actor is not None and stale:
        _note_activity(token)
    return SignedIn(token, actor) if actor is not None else None


def _note_activity(token: str) -> None:
    try:
        with engine().begin(PUBLIC) as work:
            identity.actor_of(work, token)
    except Busy:
        log.info("activity not noted now; the next request tries again")
