"""Timer events. Straight, and saved and restored between steps."""

from datetime import timedelta

import pytest

from tests.engine.runtime.drawings import ENDS, NOW, SUB, both_ways, boundary, drawing, inner, nodes, timer, user

pytestmark = both_ways


def test_interrupting_timer_takes_the_task_away(run):
    """When it is due the task is closed and the flow after the boundary event is taken; before, nothing happens."""
    xml = drawing(
        ENDS + user("t") + boundary("b", "t", timer("timeDuration", "PT2H")) + user("h"), "s -> t -> e\nb -> h -> e"
    )
    case = run(xml).wait(hours=1)
    assert case.open == ["t"]
    assert [t.due for t in case.timers] == [NOW + timedelta(hours=2)]
    case.wait(hours=1)
    assert case.open == ["h"]
    assert case.timers == ()
    assert case.trace == ["s", "b"]


def test_timer_of_a_finished_task_never_fires(run):
    """Finishing a task takes its timers away, even one that is overdue: the person was first."""
    xml = drawing(
        ENDS + user("t") + boundary("b", "t", timer("timeDuration", "PT2H")) + user("h"), "s -> t -> h -> e\nb -> e"
    )
    case = run(xml)
    case.now += timedelta(hours=5)
    assert case.finish("t").timers == ()
    assert case.wait(hours=5).open == ["h"]


def test_non_interrupting_timer_fires_once_and_a_cycle_as_often_as_it_says(run):
    """The task stays; a duration fires once, `R3/PT1H` three times, late ones caught up."""
    body = ENDS + user("t") + nodes("task", "h")
    flows = "s -> t -> e\nb -> h -> e"
    once = run(drawing(body + boundary("b", "t", timer("timeDuration", "PT1H"), "false"), flows)).wait(hours=9)
    assert once.trace.count("h") == 1
    assert once.open == ["t"]
    assert once.timers == ()
    cycle = run(drawing(body + boundary("b", "t", timer("timeCycle", "R3/PT1H"), "false"), flows)).wait(hours=1)
    assert cycle.trace.count("h") == 1
    assert cycle.wait(hours=9).trace.count("h") == 3
    assert cycle.timers == ()


def test_timer_on_a_sub_process_interrupts_everything_inside(run):
    """Tasks and timers of a sub-process go with it, also those of a sub-process in it."""
    late = boundary("bd", "u1", timer("timeDuration", "P9D"))
    deep = f'<subProcess id="d">{SUB}{late}{inner("s1->u1;u1->e1")}</subProcess>'
    outer = f'<subProcess id="p"><startEvent id="sp"/>{deep}{inner("sp->d")}</subProcess>'
    case = run(
        drawing(ENDS + outer + boundary("b", "p", timer("timeDuration", "P1D")) + user("h"), "s -> p -> e\nb -> h -> e")
    )
    assert case.open == ["u1"]
    assert len(case.timers) == 2
    assert case.wait(days=1).open == ["h"]
    assert case.timers == ()


@pytest.mark.parametrize(
    ("kind", "text", "after"),
    [
        ("timeDuration", "PT90M", timedelta(minutes=90)),
        ("timeDuration", '=duration("P" + string(n) + "D")', timedelta(days=3)),
        ("timeDate", "2026-01-06T17:00:00+08:00", timedelta(days=1)),
        ("timeDate", "=date and time(day)", timedelta(days=1, hours=7)),
        ("timeDuration", "P1M", timedelta(days=31)),
    ],
)
def test_intermediate_timer_waits_until_it_is_due(run, kind, text, after):
    """Literals and FEEL give the moment; a date without an offset is meant in the city."""
    xml = drawing(ENDS + f'<intermediateCatchEvent id="c">{timer(kind, text)}</intermediateCatchEvent>', "s -> c -> e")
    case = run(xml, {"n": 3, "day": "2026-01-07T00:00:00"})
    assert [t.due - NOW for t in case.timers] == [after]
    assert case.wait(seconds=after.total_seconds() - 1).ended is None
    assert case.wait(seconds=1).ended


def test_two_due_timers_fire_in_their_order(run):
    """The earlier one interrupts; the later one on the same task is gone and does not fire."""
    xml = drawing(
        ENDS
        + user("t")
        + boundary("late", "t", timer("timeDuration", "PT2H"))
        + boundary("early", "t", timer("timeDuration", "PT1H")),
        "s -> t -> e\nlate -> e\nearly -> e",
    )
    assert run(xml).wait(days=1).trace == ["s", "early", "e"]
