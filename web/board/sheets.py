"""Lists and figures as sheets: what the screen says, masked as it is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from engine import cases, catalog, figures, repairs, supervision
from engine.figures import Board, Counted, Term, Wish
from engine.words import Lamp, Post
from engine.work import Work
from web.language import speaks_chinese
from web.render.clocks import clock_subject
from web.render.kept import printable
from web.render.moments import day, moment
from web.render.numbers import case_number
from web.render.packs import pack_text
from web.render.pages import searched_at
from web.render.words import word
from web.render.xlsx import Sheet

C = Counted
NARROW = ("department", "person", "pack", "county")


@dataclass(frozen=True)
class Export:
    """A list or page that can be taken out: who may, and the sheets it makes."""

    posts: tuple[Post, ...]
    sheets: Callable[[Work, Term], list[Sheet]]


def _cases(work: Work, _term: Term) -> list[Sheet]:
    search = searched_at("cases.home")
    lines, total = cases.taken_out(
        work, "cases", lambda n: cases.listing(work, search=search, page=n), lambda line: line.id
    )
    heads = [
        _("Case number"),
        _("One-thing"),
        _("Applicants"),
        _("Items finished"),
        _("Items"),
        _("State"),
        _("Accepted at"),
    ]
    rows = [(*_case(x), x.ended, x.items, word(x.outcome or x.state), moment(x.accepted_at)) for x in lines]
    return [Sheet(_("Cases"), heads, rows, _cut(total, len(rows)))]


def _deadlines(work: Work, _term: Term) -> list[Sheet]:
    said = _said()
    lamp = Lamp(said["lamp"]) if said["lamp"] in list(Lamp) else None
    only = {"department": said["department"], "pack": said["pack"], "lamp": lamp}
    lines, total = cases.taken_out(
        work, "deadlines", lambda n: supervision.board(work, page=n, **only), lambda line: line.case_id
    )
    heads = [
        _("Case number"),
        _("One-thing"),
        _("Applicants"),
        _("What"),
        _("Clock"),
        _("Department"),
        _("Due"),
        _("Stands"),
    ]
    rows = [
        (
            *_case(x),
            clock_subject(x.pack, x.item, x.phase),
            word(x.kind),
            x.department.short,
            moment(x.due_at),
            word(x.lamp),
        )
        for x in lines
    ]
    return [Sheet(_("Deadlines"), heads, rows, _cut(total, len(rows)))]


def _incidents(work: Work, _term: Term) -> list[Sheet]:
    lines, total = cases.taken_out(
        work, "incidents", lambda n: repairs.incidents(work, page=n), lambda line: line.case_id
    )
    heads = [_("Case number"), _("One-thing"), _("Applicants"), _("Stopped at"), _("Since"), _("Why"), _("Affected")]
    rows = [
        (
            *_case(x),
            pack_text(x.pack, x.name),
            moment(x.since),
            x.zh if speaks_chinese() else x.en,
            _(", ").join(x.affected),
        )
        for x in lines
    ]
    return [Sheet(_("Incidents"), heads, rows, _cut(total, len(rows)))]


def _list(work: Work, term: Term) -> list[Sheet]:
    said = _said()
    wish = Wish(Counted(said["what"]), term, **{name: said[name] for name in NARROW})
    lines, total = cases.taken_out(
        work, str(wish.what), lambda n: figures.behind(work, wish, page=n), lambda line: line.case_id
    )
    heads = [_("Case number"), _("One-thing"), _("Applicants"), _("Item or task"), _("Department"), _("Person")]
    rows = [
        (
            *_case(x),
            clock_subject(x.pack, x.item, task=x.name),
            x.department.short,
            x.person,
            moment(x.since),
            moment(x.until),
        )
        for x in lines
    ]
    return [Sheet(word(wish.what), [*heads, _("Since"), _("Until")], rows, _cut(total, len(rows)))]


def _board(work: Work, term: Term) -> list[Sheet]:
    found = figures.board(work, term)
    place = [_("Department"), _("One-thing")]
    lamps = [
        (row.department.name, pack_text(pack, pack.name), row.lamps[code][Lamp.RED], row.lamps[code][Lamp.YELLOW])
        for row in found.rows for code, pack in found.packs.items() if code in row.lamps
    ]  # fmt: skip
    items = [
        (row.department.name, pack_text(pack, pack.name), row.items[code][C.ITEMS_OPEN], row.items[code][C.ITEMS_LATE])
        for row in found.rows for code, pack in found.packs.items() if code in row.items
    ]  # fmt: skip
    return [
        Sheet(_("Lamps now"), [*place, _("▲ overdue"), _("◆ due soon")], lamps),
        _workload(found),
        Sheet(_("items in progress"), [*place, _("items open now"), _("overdue now")], items),
        _counties(found),
    ]


def _workload(found: Board) -> Sheet:
    heads = [_("Department"), _("Name"), _("overdue now"), _("open now"), _("decided"), _("Median, working days")]
    rows = [
        (x.department.name, x.name, x.counts[C.TASKS_LATE], x.counts[C.TASKS_OPEN], x.counts[C.TASKS_DONE], x.median)
        for x in (*found.loads, *found.people)
    ]
    few = _("Shown are the %(count)s with the most overdue and open tasks.", count=len(found.people))
    return Sheet(_("Workload"), heads, rows, few if found.everybody > len(found.people) else "")


def _counties(found: Board) -> Sheet:
    heads = [_("County"), _("cases accepted"), _("items open now"), _("overdue now"), _("decided in time")]
    whats = (C.CASES_ACCEPTED, C.ITEMS_OPEN, C.ITEMS_LATE, C.ITEMS_IN_TIME, C.ITEMS_TOO_LATE)
    rows = [(x.region.name, *(x.counts[what] for what in whats), _rate(x.rate)) for x in found.counties]
    return Sheet(_("Counties compared"), [*heads, _("decided too late"), _("In time, per cent")], rows)


def _indicators(work: Work, term: Term) -> list[Sheet]:
    heads = [_("Code"), _("Indicator"), _("Meaning"), _("Counted"), _("Of"), _("In per cent"), _("No value:")]
    platform = [
        (
            x.indicator.code,
            _(x.indicator.name),
            _(x.indicator.meaning),
            x.part,
            x.whole,
            _rate(x.rate),
            word(x.indicator.why),
        )
        for x in figures.measured(work, term)
    ]
    goals = [
        (goal.code, goal.name if speaks_chinese() else goal.en, goal.target, goal.unit, day(goal.due), word(goal.why))
        for goal in figures.goals(catalog.content_root())
    ]
    plan = [_("Code"), _("Indicator"), _("Goal"), _("Unit"), _("By"), _("No value:")]
    return [Sheet(_("Of the platform"), heads, platform), Sheet(_("Goals of the year"), plan, goals)]


EXPORTS: Mapping[str, Export] = {
    "cases": Export(figures.POSTS, _cases),
    "deadlines": Export(figures.POSTS, _deadlines),
    "incidents": Export(repairs.POSTS, _incidents),
    "list": Export(figures.POSTS, _list),
    "board": Export(figures.POSTS, _board),
    "indicators": Export(figures.POSTS, _indicators),
}


def _case(line: Any) -> tuple[str, str, str]:
    """How every list of cases begins: number, one-thing, applicants as masked as on the screen."""
    return case_number(line.number), pack_text(line.pack, line.pack.name), line.applicant


def _said() -> dict[str, Any]:
    return {name: printable(request.form.get(name, "")) for name in (*NARROW, "lamp", "what")}


def _cut(total: int, shown: int) -> str:
    return _("Only the first %(count)s lines are here; there are more.", count=shown) if total > shown else ""


def _rate(part: float | None) -> float | None:
    return None if part is None else int(part * 1000) / 10
