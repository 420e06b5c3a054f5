"""Time runs out: each step of the escalation once and in order, whatever the clocks and however many the workers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from engine import cases, supervision, worker
from engine.errors import FormInvalid, NotFound, SlipAnswered
from engine.store import Clock, Slip
from engine.words import CITY, Post
from engine.work import SYSTEM, Actor, Appointment
from tests import story
from tests.engine.supervision.test_clocks__running import ask_supplement, entries, supply

ALL = ["50%", "80%", "100%", "+3 工作日", "+5 工作日"]


def steps(city, case_id, item="status_groom", clock="promise", phase=None):
    """The steps told of a clock, as the ledger has them."""
    told = [facts for _, facts in entries(city, case_id, "alarm:raised")]
    wanted = (item, clock, phase)
    return [f["step"] for f in told if (f.get("item", ""), f["clock"], f.get("phase")) == wanted]


def sweep(city):
    return worker.alarm(city.engine)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


def test_each_step_at_its_moment_and_once(city, case_id, clock):
    """Half of ten days ends on Monday the 30th at closing: not before, and a second sweep tells nothing more."""
    clock.now = at("2026-11-30T17:29")
    sweep(city)
    assert steps(city, case_id) == []
    clock.now = at("2026-11-30T17:30")
    assert [sweep(city), sweep(city)] == [1, 0]
    assert steps(city, case_id) == ["50%"]
    told = next(
        f for _, f in entries(city, case_id, "alarm:raised") if f.get("item") == "status_groom" and "phase" not in f
    )
    assert (told["to"], told["department"], told["at"]) == (["handler"], "ga-330802006", "2026-11-30T09:30:00+00:00")


def test_a_worker_that_was_away_tells_everything_in_order(city, case_id, clock):
    """After a month each step is told once, the earliest first; a clock that jumps back repeats nothing."""
    clock.forward(days=30)
    sweep(city)
    assert steps(city, case_id) == ALL
    moments = [f["at"] for _, f in entries(city, case_id, "alarm:raised")]
    assert moments == sorted(moments)
    clock.forward(days=-20)
    sweep(city)
    clock.forward(days=25)
    sweep(city)
    assert steps(city, case_id) == ALL
    assert steps(city, case_id, phase="审查") == ["50%", "80%", "100%"]


def test_a_limit_by_law_tells_when_it_is_over(city, case_id, clock):
    """What the law allows has no half-time; it begins with its end."""
    clock.now = at("2026-12-21T17:30")
    sweep(city)
    assert steps(city, case_id, clock="legal") == ["100%"]


def test_nobody_is_told_while_the_clock_stands_still(city, case_id, clock):
    """During a supplement nothing is raised, however long it takes; afterwards the moments lie behind it."""
    clock.forward(days=1)
    ask_supplement(city)
    clock.forward(days=60)
    sweep(city)
    assert steps(city, case_id) == []
    assert steps(city, case_id, item="status_bride") != []
    supply(city)
    with city.engine.look(SYSTEM) as work:
        assert work.session.query(Clock).filter_by(item="status_groom", phase="", kind="promise").one().alarm_at is None


def test_workers_do_not_tell_twice(city, case_id, clock):
    """A worker that found the case a moment ago finds nothing more to tell."""
    clock.forward(days=30)
    with city.engine.look(SYSTEM) as work:
        found = supervision.alarmed(work)
    for _ in range(2):
        with city.engine.begin(SYSTEM) as work:
            assert found == [case_id]
            told = supervision.tell(work, case_id)
    assert told == 0


def test_workers_sweep_at_once(city, case_id, clock):
    """Several workers that come at the same moment tell each step once between them."""
    clock.forward(days=30)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: worker.alarm(city.engine), range(8)))
    worker.alarm(city.engine)
    assert steps(city, case_id) == ALL
    with city.engine.look(SYSTEM) as work:
        slips = work.session.query(Slip).filter_by(department_id="ga-330802006").count()
    assert slips == 4, "of two levels for two items"


def test_a_slip_is_issued_and_answered_once(city, case_id, clock):
    """Three working days late: the station gets a slip due in five more, sees it, answers it once, in words."""
    police = city.actor("hejie")
    clock.now = at("2026-12-10T17:30")
    sweep(city)
    with city.engine.look(police) as work:
        slip = next(s for s in supervision.mine(work) if s.item == "status_groom")
    assert (slip.due_at.astimezone(CITY), slip.own, slip.late) == (at("2026-12-17T17:30"), True, False)
    assert slip.number.startswith("DB33080220261210")
    with pytest.raises(FormInvalid), city.engine.begin(police) as work:
        supervision.answer(work, slip.id, " ")
    with city.engine.begin(police) as work:
        supervision.answer(work, slip.id, "系统故障已排除，明日办结。")
    with pytest.raises(SlipAnswered), city.engine.begin(police) as work:
        supervision.answer(work, slip.id, "再答一次。")
    with city.engine.look(city.actor("yangmin")) as work:
        assert [s.id for s in supervision.mine(work) if s.id == slip.id] == []
    assert ("slip:answered", {"slip": slip.number, "department": "ga-330802006"}) in entries(
        city, case_id, "slip:answered"
    )


def test_a_delay_that_goes_on_brings_a_second_level(city, case_id, clock):
    """Five working days late: another slip, answered or not, and it says that it is the second (domain.md 2.19)."""
    clock.now = at("2026-12-10T17:30")
    sweep(city)
    clock.now = at("2026-12-14T17:30")
    sweep(city)
    with city.engine.look(city.actor("hejie")) as work:
        levels = [slip.level for slip in supervision.mine(work) if slip.item == "status_groom"]
    assert levels == [1, 2]


def test_a_slip_is_nobody_elses(city, case_id, clock):
    """Another station neither sees nor answers it; oversight of the area sees it and does not answer for others."""
    clock.forward(days=40)
    sweep(city)
    with city.engine.look(SYSTEM) as work:
        slip = work.session.query(Slip).filter_by(department_id="ga-330802006").first().id
    for stranger in ("caihong", "xuyan"):
        with pytest.raises(NotFound), city.engine.begin(city.actor(stranger)) as work:
            supervision.slip(work, slip)
    lead = city.actor("yangmin")
    with city.engine.begin(lead) as work:
        assert not supervision.slip(work, slip).own
    with pytest.raises(NotFound), city.engine.begin(lead) as work:
        supervision.answer(work, slip, "代为答复。")


def test_the_board_lists_what_is_late_or_soon(city, case_id, clock):
    """Yellow and red clocks of one's own departments, the longest late first; a colleague elsewhere has none."""
    clock.now = at("2026-12-04T18:00")
    with city.engine.look(city.actor("hejie")) as work:
        lines = supervision.board(work).lines
    assert [(line.item, line.phase, str(line.lamp)) for line in lines] == [
        ("status_bride", "", "red"), ("status_groom", "审查", "red"), ("status_groom", "", "yellow"),
    ]  # fmt: skip
    assert lines[0].applicant == "李*、黄*"
    with city.engine.look(city.actor("caihong")) as work:
        assert supervision.board(work).lines == ()
    boss = city.actor("chenjing")
    police = Actor(boss.id, boss.name, frozenset({Appointment("ga-330802", Post.APPROVER)}))
    with city.engine.begin(police) as work:  # the station has no approving leader of its own
        assert len(supervision.board(work).lines) == 3
        assert supervision.desk(work, case_id).clocks
    with pytest.raises(NotFound), city.engine.begin(city.actor("zhangling")) as work:
        supervision.desk(work, case_id)


def test_a_calendar_that_moves_moves_the_alarms(city, case_id, clock):
    """A step that was told and lies ahead again is told at its new moment; those behind are not repeated."""
    clock.now = at("2026-11-30T18:00")
    sweep(city)
    with city.engine.look(SYSTEM) as work:
        before = work.session.query(Clock).filter_by(item="status_groom", phase="", kind="promise").one().alarm_at
    with city.engine.begin(SYSTEM) as work:
        assert cases.recompute(work, case_id) == 0
    with city.engine.look(SYSTEM) as work:
        row = work.session.query(Clock).filter_by(item="status_groom", phase="", kind="promise").one()
        assert (row.raised, row.alarm_at) == (1, before)
        assert row.alarm_at - clock.now < timedelta(days=5)


def test_an_ended_item_raises_nothing(city, case_id, clock):
    """What is finished in time is never told."""
    story.decide(city.engine, city.actor("hejie"), "review_status_groom")
    clock.forward(days=60)
    sweep(city)
    assert steps(city, case_id) == []
