"""`/healthz`, `/readyz` and `/metrics`. Counts and words for machines; never anything about a person."""

import hmac

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from engine import health
from engine.errors import NotFound
from web.begin import engine, settings
from web.guard import public
from web.health.metrics import Requests, Waits

blueprint = Blueprint("health", __name__)
entries = ()
NEAR = frozenset({"127.0.0.1", "::1"})


def install(app: Flask) -> None:
    """Count every request."""
    registry = CollectorRegistry()
    registry.register(Waits(engine))
    app.extensions["lianban.metrics"] = registry
    Requests(registry).install(app)


@blueprint.get("/healthz")
@public
def alive() -> Response:
    """The process answers. Asks nothing else, so that a slow database does not get it killed."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """Whether it can work: 200, or 503 with what is wrong."""
    wrong = {check.name: check.wrong for check in health.checks(engine()) if check.wrong}
    return jsonify(ready=not wrong, wrong=wrong), 503 if wrong else 200


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Prometheus text: with the token of `LIANBAN_METRICS_TOKEN`; without one only on this machine itself."""
    if not _may_measure():
        raise NotFound
    text = generate_latest(current_app.extensions["lianban.metrics"])
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def _may_measure() -> bool:
    token = settings().metrics_token
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    return request.remote_addr in NEAR and "X-Forwarded-For" not in request.headers
