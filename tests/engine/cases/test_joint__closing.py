"""The two joint modes: the leading department's last task waits for the items, or for their commitments."""

import pytest

from engine import cases, catalog, drafts, rehearsal, tasks
from engine.errors import NotClosable
from engine.words import CaseOutcome, Outcome
from tests import guided

WINDOW, AREA = "zw-330802", "330802006"
CLOSES = '<zeebe:property name="closes" value="true" />'
LIMIT = '<zeebe:property name="limit" value="1 工作日" />'
COMMITTED = 'joint = "committed"\ncommits = "=person.name != null"\n'


def drawing():
    """The review of the permit is the one with which the leading department closes."""
    head, mark, tail = guided.drawing().partition('id="review_permit"')
    return head + mark + tail.replace(LIMIT, LIMIT + CLOSES, 1)


def decide(city, case_id, node, decision="approved"):
    """The reviewer finishes a task; returns the case afterwards."""
    reviewer = city.actor("zhangwei")
    with city.engine.begin(reviewer) as work:
        task = next(t for t in cases.view(work, case_id).tasks if t.node == node and t.state == "open")
    with city.engine.begin(reviewer) as work:
        tasks.claim(work, task.id)
    with city.engine.begin(reviewer) as work:
        said = {"decision": decision, "reason": "不符", "legal_basis": "SAMPLE"}
        tasks.complete(work, task.id, said, key=f"{task.id}-{decision}")
    with city.engine.begin(reviewer) as work:
        return cases.view(work, case_id)


@pytest.fixture
def accept(city):
    """A function: publish the pack with changes and accept a case of it."""

    def accepted(**changes):
        guided.release(city.engine, process__bpmn=drawing(), **changes)
        clerk = city.actor("wangfang")
        with city.engine.begin(clerk) as work:
            draft = drafts.start(work, "guided", WINDOW)
            drafts.situate(work, draft, {"years": "70"}, AREA, page="p", revision=1)
        with city.engine.begin(clerk) as work:
            return drafts.accept(work, draft, {"person.name": "方知远"}, {"card": "original"}, page="p", revision=-1)

    return accepted


def test_all_have_to_end(city, accept):
    """一般联办: the closing task is refused, names what is waited for, and goes through when everything has ended."""
    case_id = accept()
    for node, waits in (("review_grant", "补助、火化"), ("review_burial", "火化")):
        with pytest.raises(NotClosable) as refused:
            decide(city, case_id, "review_permit")
        assert refused.value.facts["items"] == waits
        decide(city, case_id, node, "refused" if node == "review_grant" else "approved")
    case = decide(city, case_id, "review_permit")
    assert case.outcome is CaseOutcome.PARTLY


def test_commitments_are_enough_with_an_exception(city, accept):
    """前置联办: an item that has given its commitment is not waited for; one with its own mode still is."""
    case_id = accept(extra={"grant": COMMITTED})
    with pytest.raises(NotClosable) as refused:
        decide(city, case_id, "review_permit")
    assert refused.value.facts["items"] == "火化"
    decide(city, case_id, "review_burial")
    case = decide(city, case_id, "review_permit")
    assert [item.outcome for item in case.items] == [Outcome.APPROVED, None, Outcome.APPROVED]


def test_a_failure_falls_on_dependants_only(city, accept):
    """In a running case: the refused grant ends the burial that depends on it; the permit is still to be decided."""
    case_id = accept(extra={"burial": 'depends = ["grant"]\notherwise = "terminated"\n'})
    case = decide(city, case_id, "review_grant", "refused")
    assert [item.outcome for item in case.items] == [None, Outcome.REFUSED, Outcome.TERMINATED]
    assert [task.node for task in case.tasks if task.state == "open"] == ["review_permit"]
    assert decide(city, case_id, "review_permit").outcome is CaseOutcome.PARTLY


def test_the_rehearsal_says_the_same():
    """A scenario that closes too early is a problem, one in the right order passes, and what falls is an outcome."""
    story_ = """about = "一次"
[start]
on = 2026-11-20
years = 70
"person.name" = "方知远"
{steps}
[end]
at = "done"
items = {{ permit = "approved", grant = "refused", burial = "terminated" }}
"""
    one = '[[step]]\ntask = "review_{}"\nanswers = {{ decision = "{}", reason = "a", legal_basis = "b" }}\n'
    grant, permit = one.format("grant", "refused"), one.format("permit", "approved")
    falls = {"burial": 'depends = ["grant"]\notherwise = "terminated"\n'}
    for steps, problem in ((permit + grant, "line 6: review_permit cannot close: grant, burial"), (grant + permit, "")):
        files = guided.files(extra=falls, process__bpmn=drawing())
        pack = catalog.read(files | {"workflows/guided/scenarios/one.toml": story_.format(steps=steps)})
        (played,) = rehearsal.rehearse(pack).played
        assert (played.problems or ("",))[0].startswith(problem)
        assert bool(played.problems) == bool(problem)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"extra": {"grant": 'joint = "committed"\n'}}, "missing-key"),
        ({"extra": {"grant": COMMITTED.replace("person.name", "person.nam")}}, "feel-name"),
        ({"extra": {"grant": COMMITTED.replace("committed", "promised", 1)}}, "bad-value"),
        ({"extra": {"grant": 'otherwise = "not_needed"\n'}}, "otherwise-alone"),
        ({"extra": {"grant": 'depends = ["permit"]\notherwise = "refused"\n'}}, "bad-value"),
        ({"extra": {"grant": COMMITTED}, "process__bpmn": guided.drawing()}, "joint-unclosed"),
    ],
)
def test_packs_that_are_refused(changes, rule):
    """A commitment nobody can give, a name that means nothing, an unknown word, a rule without a ground."""
    found = {f.rule for f in catalog.lint(guided.files(**{"process__bpmn": drawing(), **changes})) if not f.warning}
    assert rule in found
    assert catalog.lint(guided.files(process__bpmn=drawing())) == []
