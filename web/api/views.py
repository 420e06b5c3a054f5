"""Two doors for systems: a message for whoever waits for it, and the answer to a question of ours.

Each request carries `Authorization: Bearer <token>` and a JSON object; each answer is a JSON object. The same request
again finds what came of the first one. `docs/operations.md` says how a system gets its token.
"""

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from engine import exchange, identity, messages
from engine.errors import EngineError, NotSignedIn
from engine.exchange import Client
from web import errors
from web.begin import begin, engine, look
from web.guard import public

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
entries = ()
A_MINUTE = 600  # requests of one system
WRONG = 30  # requests with a wrong token from one address in a quarter of an hour
MINUTES = 15


@blueprint.post("/messages")
@public
def message() -> Response:
    """Take a message: `name`, `key`, `id`, and if wanted `payload` and `keep` (ISO 8601, how long to wait)."""
    client = _client()
    sent = messages.document(request.get_data())
    with engine().begin(client.actor) as work:
        received = messages.accept(work, client.may, sent)
    return jsonify(delivered=received.delivered, again=received.again)


@blueprint.post("/callbacks/<job_id>")
@public
def callback(job_id: str) -> Response:
    """Take the answer to a question that was asked: `kind`, `as_of`, `data`. `counted` is false if it came too late."""
    client = _client()
    sent = messages.document(request.get_data())
    with engine().begin(client.actor) as work:
        counted = exchange.call_back(work, client, job_id, sent)
    return jsonify(counted=counted)


@blueprint.errorhandler(EngineError)
def refused(error: EngineError) -> Response:
    """A refusal, in English: programs read it."""
    problem = errors.problem_of(error)
    return _problem(problem.status, type(error).__name__, error.sentence(), problem.after)


@blueprint.errorhandler(HTTPException)
def misunderstood(error: HTTPException) -> Response:
    """What HTTP itself refuses, such as a body that is too large."""
    return _problem(error.code or 500, type(error).__name__, error.description or "")


def _client() -> Client:
    """Who calls, by their token; each system and each address may only try so often."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        with look() as work:
            client = exchange.admit(work, token.strip() if kind.lower() == "bearer" else "")
    except NotSignedIn:
        with begin() as work:
            identity.throttle(work, f"api:{request.remote_addr}", WRONG, MINUTES)
        raise
    with begin() as work:
        identity.throttle(work, f"api:{client.actor.id}", A_MINUTE, 1)
    return client


def _problem(status: int, code: str, said: str, after: int = 0) -> Response:
    answer = jsonify(error=code, message=said)
    answer.status_code = status
    if after:
        answer.headers["Retry-After"] = str(after)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
