"""More time is asked for by whoever handles the item, decided by an approver, within the law, once."""

import pytest

from engine import cases, supervision, worker
from engine.errors import FormInvalid, NotExtended, NotFound, NotSuspended, NotYours, SuspendedAlready
from engine.store import Extension
from engine.words import ExtensionState, Lamp, Post
from engine.work import SYSTEM, Actor, Appointment
from tests.engine.supervision.test_alarms__steps import at, steps
from tests.engine.supervision.test_clocks__running import ask_supplement, due, entries, shown, supply

WHY = "案情复杂，需调阅历史档案。"


def request(city, case_id, days=5, who="hejie", item="status_groom", reason=WHY):
    with city.engine.begin(city.actor(who)) as work:
        return supervision.request(work, case_id, item, days, reason)


def decide(city, wish, who="chenjing", *, grant=True):
    with city.engine.begin(city.actor(who)) as work:
        supervision.decide(work, wish, grant=grant, reason="情况属实。")


def test_granted_time_moves_both_limits_and_the_alarms(city, case_id, clock):
    """Five working days more: promise, law and the case follow; half-time is told anew."""
    clock.now = at("2026-11-30T18:00")
    worker.alarm(city.engine)
    wish = request(city, case_id)
    assert due(city) == "12-07T17:30"
    decide(city, wish, "chenjing")
    assert (due(city), due(city, kind="legal")) == ("12-14T17:30", "12-28T17:30")
    assert shown(city, case_id)["status_groom", "", "", "promise"].clock.more == 5
    _, facts = entries(city, case_id, "extension:granted")[0]
    assert (facts["days"], facts["due"]) == (5, "2026-12-14T09:30:00+00:00")
    clock.now = at("2026-12-03T18:00")
    worker.alarm(city.engine)
    assert steps(city, case_id) == ["50%", "50%"]


def test_refused_time_changes_nothing_and_may_be_asked_again(city, case_id):
    """A refusal has a reason; another wish is possible, a second one beside it or after a grant is not."""
    decide(city, request(city, case_id), "chenjing", grant=False)
    assert due(city) == "12-07T17:30"
    wish = request(city, case_id, days=10)
    with pytest.raises(NotExtended):
        request(city, case_id)
    decide(city, wish, "chenjing")
    assert due(city) == "12-21T17:30"
    with pytest.raises(NotExtended):
        request(city, case_id, days=1)
    with pytest.raises(NotExtended):
        decide(city, wish, "chenjing", grant=False)


@pytest.mark.parametrize(
    ("days", "item"), [(0, "status_groom"), (11, "status_groom"), (1, "marriage"), (1, "migration")]
)
def test_no_more_than_the_law_and_only_while_at_work(city, case_id, days, item):
    """Not beyond what the pack allows, not an item that has ended, not one nobody may extend."""
    who = "zhangwei" if item == "marriage" else "hejie"
    with pytest.raises(NotExtended):
        request(city, case_id, days=days, item=item, who=who)


def test_a_reason_is_needed(city, case_id):
    """Nothing is asked for without saying why."""
    with pytest.raises(FormInvalid):
        request(city, case_id, reason="  ")


def test_only_its_handler_asks_and_only_its_approver_decides(city, case_id):
    """Neither another department nor another county; an approver above the station is its approver."""
    for stranger in ("zhangwei", "caihong", "chenjing"):
        with pytest.raises(NotFound):
            request(city, case_id, who=stranger)
    wish = request(city, case_id)
    for stranger in ("hejie", "zhangling", "yangmin"):
        with pytest.raises(NotFound):
            decide(city, wish, stranger)
    with city.engine.look(city.actor("chenjing")) as work:
        assert [w.id for w in supervision.asked(work)] == [wish]
    with city.engine.look(city.actor("zhangling")) as work:
        assert supervision.asked(work) == ()


def test_nobody_decides_on_their_own_wish(city, case_id):
    """Who asked is refused even with the approver's post."""
    wish = request(city, case_id)
    own = city.actor("hejie")
    both = Actor(own.id, own.name, own.appointments | {Appointment("ga-330802", Post.APPROVER)})
    with pytest.raises(NotYours), city.engine.begin(both) as work:
        supervision.decide(work, wish, grant=True, reason="自己批准。")
    with city.engine.look(both) as work:
        assert [w.mine for w in supervision.asked(work)] == [False]


def test_more_time_while_paused(city, case_id, clock):
    """Granted during a supplement: no due day until it ends, then both the pause and the days count."""
    ask_supplement(city)
    wish = request(city, case_id)
    clock.forward(days=3)
    decide(city, wish, "chenjing")
    assert due(city) is None
    supply(city)
    assert shown(city, case_id)["status_groom", "", "", "promise"].clock.limit.amount == 15


def test_nothing_is_added_to_a_limit_that_is_over(city, case_id, clock):
    """Past the limit by law nobody asks and nobody grants; past the promise alone they may."""
    clock.now = at("2026-12-10T10:00")
    wish = request(city, case_id)
    clock.now = at("2026-12-22T10:00")
    with pytest.raises(NotExtended):
        decide(city, wish, "chenjing")
    with city.engine.look(SYSTEM) as work:
        assert work.session.get(Extension, wish).state == ExtensionState.ASKED


def suspend(city, case_id, who="sunhui", reason="涉及诉讼，等待裁判。"):
    with city.engine.begin(city.actor(who)) as work:
        supervision.suspend(work, case_id, reason)


def test_a_supervisor_suspends_and_resumes(city, case_id, clock):
    """All clocks but those that cannot be paused stand still, with reason; a day later they go on, a day longer."""
    suspend(city, case_id)
    assert (due(city), due(city, item=""), due(city, item="status_bride")) == (None, None, "11-24T09:00")
    with pytest.raises(SuspendedAlready):
        suspend(city, case_id)
    clock.forward(days=1)
    with city.engine.begin(city.actor("sunhui")) as work:
        supervision.resume(work, case_id)
    assert due(city) == "12-08T17:30"
    with pytest.raises(NotSuspended), city.engine.begin(city.actor("sunhui")) as work:
        supervision.resume(work, case_id)
    assert [k for k, _ in entries(city, case_id, "clock:paused", "clock:resumed")] == ["clock:paused", "clock:resumed"]


def test_two_grounds_at_once_count_once(city, case_id, clock):
    """A supplement within a suspension adds nothing to it."""
    suspend(city, case_id)
    clock.forward(days=1)
    ask_supplement(city)
    clock.forward(days=1)
    with city.engine.begin(city.actor("sunhui")) as work:
        supervision.resume(work, case_id)
    page = shown(city, case_id)["status_groom", "", "", "promise"]
    assert page.reading.lamp is Lamp.GREY
    assert [str(p.ground) for p in page.clock.pauses] == ["挂起", "补正"]


def test_a_pause_of_some_hours_moves_no_day(city, case_id, clock):
    """It begins and ends on the same day."""
    suspend(city, case_id)
    clock.forward(hours=3)
    with city.engine.begin(city.actor("sunhui")) as work:
        supervision.resume(work, case_id)
    assert due(city) == "12-07T17:30"


@pytest.mark.parametrize("who", ["yangmin", "hejie", "wangfang"])
def test_nobody_else_suspends(city, case_id, who):
    """Coordinator, handler and window may read the case and not stop its clocks."""
    with pytest.raises(NotYours):
        suspend(city, case_id, who)
    with city.engine.begin(city.actor(who)) as work:
        assert not supervision.desk(work, case_id).can_suspend
        assert cases.view(work, case_id).clocks
