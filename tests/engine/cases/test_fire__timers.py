"""The clock's part in a case: due timers fire once, by the same path as a person's decision."""

import importlib
from dataclasses import replace
from datetime import timedelta

import pytest

from engine import cases, catalog, releases, store, worker
from engine.cases.move import vetted
from engine.runtime import Incident
from engine.work import SYSTEM
from tests import story

fires = importlib.import_module("engine.cases.fire")  # the room exports a function of this name
DRAWING = "workflows/family/process.bpmn"
TASK = '<bpmn:userTask id="review_marriage"'
LATE = """<bpmn:boundaryEvent id="late" attachedToRef="review_marriage" cancelActivity="{interrupting}">
<bpmn:timerEventDefinition><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:sequenceFlow id="f_late" sourceRef="late" targetRef="too_late" /><bpmn:endEvent id="too_late" />"""


def waiting_case(city, *, interrupting):
    """A case whose first review has two days, until `late`."""
    files = catalog.files_of(catalog.content_root(), "family")
    late = LATE.format(interrupting=str(interrupting).lower())
    drawing = files[DRAWING].replace(TASK, late + TASK)
    with city.engine.begin(SYSTEM) as work:
        releases.publish(work, {**files, DRAWING: drawing})
    return story.accepted(city.engine, city.actor("wangfang"))


def timers(city):
    """What the timer table says."""
    with city.engine.look(SYSTEM) as work:
        return [(t.node, t.due) for t in work.session.query(store.Timer)]


def kinds(city, case_id):
    """Kinds of the ledger's entries, without readings."""
    with city.engine.begin(city.actor("wangfang")) as work:
        return [e.kind for e in cases.view(work, case_id).entries if e.kind != "case:read"]


@pytest.mark.parametrize("interrupting", [False, True])
def test_a_timer_fires_when_due_and_once(city, clock, interrupting):
    """Not a minute early; then once, however often the worker looks; the task stays or goes as drawn."""
    case_id = waiting_case(city, interrupting=interrupting)
    assert [(node, due - clock.now) for node, due in timers(city)] == [("late", timedelta(days=2))]
    clock.forward(days=1, hours=23, minutes=59)
    assert worker.sweep(city.engine) == 0
    clock.forward(minutes=1)
    assert worker.sweep(city.engine) == 1
    assert worker.sweep(city.engine) == 0
    assert timers(city) == []
    assert kinds(city, case_id).count("timer:fired") == 1
    assert ("task:cancelled" in kinds(city, case_id)) is interrupting
    assert bool(story.waiting(city.engine, city.actor("zhangwei"))) is not interrupting


def test_a_decision_takes_the_timer_away(city, clock):
    """Who decides in time leaves no timer behind; nothing fires later."""
    waiting_case(city, interrupting=True)
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    assert timers(city) == []
    clock.forward(days=9)
    assert worker.sweep(city.engine) == 0


def test_a_worker_away_for_days_doubles_nothing(city, clock):
    """After a week without a worker the timer fires once."""
    case_id = waiting_case(city, interrupting=False)
    clock.forward(days=7)
    worker.sweep(city.engine)
    assert kinds(city, case_id).count("timer:fired") == 1


def test_a_step_the_case_cannot_take_fired_nothing(city, clock, monkeypatch):
    """The ledger has the incident, and no timer that fired: the timer is still there, for when the cause is gone."""
    case_id = waiting_case(city, interrupting=True)
    unfit = Incident("late", zh="容缺材料尚未补齐。", en="A paper is missing.")
    monkeypatch.setattr(fires, "vetted", lambda *told: replace(vetted(*told), incident=unfit))
    clock.forward(days=2)
    worker.sweep(city.engine)
    happened = kinds(city, case_id)
    assert ("timer:fired" in happened, "case:incident" in happened) == (False, True)
    assert [node for node, _ in timers(city)] == ["late"]
