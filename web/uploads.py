"""Files people send, and files they look at.

Only a view marked `@receives_files` may be sent more than a form, and only by somebody whose cookie says they signed
in: everybody else meets the small limit before anything is read.
"""

from collections.abc import Callable
from typing import IO, Any, TypeVar

from flask import Flask, Request, Response, current_app, g, make_response, request, session

from engine.errors import FieldError
from engine.materials import Scan, Taken, take_in
from web.begin import engine

ATTRIBUTE = "__lianban_files__"
MEGABYTE = 1024 * 1024
AT_ONCE = 4  # files of the largest size in one request
PARTS = 64
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf"}
ENDINGS = {"jpeg": "jpg"}
# What was uploaded is shown and never does anything: no scripts, no plug-ins, no frames, whatever it pretends to be.
CAGE = "default-src 'none'; sandbox; frame-ancestors 'none'"
View = TypeVar("View", bound=Callable[..., object])


class Posted(Request):
    """A request whose limits depend on the view it is for."""

    @property
    def max_content_length(self) -> int | None:
        """Bytes of the body."""
        if _takes_files(self):
            return AT_ONCE * engine().vault.megabytes * MEGABYTE + MEGABYTE
        return super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        Request.max_content_length.fset(self, value)  # type: ignore[attr-defined]

    @property
    def max_form_parts(self) -> int | None:
        """Parts of the body."""
        return PARTS if _takes_files(self) else super().max_form_parts

    @max_form_parts.setter
    def max_form_parts(self, value: int | None) -> None:
        Request.max_form_parts.fset(self, value)  # type: ignore[attr-defined]

    def _get_file_stream(self, *about: Any, **more: Any) -> IO[bytes]:
        """Where a part is written while it is read; closed with the request, also when that is refused half-way."""
        stream = super()._get_file_stream(*about, **more)
        g.setdefault("streams", []).append(stream)
        return stream


def install(app: Flask) -> None:
    """Let the application ask these limits, and close what was received."""
    app.request_class = Posted
    app.teardown_request(_close)
    app.jinja_env.globals["file_megabytes"] = lambda: engine().vault.megabytes


def receives_files(view: View) -> View:
    """Mark a view that is sent files."""
    setattr(view, ATTRIBUTE, True)
    return view


def received() -> tuple[tuple[Taken, ...], tuple[FieldError, ...]]:
    """The files of this request, kept, and what is wrong with the others. Outside of any transaction."""
    sent = [each for each in request.files.getlist("files") if each.filename]
    return take_in(engine().vault, ((each.filename or "", each.stream.read()) for each in sent))


def shown(scan: Scan, content: bytes) -> Response:
    """A scan for the browser: a picture to look at, a PDF to keep. Its name is ours, not its sender's."""
    response = make_response(content)
    response.content_type = TYPES[scan.kind]
    how = "attachment" if scan.kind == "pdf" else "inline"
    name = f"{scan.code}-{scan.id[:8]}.{ENDINGS.get(scan.kind, scan.kind)}"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    response.headers["Content-Security-Policy"] = CAGE
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _close(_error: BaseException | None) -> None:
    for stream in g.pop("streams", ()):
        stream.close()


def _takes_files(posted: Request) -> bool:
    view = current_app.view_functions.get(posted.endpoint or "")
    return bool(getattr(view, ATTRIBUTE, False)) and "_user_id" in session
