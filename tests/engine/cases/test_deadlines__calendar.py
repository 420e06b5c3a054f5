"""When items are due: counted from their start, paused by a supplement, counted again when the calendar changes."""

from datetime import date

from engine import cases, clocks
from engine.clocks import Exceptional
from engine.store import Item
from engine.words import DayKind
from engine.work import SYSTEM
from tests import story


def accepted(city):
    story.publish_family(city.engine)
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    certificate = {"certificate_number": "J330802-2026-000101", "registered_on": "2026-11-23", "registrar": "郑明理"}
    copies = {"groom_copy": "3300000101", "bride_copy": "3300000102"}
    story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **certificate, **copies)
    return case_id


def due(city, code):
    """The local day an item is due, and whether that is certain."""
    with city.engine.look(SYSTEM) as work:
        item = work.session.query(Item).filter_by(code=code).one()
        return item.due_at and (item.due_at.date(), item.due_certain)


def entries(city, case_id):
    with city.engine.begin(city.actor("wangfang")) as work:
        return [e.facts for e in cases.view(work, case_id).entries if e.kind == "deadline:moved"]


def test_an_item_is_due_after_its_promise(city):
    """Two working days from Monday end on Wednesday; an item that has not started has no due day."""
    accepted(city)
    assert due(city, "status_groom") == (date(2026, 11, 25), True)
    assert due(city, "migration") is None


def test_waiting_for_papers_stops_the_clock(city, clock):
    """No due day while the applicant is asked; the days waited are added afterwards."""
    accepted(city)
    police = city.actor("hejie")
    story.decide(city.engine, police, "review_status_groom", decision="supplement", missing="户口簿首页不清楚。")
    assert due(city, "status_groom") is None
    clock.forward(days=3)
    clerk = city.actor("wangfang")
    brought = story.supplement(city.engine, clerk, "supplement_status_groom")
    story.decide(city.engine, clerk, "supplement_status_groom", **brought)
    assert due(city, "status_groom") == (date(2026, 11, 30), True)


def test_a_changed_calendar_moves_open_deadlines_and_says_so(city):
    """A typhoon day moves what is due behind it; the case's ledger keeps both moments; a second run moves nothing."""
    case_id = accepted(city)
    with city.engine.begin(SYSTEM) as work:
        clocks.set_day(work, Exceptional(date(2026, 11, 24), DayKind.REST, "台风停工"), "330802", "通告")
    assert [recomputed(city), recomputed(city)] == [2, 0]
    assert due(city, "status_groom") == (date(2026, 11, 26), True)
    told = entries(city, case_id)
    assert sorted(e["item"] for e in told) == ["status_bride", "status_groom"]
    assert told[0]["before"].startswith("2026-11-25")
    assert told[0]["after"].startswith("2026-11-26")


def test_a_deadline_beyond_the_announced_years_is_provisional(city, clock):
    """At the end of December nobody knows the coming holidays; after the import the deadline is certain."""
    clock.forward(days=38)  # Thursday, the last of December
    accepted(city)
    assert due(city, "status_groom") == (date(2027, 1, 4), False)
    year = "date,kind,reason\n2027-01-01,rest,元旦\n2027-01-04,rest,元旦（样例）\n"
    with city.engine.begin(SYSTEM) as work:
        clocks.import_year(work, 2027, clocks.parse(year, 2027), "样例")
    assert recomputed(city) == 2
    assert due(city, "status_groom") == (date(2027, 1, 6), True)


def recomputed(city):
    """Count all open deadlines again; how many moved."""
    with city.engine.look(SYSTEM) as work:
        ids = cases.with_deadlines(work)
    moved = 0
    for case_id in ids:
        with city.engine.begin(SYSTEM) as work:
            moved += cases.recompute(work, case_id)
    return moved
