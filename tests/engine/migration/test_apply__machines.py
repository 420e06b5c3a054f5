"""Moving a case that waits for a machine: its open jobs and awaited messages become those of the new drawing."""

import pytest

from engine import jobs, migration, store
from engine.jobs import Answer
from engine.words import JobState
from engine.work import SYSTEM
from tests import asking, story

GOOD = Answer({"check": {"kind": "ok", "as_of": None, "marital_status": "single"}})
TOLD = (
    '<bpmn:boundaryEvent id="{node}" name="等待" attachedToRef="review_marriage" cancelActivity="false">'
    '<bpmn:messageEventDefinition messageRef="m"/></bpmn:boundaryEvent>'
    '<bpmn:endEvent id="told" name="等待"/>'
    '<bpmn:sequenceFlow id="to_told" sourceRef="{node}" targetRef="told"/>'
)
MESSAGE = (
    '<bpmn:message id="m" name="permit.issued"><bpmn:extensionElements>'
    '<zeebe:subscription correlationKey="=groom.id_number"/></bpmn:extensionElements></bpmn:message>'
)


@pytest.fixture
def office(city):
    """The demo city."""
    return city


def listening(node="wait"):
    """The family pack whose first review may be told something meanwhile; without `node` nothing is waited for."""
    files = asking.first(asking.ask(), extra=TOLD.format(node=node) if node else "")
    head, tail = files[asking.DRAWING].split("<bpmn:process ", 1)
    return {**files, asking.DRAWING: f"{head}{MESSAGE if node else ''}<bpmn:process {tail}"}


def begun(office, files):
    """A case of these files; a second release of the others may come after."""
    asking.publish(office.engine, files)
    return story.accepted(office.engine, office.actor("wangfang"))


def moved(office, case_id, files, **renamed):
    """The case in the second release; returns the migration's id."""
    asking.publish(office.engine, files)
    with office.engine.begin(SYSTEM) as work:
        return migration.apply(work, case_id, 2, reason="新规施行", renamed=renamed)


def answered(office):
    """The one open job is done."""
    with office.engine.begin(SYSTEM) as work:
        [errand] = jobs.claim(work, "me")
    with office.engine.begin(SYSTEM) as work:
        return jobs.finish(work, errand.id, errand.attempt, GOOD)


def awaited(office):
    """The nodes that wait for a message."""
    with office.engine.look(SYSTEM) as work:
        return [row.node for row in work.session.query(store.Awaited)]


def test_an_open_job_goes_along_under_its_new_name(office):
    """The same row, done once, moves the case in the new drawing; nobody is asked a second time."""
    case_id = begun(office, asking.first(asking.ask()))
    moved(office, case_id, asking.first(asking.ask("asked"), "asked"), ask="asked")
    assert [(row["node"], row["state"]) for row in asking.job_rows(office.engine)] == [("asked", JobState.WAITING)]
    assert answered(office)
    assert asking.states(office.engine) == [JobState.DONE]
    assert "review_marriage" in story.waiting(office.engine, office.actor("zhangwei"))


def test_an_undone_move_gives_the_job_its_name_back(office):
    """And the job moves the case in the old drawing."""
    case_id = begun(office, asking.first(asking.ask()))
    made = moved(office, case_id, asking.first(asking.ask("asked"), "asked"), ask="asked")
    with office.engine.begin(SYSTEM) as work:
        migration.undo(work, made, reason="弄错了")
    assert [row["node"] for row in asking.job_rows(office.engine)] == ["ask"]
    assert answered(office)


@pytest.mark.parametrize(("later", "renamed", "waits"), [("heard", {"wait": "heard"}, ["heard"]), ("", {}, [])])
def test_what_is_waited_for_is_what_the_new_drawing_waits_for(office, later, renamed, waits):
    """An event under another id waits under that id; one the new drawing does not have waits no more."""
    case_id = begun(office, listening())
    answered(office)
    assert awaited(office) == ["wait"]
    moved(office, case_id, listening(later), **renamed)
    assert awaited(office) == waits
