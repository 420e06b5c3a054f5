"""The built scripts, styles and icons: addresses that change with their content, so browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for

from web.guard import public

FOLDER = Path(__file__).parent / "static"
YEAR = 31_536_000  # seconds


def install(app: Flask) -> None:
    """Serve `web/static` and give templates `asset`."""
    app.add_url_rule("/static/<path:filename>", "static", _send)
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """The address of a built file, such as `app.css`."""
    return url_for("static", filename=f"dist/{name}", v=_version(name))


@public
def _send(filename: str) -> Response:
    kept = YEAR if "v" in request.args else None
    response = send_from_directory(FOLDER, filename, max_age=kept)
    if kept:
        response.cache_control.immutable = True
    return response


@cache
def _version(name: str) -> str:
    return hashlib.sha256((FOLDER / "dist" / name).read_bytes()).hexdigest()[:10]
