"""The screens: they show and ask, and decide nothing. See README.md in this folder."""

from types import ModuleType

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.app import Engine
from engine.exchange import Exchange
from engine.settings import Settings
from web import (
    api,
    begin,
    board,
    cases,
    deadlines,
    errors,
    events,
    files,
    guard,
    headers,
    health,
    inbox,
    language,
    logs,
    notices,
    packs,
    public,
    render,
    shell,
    signin,
    supervisor,
    uploads,
    window,
)

# Every audience has a package with a `blueprint` and its `entries` in the navigation, in the order people see them.
ROOMS: tuple[ModuleType, ...] = (
    signin, window, inbox, cases, notices, deadlines, board, supervisor, events, packs, public, health, api,
)  # fmt: skip

MEGABYTE = 1024 * 1024


def create_app(engine: Engine, settings: Settings, exchange: Exchange | None = None) -> Flask:
    """The web application on one installation; without an `exchange` no other department can be asked."""
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(_config(settings))
    if settings.secure_cookies:
        # We never speak TLS ourselves, so there is one proxy in front, and the client's address is what it says.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    begin.install(app, engine, settings, exchange or Exchange({}))
    uploads.install(app)
    headers.install(app, settings)
    logs.install(app)
    health.install(app)
    language.install(app)
    files.install(app)
    csrf = CSRFProtect(app)  # asks before the guard does: a form without its token is refused whoever sends it
    signin.install(app)
    guard.install(app)
    errors.install(app)
    render.install(app)
    csrf.exempt(api.blueprint)  # systems bring a token of their own; no browser sends it by itself
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    shell.install(app, [entry for room in ROOMS for entry in room.entries])
    return app


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret,
        "SESSION_COOKIE_NAME": "__Host-lianban" if settings.secure_cookies else "lianban",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "MAX_CONTENT_LENGTH": 2 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 2000,
        "TEMPLATES_AUTO_RELOAD": False,
        # A token lives as long as the session: somebody may take an hour for one family.
        "WTF_CSRF_TIME_LIMIT": None,
        # Our pages send no Referer at all, so a check of it would refuse every form over TLS.
        "WTF_CSRF_SSL_STRICT": False,
    }
