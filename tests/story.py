"""The first true case as a story other tests start from: invented people, complete answers, and who does what.

Functions take an `engine` with the demo city and the family pack, and keyword changes to what is told.
"""

import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from stdnum.cn import ric

from engine import catalog, drafts, exchange, identity, jobs, releases, tasks
from engine.app import Engine
from engine.store import Job
from engine.tasks import Box
from engine.words import JobState
from engine.work import SYSTEM, Actor

AREA = "330802006"
CHECKS = ("check_groom", "check_bride")
UNFINISHED = (JobState.WAITING, JobState.RUNNING)
SITUATION = {"origin": "both_local", "want_birth": "yes", "want_migration": "yes", "migrant": "bride"}
GROOM = {"name": "李志远", "id_number": "330802198801039976", "phone": "19900001000"}
BRIDE = {"name": "黄雨欣", "id_number": "330822198902019961", "phone": "19900001001"}
PERSON = {
    "nation": "01",
    "education": "20",
    "occupation": "40",
    "marital_status": "single",
    "hukou_address": "府山街道1号",
}


@dataclass(frozen=True)
class Told:
    """What the clerk typed: flat answers and the state of each paper."""

    answers: dict[str, Any]
    papers: dict[str, str]


def publish_family(engine: Engine) -> str:
    """Publish the pack on disk; returns the release's hash."""
    with engine.begin(SYSTEM) as work:
        return releases.publish(work, catalog.files_of(catalog.content_root(), "family")).hash


def person(engine: Engine, login: str) -> Actor:
    """A civil servant of the demo city, as after sign-in."""
    with engine.look(SYSTEM) as work:
        return identity.actor_named(work, login)


def situated(engine: Engine, clerk: Actor, **changes: Any) -> str:
    """A draft whose situation questions are answered; returns its id."""
    window = "zw-330802"
    with engine.begin(clerk) as work:
        draft = drafts.start(work, "family", window)
    revision = revision_of(engine, clerk, draft)
    asked = {k: v for k, v in {**SITUATION, **changes}.items() if v is not None}
    with engine.begin(clerk) as work:
        drafts.situate(work, draft, asked, AREA, page="p", revision=revision)
    return draft


def revision_of(engine: Engine, clerk: Actor, draft: str) -> int:
    """The draft's present revision."""
    with engine.look(clerk) as work:
        return drafts.view(work, draft).revision


def told(engine: Engine, clerk: Actor, draft: str, **changes: Any) -> Told:
    """Complete answers and papers for whatever this draft asks; `groom__name="…"` changes one, None leaves it out."""
    with engine.look(clerk) as work:
        view = drafts.view(work, draft)
    assert view.form is not None
    answers = {f.key: _answer(f) for f in view.form.fields if f.type != "text" and not f.locked}
    answers.update({k.replace("__", "."): v for k, v in changes.items()})
    papers = {paper.spec.code: str(paper.spec.states[0]) for paper in view.papers}
    return Told({k: v for k, v in answers.items() if v is not None and k in view.form.keys}, papers)


def couple(number: int) -> dict[str, str]:
    """Changes for `told`: the ID numbers of another couple of the same age. No place code begins with 9."""
    bodies = {side: f"9{number:05}{one['id_number'][6:17]}" for side, one in (("groom", GROOM), ("bride", BRIDE))}
    return {f"{side}__id_number": body + ric.calc_check_digit(body + "0") for side, body in bodies.items()}


def accepted(engine: Engine, clerk: Actor, *, situation: dict[str, Any] | None = None, **changes: Any) -> str:
    """An accepted case; returns its id. The couple is always the same: why it applies again is said."""
    draft = situated(engine, clerk, **(situation or {}))
    said = told(engine, clerk, draft, **changes)
    with engine.begin(clerk) as work:
        drafts.save(work, draft, said.answers, said.papers, page="p", revision=-1)
    apart(engine, clerk, draft)
    with engine.begin(clerk) as work:
        case_id = drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)
    checked(engine)
    return case_id


def apart(engine: Engine, clerk: Actor, draft: str) -> None:
    """Say of every case the draft may be the same as that it is another one."""
    with engine.look(clerk) as work:
        found = drafts.view(work, draft).duplicates
    for duplicate, _ in found:
        with engine.begin(clerk) as work:
            drafts.explain(work, draft, duplicate.case_id, "另一次申请", page="p", revision=-1)


def checked(engine: Engine) -> None:
    """Let the departments the family asks confirm everything, as a worker would; a running server may be faster."""
    for _ in range(200):
        with engine.begin(SYSTEM) as work:
            asked = set(work.session.scalars(select(Job.id).where(Job.node.in_(CHECKS), Job.state.in_(UNFINISHED))))
            errands = jobs.claim(work, "story", limit=10, only=asked) if asked else ()
        if not asked:
            return
        for errand in errands:
            reply, _, _ = exchange.understood(errand, {"kind": "ok", "data": {}})
            with engine.begin(SYSTEM) as work:
                jobs.finish(work, errand.id, errand.attempt, reply)
        if not errands:
            time.sleep(0.05)  # the server asks its own sandbox
    raise AssertionError("the check of the couple is never answered")


def waiting(engine: Engine, actor: Actor) -> dict[str, str]:
    """Ids of the open tasks this actor may take, by node."""
    found = {}
    with engine.look(actor) as work:
        lines = tasks.inbox(work, Box.FREE).lines + tasks.inbox(work, Box.MINE).lines
    for line in lines:
        with engine.begin(actor) as work:
            found[tasks.view(work, line.id).task.node] = line.id
    return found


def decide(engine: Engine, actor: Actor, node: str, key: str = "", **answers: Any) -> tasks.Completed:
    """Complete the task waiting at `node`; without answers, approve."""
    task = waiting(engine, actor)[node]
    return submit(engine, actor, task, key, **answers)


def submit(engine: Engine, actor: Actor, task: str, key: str = "", **answers: Any) -> tasks.Completed:
    """Complete one task by its id."""
    given = {k.replace("__", "."): v for k, v in (answers or {"decision": "approved"}).items()}
    with engine.begin(actor) as work:
        completed = tasks.complete(work, task, given, key=key or uuid4().hex)
    checked(engine)
    return completed


def supplement(engine: Engine, clerk: Actor, node: str) -> dict[str, Any]:
    """What the clerk's supplement page would send unchanged: the application as it is, and what was brought."""
    with engine.begin(clerk) as work:
        view = tasks.view(work, waiting(engine, clerk)[node])
    assert view.application is not None
    kept = {k: v for k, v in view.values.items() if k in view.shown and v not in (None, "")}
    return {k.replace(".", "__"): v for k, v in kept.items()} | {"brought": "户口簿首页"}


def _answer(field: Any) -> Any:
    side, _, name = field.key.partition(".")
    known = {"groom": {**GROOM, **PERSON}, "bride": {**BRIDE, **PERSON}}.get(side, {})
    if field.type in ("select", "radio"):
        values = [choice.value for choice in field.choices]
        return known[name] if known.get(name) in values else values[0]
    if field.type == "checkbox":
        return "true"
    if field.type == "number":
        return "12"
    return known.get(name, "张伟" if field.check == "name" else "府山街道新桥街2号")
