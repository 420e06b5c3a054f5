"""Clocks of a pack that contradict each other are refused, by rule."""

import pytest

from engine import catalog
from engine.catalog import EscalationStep
from engine.catalog.limit import Limit
from engine.words import LimitUnit, Post
from tests import timed
from tests.engine.migration.edited import DRAWING, PACK, PROPERTY

WHOLE = 'promise = { days = 30, unit = "工作日", text = "30个工作日", source = "SAMPLE" }'
STEPS = """[[escalation]]
at = "{}"
to = ["{}"]
[[escalation]]
at = "+2 小时"
to = ["approver", "supervisor"]
slip = true

"""


def found(old="", new="", file=PACK):
    """The rules lint finds after a replacement, texts left aside."""
    files = timed.files()
    assert old in files[file], old
    files[file] = files[file].replace(old, new, 1)
    said = [f for f in catalog.lint(files) if not f.rule.startswith("text-")]
    assert all(f.line and f.cure_zh and f.cure_en for f in said), said
    return [f.rule for f in said]


def test_the_pack_with_every_clock_is_clean():
    """Law, extension, phases, a case promise, publicity and an emergency fit together."""
    assert found() == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("legal = { days = 20", "legal = { days = 9", "limit-legal"),
        ('legal = { days = 20, unit = "工作日"', 'legal = { days = 20, unit = "自然日"', "limit-legal"),
        ("legal = { days = 45", "legal = { days = 29", "limit-legal"),
        ('"审查" = "6 工作日"', '"审查" = "11 工作日"', "limit-sum"),
        ('"审查" = "6 工作日"', '"审查" = "6 工作日", "公示" = "1 自然日"', "phase-unused"),
        ('"审查" = "6 工作日"', '"审查" = "六天"', "bad-value"),
        ('extension = { days = 10, unit = "工作日"', 'extension = { days = 10, unit = "自然日"', "extension-unit"),
        ("pausable = false", "pausable = 0", "value-type"),
        ("sooner = { days = 12", "sooner = { days = 24", "bad-value"),
        (""", when = '=origin = "one_outside"'""", "", "missing-key"),
        ('=origin = "one_outside"', '=orign = "one_outside"', "feel-name"),
        ('=origin = "one_outside"', "=origin = 1", "feel-type"),
        (WHOLE, WHOLE.replace(" }", ", " + timed.SOONER + " }"), "unknown-key"),
    ],
)
def test_what_contradicts(old, new, rule):
    """More promised than the law allows, phases beyond the promise or without tasks, units that differ."""
    assert rule in found(old, new)


def test_a_phase_nobody_declared():
    """A task may not name a phase that has no limit."""
    said = found(PROPERTY.format("phase", "审查"), PROPERTY.format("phase", "复核"), DRAWING)
    assert sorted(said) == ["phase-unknown", "phase-unused"]


def test_what_cannot_be_paused_has_no_pause():
    """Publicity in an item whose clock never stops would mean nothing."""
    plain = 'promise = { days = 10, unit = "工作日", text = "10个工作日", source = "SAMPLE" }'
    assert found(plain, plain.replace(" }", ", pausable = false }")) == ["pause-never"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("pause", "午休"), ("pause", "补正"), ("phase", "审查")],
)
def test_words_of_the_drawing(name, value):
    """A pause has a legal ground of the list, and both belong to an item."""
    if name == "phase":
        files = timed.files((PROPERTY.format("item", "status_groom") + PROPERTY.format("pause", "公示"), ""))
        files[DRAWING] = files[DRAWING].replace(
            '<zeebe:property name="stage" value="deliver" />', PROPERTY.format("phase", "审查"), 1
        )
    else:
        files = timed.files((PROPERTY.format("pause", "公示"), PROPERTY.format("pause", value)))
    assert "bpmn-property" in [f.rule for f in catalog.lint(files)]


def test_a_pause_behind_an_event_gateway():
    """There the case waits at the gateway, so the event's pause would never begin."""
    gate = '<bpmn:eventBasedGateway id="wait" />'
    other = (
        '<bpmn:intermediateCatchEvent id="other" name="十日"><bpmn:timerEventDefinition><bpmn:timeDuration>P10D'
        "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )
    flows = "".join(
        f'<bpmn:sequenceFlow id="w{n}" sourceRef="{a}" targetRef="{b}" />'
        for n, (a, b) in enumerate([("wait", "publicity"), ("wait", "other"), ("other", "review_status_groom")])
    )
    target = 'sourceRef="supplement_status_groom" targetRef="'
    files = timed.files()
    lane = 'name="公安户籍">'
    drawing = (
        files[DRAWING]
        .replace(target + "publicity", target + "wait")
        .replace(
            '<bpmn:intermediateCatchEvent id="publicity"',
            gate + other + flows + '<bpmn:intermediateCatchEvent id="publicity"',
        )
    )
    nodes = "<bpmn:flowNodeRef>wait</bpmn:flowNodeRef><bpmn:flowNodeRef>other</bpmn:flowNodeRef>"
    files[DRAWING] = drawing.replace(lane, lane + nodes)
    assert "pause-behind" in [f.rule for f in catalog.lint(files)]


def test_a_pack_says_whom_it_tells_and_when():
    """Shares and times after the limit, to posts; without any the sample holds."""
    files = timed.files()
    assert [step.percent for step in catalog.read(files).escalation] == [50, 80, 100, 100, 100]
    files[PACK] = files[PACK].replace("[[items]]", STEPS.format("75%", "reviewer") + "[[items]]", 1)
    assert catalog.read(files).escalation == (
        EscalationStep(75, None, (Post.REVIEWER,)),
        EscalationStep(100, Limit(2, LimitUnit.HOURS), (Post.APPROVER, Post.SUPERVISOR), slip=True),
    )


@pytest.mark.parametrize(
    ("at", "to", "rule"),
    [
        ("110%", "reviewer", "bad-value"),
        ("half", "reviewer", "bad-value"),
        ("50%", "boss", "bad-value"),
        ("+3 工作日", "reviewer", "escalation-order"),
    ],
)
def test_steps_nobody_can_take(at, to, rule):
    """A share beyond the whole, no time, no such post, or steps out of order."""
    assert rule in found("[[items]]", STEPS.format(at, to) + "[[items]]")
