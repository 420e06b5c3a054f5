"""What every response tells the browser about safety, and the id by which a request is found in the log."""

import secrets

from flask import Flask, Response, g, request

from engine.settings import Settings

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
YEAR = 31_536_000  # seconds


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every response."""

    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.secure_cookies:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
            response.vary.update(("Cookie", "HX-Request"))
        response.headers["X-Request-Id"] = request_id()
        return response

    app.after_request(finish)


def request_id() -> str:
    """A short name for this request, made when first asked for."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return str(g.request_id)
