"""One line of the log for each request; how it is written says `engine.logs`."""

import logging
import time

from flask import Flask, Response, g, request
from flask_login import current_user

from web.headers import request_id

log = logging.getLogger("lianban.request")


def install(app: Flask) -> None:
    """Log every request that is not for a built file."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.arrived = time.perf_counter()


def _end(response: Response) -> Response:
    if request.endpoint in ("static", "health.alive", "health.metrics"):
        return response
    route = request.url_rule.rule if request.url_rule else "none"
    facts = {
        "request": request_id(),
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get("arrived", time.perf_counter())) * 1000, 1),
    }
    if "_login_user" in g and current_user.is_authenticated:
        facts["actor"] = current_user.actor.id
    log.info(" ".join(f"{name}={value}" for name, value in facts.items()), extra={"facts": facts})
    return response
