"""Clocks of the case, its items, their phases and tasks: what stops them, what does not, what moves them."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from engine import cases, clocks, releases, repairs
from engine.audit import audit
from engine.clocks import Exceptional
from engine.repairs import Wish
from engine.store import Case, Clock, Timer
from engine.words import CITY, ChangeKind, ClockKind, DayKind, Lamp
from engine.work import SYSTEM
from tests import story


def due(city, item="status_groom", kind="promise", phase=""):
    """The local day and hour a clock is due; None while it stands still."""
    with city.engine.look(SYSTEM) as work:
        row = work.session.query(Clock).filter_by(item=item, kind=kind, phase=phase).one()
        return row.due_at and f"{row.due_at.astimezone(CITY):%m-%dT%H:%M}"


def shown(city, case_id):
    """The clocks of the case's page by (item, phase, task, kind)."""
    with city.engine.begin(city.actor("wangfang")) as work:
        found = cases.view(work, case_id).clocks
    return {(c.clock.item, c.clock.phase, c.clock.task, str(c.clock.kind)): c for c in found}


def entries(city, case_id, *kinds):
    """Entries of the ledger as (kind, facts)."""
    with city.engine.begin(city.actor("wangfang")) as work:
        return [(str(e.kind), e.facts) for e in cases.view(work, case_id).entries if e.kind in kinds]


def ask_supplement(city):
    told = {"decision": "supplement", "missing": "户口簿首页不清楚。"}
    story.decide(city.engine, city.actor("hejie"), "review_status_groom", **told)


def supply(city):
    clerk = city.actor("wangfang")
    brought = story.supplement(city.engine, clerk, "supplement_status_groom")
    story.decide(city.engine, clerk, "supplement_status_groom", **brought)


def fire(city, case_id):
    with city.engine.begin(SYSTEM) as work:
        assert work.session.query(Timer).filter_by(case_id=case_id).one().due <= work.now
        cases.fire(work, case_id)


def test_case_item_phase_and_task_have_clocks(city, case_id):
    """Promised and by law, each counted from its own start; the task's limit is read from the drawing."""
    assert (due(city), due(city, kind="legal")) == ("12-07T17:30", "12-21T17:30")
    assert due(city, phase="审查") == "12-01T17:30"
    assert due(city, item="") is not None
    page = shown(city, case_id)
    task = page["status_groom", "", "男方婚姻状况变更", "promise"]
    assert task.reading.due.day == date(2026, 11, 25)
    assert page["", "", "", "legal"].clock.source == "《行政许可法》第四十二条"


def test_papers_and_publicity_stop_the_clock_with_their_grounds(city, case_id, clock):
    """Three days of supplement and seven of publicity follow each other; both are told, and the days count once."""
    ask_supplement(city)
    assert due(city) is None
    clock.forward(days=3)
    supply(city)
    assert due(city) is None
    page = shown(city, case_id)["status_groom", "", "", "promise"]
    assert page.reading.lamp is Lamp.GREY
    assert [str(p.ground) for p in page.clock.pauses] == ["补正", "公示"]
    clock.forward(days=7)
    fire(city, case_id)
    assert due(city) == "12-17T17:30"  # ten days after Thursday the 3rd
    told = entries(city, case_id, "clock:paused", "clock:resumed")
    assert told == [
        ("clock:paused", {"item": "status_groom", "ground": "公示"}),
        ("clock:resumed", {"item": "status_groom", "ground": "公示"}),
    ]


def test_the_case_stands_still_only_with_all_its_items(city, case_id, clock):
    """While the other item is at work the case's clock runs; once that has ended it stands still."""
    before = due(city, item="")
    ask_supplement(city)
    assert due(city, item="") == before
    clock.forward(hours=1)
    story.decide(city.engine, city.actor("hejie"), "review_status_bride")
    assert due(city, item="") is None
    clock.forward(days=2)
    supply(city)
    assert due(city, item="") is None
    clock.forward(days=7)
    fire(city, case_id)
    assert due(city, item="") > before


def test_an_emergency_runs_on(city, case_id):
    """Nothing stops a clock that is not pausable: it counts hours, day and night, through papers that are missing."""
    police = city.actor("hejie")
    story.decide(city.engine, police, "review_status_bride", decision="supplement", missing="户口簿首页不清楚。")
    assert due(city, item="status_bride") == "11-24T09:00"
    assert shown(city, case_id)["status_bride", "", "", "promise"].reading.lamp is Lamp.GREEN


def test_a_changed_calendar_moves_every_clock_and_says_so(city, case_id):
    """A day off in between: promise, law and phase move, the hours of the emergency do not."""
    with city.engine.begin(SYSTEM) as work:
        clocks.set_day(work, Exceptional(date(2026, 11, 26), DayKind.REST, "台风停工"), "330802", "通告")
    with city.engine.begin(SYSTEM) as work:
        assert cases.recompute(work, case_id) == 5
        assert cases.recompute(work, case_id) == 0
    assert (due(city), due(city, item="status_bride")) == ("12-08T17:30", "11-24T09:00")
    told = [facts for _, facts in entries(city, case_id, "deadline:moved")]
    assert {(f.get("item", ""), f.get("phase", ""), f["clock"]) for f in told} == {
        ("status_groom", "", "promise"), ("status_groom", "", "legal"), ("status_groom", "审查", "promise"),
        ("", "", "promise"), ("", "", "legal"),
    }  # fmt: skip


def test_a_reopened_item_does_not_count_the_time_it_was_finished(city, case_id, clock):
    """The days between the result and its being taken back are a pause."""
    story.decide(city.engine, city.actor("hejie"), "review_status_groom")
    clock.forward(days=2)
    boss = city.actor("yangmin")
    with city.engine.begin(boss) as work:
        offer = repairs.offer(work, case_id)
        again = next(a for a in offer.earlier if a.node == "review_status_groom")
        wish = Wish(ChangeKind.REOPEN, node=again.node, scope=again.scope)
        revision = work.session.get(Case, case_id).revision
    with city.engine.begin(boss) as work:
        repairs.apply(work, case_id, wish, "结论有误，重新审核", revision, key="again")
    assert due(city) == "12-09T17:30"
    page = shown(city, case_id)["status_groom", "", "", "promise"]
    assert [str(p.ground) for p in page.clock.pauses] == ["已办结"]


def test_ended_clocks_wake_nobody(city, case_id):
    """With the result the clock ends: it has no alarm and no yellow lamp any more; the rows agree with the audit."""
    story.decide(city.engine, city.actor("hejie"), "review_status_groom")
    with city.engine.look(SYSTEM) as work:
        rows = work.session.query(Clock).filter_by(item="status_groom").all()
        assert {(r.alarm_at, r.amber_at, r.ended_at is None) for r in rows} == {(None, None, False)}
        assert list(audit(work)) == []


def test_lists_show_the_lamp_of_the_item(city, case_id, clock):
    """What the inbox shows is what the case's page shows, without a calendar."""
    for days in (0, 11, 4):
        clock.forward(days=days)
        page = shown(city, case_id)["status_groom", "", "", "promise"].reading
        with city.engine.look(SYSTEM) as work:
            case = work.session.get(Case, case_id)
            lit = cases.lamps(work, case.tasks)
            task = next(t for t in case.tasks if t.node == "review_status_groom")
            assert (lit[task.id].lamp, lit[task.id].due) == (page.lamp, page.due.moment)


def test_a_case_of_a_former_release_ends_clocks_the_new_one_lacks(city, case_id):
    """Rows of limits the drawing in force no longer has are ended, not deleted: slips name them."""
    with city.engine.begin(SYSTEM) as work:
        case = work.session.get(Case, case_id)
        pack = releases.load(work, case.release_hash)
        cases.wind(work, case, replace(pack, legal=None))
    with city.engine.look(SYSTEM) as work:
        row = work.session.query(Clock).filter_by(item="", kind=ClockKind.LEGAL).one()
        assert (row.ended_at is None, row.alarm_at) == (False, None)


@pytest.mark.parametrize("moment", [datetime(2026, 12, 7, 17, 30, tzinfo=CITY)])
def test_the_last_moment_is_in_time(city, case_id, clock, moment):
    """At closing time of the last day nothing is late; a second later it is."""
    clock.now = moment
    assert shown(city, case_id)["status_groom", "", "", "promise"].reading.lamp is Lamp.YELLOW
    clock.forward(seconds=1)
    assert shown(city, case_id)["status_groom", "", "", "promise"].reading.lamp is Lamp.RED
