"""When a case stands still with its items, and when each step of the escalation is taken."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine import clocks
from engine.catalog import EscalationStep, limits
from engine.clocks import Calendar, Pause, Span
from engine.words import CITY, LimitUnit, Post

CALENDAR = Calendar()
ZERO = datetime(2026, 11, 2, tzinfo=UTC)
STEPS = (
    EscalationStep(50, None, (Post.HANDLER,)),
    EscalationStep(80, None, (Post.HANDLER,)),
    EscalationStep(100, None, (Post.REVIEWER,)),
    EscalationStep(100, limits.read("3 工作日"), (Post.APPROVER,)),
    EscalationStep(100, limits.read("5 工作日"), (Post.HANDLER,), slip=True),
)


def at(text):
    """A moment in the city."""
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


def hour(number):
    return ZERO + timedelta(hours=number)


def days(limit, start, *pauses):
    found = clocks.moments(STEPS, limits.read(limit), at(start), CALENDAR, pauses)
    return [moment and f"{moment.astimezone(CITY):%m-%dT%H:%M}" for moment in found]


def test_steps_of_ten_days():
    """Half, four fifths, all of it, and working days after that, each at closing time."""
    assert days("10 工作日", "2026-11-02T10:00") == [
        "11-09T17:30", "11-12T17:30", "11-16T17:30", "11-19T17:30", "11-23T17:30",
    ]  # fmt: skip


def test_steps_over_a_holiday():
    """A Friday before the autumn holidays: the adjusted Saturday counts, the days off do not."""
    assert days("2 工作日", "2026-09-30T10:00")[2:4] == ["10-09T17:30", "10-13T17:30"]


def test_steps_of_an_emergency():
    """Hours run day and night."""
    assert days("24 小时", "2026-11-20T22:00")[:3] == ["11-21T10:00", "11-21T18:00", "11-21T22:00"]


def test_nobody_is_told_while_the_clock_stands_still():
    """Steps behind an open pause have no moment; when it has ended they have one again, later."""
    begun = Pause(at("2026-11-10T10:00"), None, "公示")
    assert days("10 工作日", "2026-11-02T10:00", begun) == ["11-09T17:30", None, None, None, None]
    ended = Pause(at("2026-11-10T10:00"), at("2026-11-17T09:00"), "公示")
    assert days("10 工作日", "2026-11-02T10:00", ended)[1:3] == ["11-19T17:30", "11-23T17:30"]


def test_a_case_waits_while_all_its_items_wait():
    """One item at work keeps the case at work; an item that has ended does not."""
    first = Span(hour(0), None, (Pause(hour(2), hour(9), "补正"),))
    second = Span(hour(1), hour(6), (Pause(hour(3), hour(5), "公示"),))
    assert clocks.together([first, second]) == [Pause(hour(3), hour(5), "补正"), Pause(hour(6), hour(9), "补正")]
    assert clocks.together([]) == []


HOURS = st.integers(0, 60)


def span(since, length, stops):
    pauses = tuple(clocks.merged(Pause(hour(since + a), hour(since + a + b), "") for a, b in stops))
    return Span(hour(since), hour(since + length) if length else None, pauses)


SPANS = st.builds(span, HOURS, HOURS, st.lists(st.tuples(HOURS, st.integers(1, 30)), max_size=3))


@given(st.lists(SPANS, max_size=4), st.integers(0, 200))
def test_it_is_paused_exactly_then(spans, number):
    """At any moment: paused together if and only if something is at work and all of that is paused."""
    moment = hour(number) + timedelta(minutes=30)
    working = [one for one in spans if one.at_work(moment)]
    stopped = bool(working) and all(one.paused(moment) for one in working)
    assert any(p.since <= moment and (p.until is None or moment < p.until) for p in clocks.together(spans)) == stopped


@given(st.integers(0, 40), st.sampled_from(LimitUnit), HOURS, st.lists(st.tuples(HOURS, HOURS), max_size=3))
def test_steps_come_in_order(number, unit, since, stops):
    """No step before the one before it."""
    pauses = [Pause(hour(since + a), hour(since + a + b), "") for a, b in stops]
    found = clocks.moments(STEPS, limits.read(f"{number} {unit}"), hour(since), CALENDAR, pauses)
    assert found == sorted(found)
