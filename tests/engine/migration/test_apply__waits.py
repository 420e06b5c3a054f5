"""What the old drawing waited for and the new one does not is gone from the rows, and back after undoing."""

import pytest

from engine import audit, catalog, migration, releases, store
from engine.work import SYSTEM
from tests import asking, story

TASK = '<bpmn:userTask id="review_marriage"'
FLOW = """<bpmn:sequenceFlow id="f_heard" sourceRef="heard" targetRef="noted"/><bpmn:endEvent id="noted"/>"""
BOUNDARY = (
    '<bpmn:boundaryEvent id="heard" attachedToRef="review_marriage" cancelActivity="false">{}</bpmn:boundaryEvent>'
)
MESSAGE = """<bpmn:message id="m_note" name="note"><bpmn:extensionElements>
<zeebe:subscription correlationKey="=groom.id_number"/></bpmn:extensionElements></bpmn:message>"""
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition>"
HEARD = '<bpmn:messageEventDefinition messageRef="m_note"/>'


def plain():
    """The family pack without any event that waits."""
    files = catalog.files_of(catalog.content_root(), "family")
    files = {name: text for name, text in files.items() if "/scenarios/" not in name and "commitment.json" not in name}
    return {**files, asking.DRAWING: asking.unchecked(files[asking.DRAWING])}


def waiting(definition):
    """The same, and something waits beside the first task."""
    files = plain()
    drawing = files[asking.DRAWING].replace("<bpmn:collaboration", MESSAGE + "<bpmn:collaboration", 1)
    return {**files, asking.DRAWING: drawing.replace(TASK, BOUNDARY.format(definition) + FLOW + TASK)}


@pytest.mark.parametrize(("definition", "kind"), [(TIMER, store.Timer), (HEARD, store.Awaited)])
def test_what_is_not_waited_for_any_more_is_gone(city, definition, kind):
    """A deadline, or a message, that only the old release knows."""
    asking.publish(city.engine, waiting(definition))
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        assert not releases.publish(work, plain()).pack.model.timed
    with city.engine.begin(SYSTEM) as work:
        assert work.session.query(kind).count() == 1
        moved = migration.apply(work, case_id, 2, reason="新规施行")
    agree(city, kind, 0)
    with city.engine.begin(SYSTEM) as work:
        migration.undo(work, moved, reason="弄错了")
    agree(city, kind, 1)


def agree(city, kind, rows):
    """That many rows, and they are what the process waits for."""
    with city.engine.look(SYSTEM) as work:
        assert list(audit.audit(work)) == []
        assert work.session.query(kind).count() == rows
