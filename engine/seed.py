"""Many cases for trying out load: some are played for real, the others are copies with other names and numbers.

The played ones follow the scenarios of the published packs, each stopped somewhere on its way; so copies stand wherever
a case can stand, and rows and states agree in all of them.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Table, Text, column, insert, select, table, type_coerce
from stdnum.cn import ric

from engine import cases, catalog, forms, identity, jobs, notices, numbers, releases, tasks
from engine.app import Engine
from engine.catalog import Pack
from engine.catalog.scenario import TASK, Scenario, Step
from engine.errors import EngineError
from engine.jobs import Answer
from engine.rehearsal.replies import result_of
from engine.releases import Published
from engine.store import Case, Department, Holding, Job, Notice, Row, Task, Timer, User
from engine.store.columns import Document
from engine.words import Level, Post, TaskState
from engine.work import SYSTEM, Work

PLAYED = 48  # cases that are played; the rest are copies
BATCH = 500  # cases of one transaction
DAYS = 60  # over which they are spread
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂文云"


@dataclass(frozen=True)
class _Template:
    """The rows of one played case by table, the case first; documents as text."""

    rows: tuple[tuple[Table, tuple[dict[str, Any], ...]], ...]
    names: tuple[str, ...]  # what its copies are called otherwise
    ids: tuple[str, ...]


def seed(engine: Engine, count: int, told: Callable[[int], None], *, chance: int = 1) -> int:
    """Make `count` cases in the demo city; `told` hears how many there are so far. Returns how many were made."""
    dice = random.Random(chance)  # noqa: S311  the same city again, no secret
    played = list(_played(engine, min(count, PLAYED)))
    told(len(played))
    templates = [_template(engine, case_id) for case_id in played]
    made = len(played)
    while made < count and templates:
        few = min(BATCH, count - made)
        with engine.begin(SYSTEM) as work:
            _copy(work, [dice.choice(templates) for _ in range(few)], dice)
        made += few
        told(made)
    return made


def accepted(work: Work, release: Published, story: Scenario, area: str, *, again: str = "") -> str:
    """A case as a scenario tells it, in an area, of people nobody else is; returns its id.

    `again`: of the very people it tells of, and why they apply although they may have a case for the same.
    """
    if not again:
        story = replace(story, answers=_strangers(work, story.answers))
    return cases.accept(work, _application(work, release, story, area, again))


def _played(engine: Engine, count: int) -> Iterator[str]:
    """Real cases, of the packs by turns, each of another area and stopped after another step."""
    with engine.look(SYSTEM) as work:
        packs = [(one, catalog.scenarios(one.pack)) for one in releases.in_force(work)]
        offices = list(work.session.scalars(select(Department).where(Department.kind == "zw").order_by(Department.id)))
        areas = [area.code for one in offices for area in identity.areas(work, one.id) if area.level == Level.TOWNSHIP]
    stories = [[(one, story, n) for story in several for n in range(len(story.steps) + 1)] for one, several in packs]
    for number in range(count):
        turn, own = divmod(number, len(stories))
        release, story, steps = stories[own][turn * 7 % len(stories[own])]
        area = sorted(set(areas))[number % len(set(areas))]
        case_id = _play(engine, release, story, steps, area)
        if case_id:
            yield case_id


def _play(engine: Engine, release: Published, story: Scenario, steps: int, area: str) -> str | None:
    """A case as far as it goes; None in an area without all the departments this story needs."""
    try:
        with engine.begin(SYSTEM) as work:
            case_id = accepted(work, release, story, area)
    except EngineError:
        return None
    visits: dict[str, int] = {}
    _reply(engine, case_id, story, visits)
    for step in story.steps[:steps]:
        if step.kind != TASK or not _decide(engine, case_id, step):
            break
        _reply(engine, case_id, story, visits)
    return case_id


def _reply(engine: Engine, case_id: str, story: Scenario, visits: dict[str, int]) -> None:
    """Let other departments answer what the case asks, as the scenario says."""
    while True:
        with engine.begin(SYSTEM) as work:
            wanted = select(Job.id).where(Job.case_id == case_id, Job.node.in_(story.replies))
            asked = jobs.claim(work, "seed", only=list(work.session.scalars(wanted)))
            if not asked:
                return
            visits[asked[0].node] = visits.get(asked[0].node, 0) + 1
            result = result_of(asked[0], story.replies[asked[0].node], visits[asked[0].node])
            jobs.finish(work, asked[0].id, asked[0].attempt, Answer(result))


def _application(work: Work, release: Published, story: Scenario, area: str, again: str) -> cases.Application:
    pack = catalog.local(release.pack, area, releases.local_day(work.now))
    asked = {key: value for key, value in story.answers.items() if key in pack.situation.keys}
    situation = forms.check(pack.situation, asked, now=work.now)
    items = catalog.applicable(pack, situation, work.now, story.choices)
    rest = {key: value for key, value in story.answers.items() if key not in asked}
    answers = {**situation, **forms.check(catalog.application(pack, items), rest, situation, now=work.now)}
    others = cases.duplicates(work, pack, answers, items) if again else ()
    return cases.Application(
        release=release.hash, area=area, window=_window(work, area), items=items, answers=answers,
        papers=_papers(pack, items, answers, work.now), duplicates={each.case_id: again for each in others},
    )  # fmt: skip


def _strangers(work: Work, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same answers of other people of the same age and sex; else a story played twice is a duplicate application.

    No place code begins with 9: these are nobody's numbers.
    """
    place = f"9{numbers.next_in(work, 'seed') % 100_000:05}"

    def other(said: Any) -> Any:
        if isinstance(said, Mapping):
            return {key: other(value) for key, value in said.items()}
        if isinstance(said, list):
            return [other(value) for value in said]
        if not isinstance(said, str) or forms.id_number(said) is None:
            return said
        body = place + said[6:17]
        return body + ric.calc_check_digit(body + "0")

    return {key: other(value) for key, value in answers.items()}


def _papers(pack: Pack, items: tuple[str, ...], answers: dict[str, Any], now: datetime) -> dict[str, str]:
    return {spec.code: str(spec.states[0]) for spec in catalog.materials_for(pack, items, answers, now)}


def _window(work: Work, area: str) -> str:
    return identity.serving(work, "zw", Level.TOWNSHIP, area).id


def _decide(engine: Engine, case_id: str, step: Step) -> bool:
    """Finish the step's task as somebody who may; whether it could be done."""
    with engine.look(SYSTEM) as work:
        task = work.session.scalar(
            select(Task).where(Task.case_id == case_id, Task.node == step.name, Task.state == TaskState.OPEN)
        )
        login = _somebody(work, task.department_id, task.posts) if task else None
        if task is None or login is None:
            return False
        actor, task_id = identity.actor_named(work, login), task.id
    try:
        with engine.begin(actor) as work:
            return not tasks.complete(work, task_id, step.values, key=uuid4().hex).stopped
    except EngineError:
        return False


def _somebody(work: Work, department: str, posts: list[str]) -> str | None:
    held = select(User.login).join(Holding, Holding.user_id == User.id)
    wanted = held.where(Holding.department_id == department, Holding.post.in_([Post(post) for post in posts]))
    return work.session.scalar(wanted.order_by(User.login).limit(1))


def _template(engine: Engine, case_id: str) -> _Template:
    with engine.look(SYSTEM) as work:
        case = work.session.get_one(Case, case_id)
        names = tuple(case.applicant.split("、"))
        rows = tuple((t, tuple(_texts(work, t, key, case_id))) for t, key in _parts())
    ids = {row["id"] for _, found in rows for row in found if "id" in row}
    return _Template(tuple((t, found) for t, found in rows if found), names, tuple(sorted(ids)))


def _parts() -> list[tuple[Table, Column[Any]]]:
    """The tables that hold parts of a case, those others point to first, and the column that says of which."""
    (case,) = [t for t in Row.metadata.sorted_tables if t.name == Case.__tablename__]
    others = [(t, c) for t in Row.metadata.sorted_tables for c in t.columns if _of_case(c) and t.name != "draft"]
    return [(case, case.columns["id"]), *others]


def _of_case(col: Column[Any]) -> bool:
    return any(key.column.table.name == Case.__tablename__ for key in col.foreign_keys)


def _texts(work: Work, source: Table, key: Column[Any], case_id: str) -> list[dict[str, Any]]:
    columns = [type_coerce(c, Text).label(c.name) if isinstance(c.type, Document) else c for c in source.columns]
    return [dict(row._mapping) for row in work.session.execute(select(*columns).where(key == case_id))]


def _copy(work: Work, templates: list[_Template], dice: random.Random) -> None:
    lines: dict[Table, list[dict[str, Any]]] = {}
    for template in templates:
        for target, rows in _renamed(work, template, dice):
            lines.setdefault(target, []).extend(rows)
    for target in _tables_in(lines):
        kinds = ((c.name, Text() if isinstance(c.type, Document) else c.type) for c in target.columns)
        plain = table(target.name, *(column(name, kind) for name, kind in kinds))
        work.session.execute(insert(plain), lines[target])


def _tables_in(lines: dict[Table, list[dict[str, Any]]]) -> list[Table]:
    return [target for target in Row.metadata.sorted_tables if target in lines]


def _renamed(work: Work, template: _Template, dice: random.Random) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The rows of a copy: other ids, number, names and day."""
    (case,) = template.rows[0][1]
    moved = timedelta(days=dice.randrange(DAYS), minutes=dice.randrange(600))
    number = numbers.next_case_number(work, case["area"], releases.local_day(case["accepted_at"] - moved))
    changes = {old: str(uuid4()) if "-" in old else uuid4().hex for old in template.ids}
    changes[case["number"]] = number
    changes |= {name: dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=2)) for name in template.names}
    papers = [row for t, rows in template.rows if t.name == Notice.__tablename__ for row in rows]
    serials = {changes[row["id"]]: _numbered(work, row, changes) for row in papers}
    for target, rows in template.rows:
        past = timedelta() if target.name == Timer.__tablename__ else moved  # the state's own moments are not moved
        copies = [{name: _changed(value, changes, past) for name, value in row.items()} for row in rows]
        for copy in copies if target.name == Notice.__tablename__ else ():
            copy["serial"] = serials[copy["id"]]
            copy["content"] = notices.content_of(Notice(**copy))
        yield target, copies


def _numbered(work: Work, row: dict[str, Any], changes: dict[str, str]) -> int:
    """A notice takes the next number of its series and a code of its own, wherever these are named in the case."""
    serial = numbers.next_in(work, f"notice:{row['department_id']}:{row['kind']}:{row['year']}")
    changes[row["number"]] = row["number"].replace(f"{row['serial']:05d}号", f"{serial:05d}号")
    changes[row["code"]] = numbers.unguessable()
    return serial


def _changed(value: Any, changes: dict[str, str], moved: timedelta) -> Any:
    if isinstance(value, datetime):
        return value - moved
    if isinstance(value, str):
        for old, new in changes.items():
            value = value.replace(old, new)
    return value
