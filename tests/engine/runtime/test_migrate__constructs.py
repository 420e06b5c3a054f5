"""Moving what the runtime learned later: starts that wait, several triggers, turns, snapshots, calls named by FEEL."""

import pytest

from engine import runtime
from engine.runtime.migrate import migrate
from tests.conformance.bpmn.activities import MULTI, SEQUENTIAL, ad_hoc, aside, times
from tests.conformance.bpmn.data import OBJECT, READS, goes, io
from tests.conformance.bpmn.models import (
    COMP,
    MSG,
    MSG2,
    SIG,
    body,
    call,
    catch,
    element,
    file,
    handler,
    job,
    model,
    on,
    process,
    start,
    sub,
    throw,
    timer,
    user,
)  # fmt: skip
from tests.conformance.bpmn.play import Player, case
from tests.conformance.bpmn.undoing import undone


class Run(Player):
    """A case that is moved once, and what was said about it."""

    def __init__(self, xml, steps="", **facts):
        super().__init__(case("moved", "", xml, facts=facts), True)
        self.said = self.play(steps)

    def moved(self, xml):
        """Move; the sentences against it are kept, or else the remarks."""
        new = runtime.read(xml)
        found = migrate(self.model, new, self.state, self.facts, renamed={}, now=self.now)
        self.said = [one.en for one in found.obstacles or found.remarks]
        self.refused = found.advance is None
        if found.advance is not None:
            self.model = new
            self._take(found.advance)
        return self

    def then(self, steps):
        """What the case shows at the end, everything it passed included."""
        assert not self.refused, self.said
        for step in filter(None, map(str.strip, steps.split(";"))):
            self._step(step)
        where = ",".join(sorted(self.tasks.values())) or "waits"
        where = f"incident {self.incident.node}" if self.incident else "end" if self.ended else where
        return f"{' '.join(self.trace)} | {where}"


ONE = start(MSG)
TWO = model("s a e; s2 b e", s=ONE, s2=start(timer("PT9S")))


def test_waiting_starts_go_with_the_case():
    """What can begin the process is waited for under the new drawing: kept with its time, dropped, or added."""
    run = Run(TWO, "@4").moved(model("s a e; s3 c e; s2 b d e", s=ONE, s2=start(timer("PT9S")), s3=start(SIG)))
    assert run.said == ['"s3" can begin the process as well.']
    assert run.then("@4") == " | waits"
    assert run.then("@1") == "b d | end"
    assert Run(TWO).moved(model("s a e; s3 c e", s=ONE, s3=start(SIG))).then("@9; ~sig") == "c | end"
    assert Run(TWO).moved(model("s3 c e", s3=start(SIG))).then("~sig") == "c | end"
    assert Run(TWO).moved(model("s a e", s=start(MSG2))).then("!msg; !msg2") == "lost a | end"


def test_waiting_case_is_not_moved_where_nothing_is_waited_for():
    """A drawing that begins at once is another agreement with the applicant: a person has to start it."""
    run = Run(TWO).moved(model("s a e; s2 b e", s2=start(timer("PT9S"))))
    assert run.said == ["This case waits to begin, and the new drawing does not."]
    run = Run(TWO).moved(model("s a e"))
    assert run.said[-1] == "This case waits to begin, and the new drawing does not."


CHOICE = 'instantiate="true" eventGatewayType="{}"'
GATE = element("eventBasedGateway", "", CHOICE.format("Exclusive"))
ALL = element("eventBasedGateway", "", CHOICE.format("Parallel"))


def test_gateway_that_begins_gets_an_event():
    """Before it began the new event can begin it; when a parallel one began, only what it had is still waited for."""
    old, new = "y k a e; y k2 b e", "y k a d e; y k2 b e; y k3 c e"
    events = {"k": catch(MSG), "k2": catch(SIG)}
    more = {**events, "k3": catch(MSG2)}
    assert Run(model(old, y=GATE, **events)).moved(model(new, y=GATE, **more)).then("!msg2") == "c | end"
    run = Run(model(old, y=ALL, **events), "nothing; !msg")
    assert run.moved(model(new, y=ALL, **more)).then("!msg2; ~sig") == "a lost b | end"


@pytest.mark.parametrize("interrupting", [True, False])
def test_triggers_of_an_event(interrupting):
    """Triggers that did not change keep their times; where one changed, all are waited for anew."""
    old = model("s u e; b H e2", b=on("u", MSG + timer("PT9S"), interrupting))
    kept = model("s u v e; b H e2", b=on("u", MSG + timer("PT9S"), interrupting))
    other = model("s u e; b H e2", b=on("u", SIG + timer("PT9S"), interrupting))
    open_ = "end" if interrupting else "u"
    assert Run(old, "@5").moved(kept).then("@5") == f"H | {open_}"
    run = Run(old, "@5").moved(other)
    assert run.said == ['What "b" waits for changed; it waits anew from now.']
    assert run.then("@5; !msg") == "lost | u"
    assert run.then("~sig") == f"lost H | {open_}"


def test_event_gets_and_loses_triggers():
    """One that waited for one thing waits for several, and the other way round; its activity may lose it."""
    alone = model("s u e; b H e2", b=on("u", timer("PT9S")))
    several = model("s u e; b H e2", b=on("u", timer("PT9S") + MSG))
    assert Run(alone).moved(several).then("!msg") == "H | end"
    assert Run(several).moved(alone).then("!msg; @9") == "lost H | end"
    assert Run(several).moved(model("s u e")).then("!msg; u") == "lost u | end"


def test_part_of_what_has_to_happen_may_have_happened():
    """Of several things that all have to happen, nobody knows which still count when they change."""
    all_of = 'parallelMultiple="true"'
    old = model("s k a e", k=catch(MSG + SIG, all_of))
    assert Run(old, "!msg").moved(model("s k a b e", k=catch(MSG + SIG, all_of))).then("~sig") == "a b | end"
    run = Run(old, "!msg").moved(model("s k a e", k=catch(MSG2 + SIG, all_of)))
    assert run.refused
    assert "part of it may have happened" in run.said[0]


def test_listener_with_several_triggers():
    """An event sub-process with several triggers goes on listening."""
    parts = {"h": handler(MSG + timer("PT9S"))}
    assert Run(model("s u e", **parts), "@5").moved(model("s u v e", **parts)).then("@4") == "H | end"


READER = user(READS)
WRITER = user(io(outputs="o") + goes("out", "o", "dr"))
WAITS = "s g; g u b e; g v e2"


def test_what_waits_for_data_waits_on():
    """A task without its data waits in the new drawing as well, and its new events wait only when it has begun."""
    old = model(WAITS, inside=OBJECT, u=READER, v=WRITER)
    new = model(WAITS.replace("b", "b c") + "; k H e3", inside=OBJECT, u=READER, v=WRITER, k=on("u", timer("PT5S")))
    run = Run(old).moved(new)
    assert run.then("@9; v o=3") == "v | u"
    assert run.then("@5") == "v H | end"


def test_what_has_begun_without_its_data():
    """A task that is open already was not held back for data the new drawing wants first."""
    old = model(WAITS, inside=OBJECT, v=WRITER)
    run = Run(old).moved(model(WAITS, inside=OBJECT, u=READER, v=WRITER))
    assert "wants the data" in run.said[0]


def test_turns_of_a_sequential_ad_hoc_sub_process():
    """What waits for its turn has it after the move; with another ordering or other activities the case stays."""
    old = ad_hoc("u; a", "", SEQUENTIAL, a=job())
    copy = old + b"<!-- the same -->"
    assert Run(old).moved(copy).then("#a") == "a | u"
    assert Run(old).moved(copy).then("#a; u") == "a u | end"
    for other in (ad_hoc("u; a", "", "", a=job()), ad_hoc("u; a; v", "", SEQUENTIAL, a=job())):
        run = Run(old).moved(other)
        assert run.refused
        assert "ad-hoc sub-process is running" in run.said[-1]


def by_name(flows="s p z e", called="=target", **parts):
    return file(process(body(flows, p=call(called), **parts)), aside("s1 u e1"), aside("s2 v e4", "R"))


def test_call_named_by_feel():
    """The process that runs is the one named when the call began; another name in the drawing is refused."""
    run = Run(by_name(), target="Q").moved(by_name("s p d z e"))
    assert run.then('u target="R"') == "u p d z | end"
    for other in (by_name(called="=other"), by_name(called="Q")):
        assert "which process it calls" in Run(by_name(), target="Q").moved(other).said[0]


def test_process_called_is_gone():
    """A call whose process the new drawing does not have any more cannot go on there."""
    run = Run(by_name(), target="Q").moved(file(process(body("s p z e", p=call("=target"))), aside("s2 v e4", "R")))
    assert run.refused
    assert run.said[0] == '"u" is not in the new drawing.'


GLOBAL = '<globalUserTask id="Q" name="Q"/>'


def test_global_task():
    """A global task that is open stays open."""
    old, new = (file(process(body(flows, p=call("Q"))), before=GLOBAL) for flows in ("s p z e", "s p d z e"))
    run = Run(old)
    assert list(run.tasks.values()) == ["Q_task"]
    assert run.moved(new).then("Q_task") == "Q_task p d z | end"


def test_instances_by_cardinality():
    """So many instances as were counted when they began; a list instead of a number is refused."""
    three, five = (model(f"s u {more} e", u=user(MULTI.format("", n))) for n, more in ((3, "z"), (5, "y z")))
    assert Run(three, "u").moved(five).then("u; u") == "u u u y z | end"
    turns = model("s u z e", u=user(times("3")))
    assert Run(turns, "u").moved(model("s u y z e", u=user(times("3")))).then("u; u") == "u u u y z | end"


FOR = 'isForCompensation="true"'
INSIDE = {"p": sub("s1 a e1", **undone("a", "c"))}


def test_completed_sub_process_is_undone_after_the_move():
    """What a completed sub-process left goes with the case, under the new drawing's ids."""
    old = model("s p u t z e", **INSIDE, t=throw(COMP))
    new = model("s p u v t z e", **INSIDE, t=throw(COMP))
    assert Run(old).moved(new).then("u; v") == "a u v c z | end"
    run = Run(old).moved(model("s p u t z e", p=sub("s1 a e1"), t=throw(COMP)))
    assert run.said == ['What "a" did can no longer be undone.']
    assert run.then("u") == "a u z | end"


def test_completed_call_named_by_feel_is_undone():
    """The process that was called is opened again, whatever the expression would name now; moved or not."""
    inner = process(body("s1 a e1", **undone("a", "c")), "Q").replace('isExecutable="true"', 'isExecutable="false"')
    old, new = (
        file(process(body(flows, p=call("=target"), t=throw(COMP))), inner)
        for flows in ("s p u t z e", "s p u d t z e")
    )
    run = Run(old, target="Q")
    run.refused = False
    assert run.then('u target="none"') == "a p u c z | end"
    assert Run(old, target="Q").moved(new).then("u") == "a p u d c z | end"


COMPLEX = element("complexGateway", "<activationCondition>=activationCount &gt;= 1</activationCondition>")


def test_complex_gateway_between_its_phases():
    """Which branch counted first is kept by the flow; where the ways changed, nobody can prove that it still resets."""
    old = model("s g u y z e; g v y", y=COMPLEX)
    copy = old + b"<!-- the same -->"
    assert Run(old, "u").moved(copy).then("v") == "u z v | end"
    run = Run(old, "u").moved(model("s g u y z e; g v w y", y=COMPLEX))
    assert run.refused
    assert "complex gateways" in run.said[0]
    run = Run(old, "u").moved(model("s g u y z e; g v e", y=COMPLEX))
    assert run.refused


def test_lane_of_a_task_in_a_called_process():
    """A task of a called process without lanes stays in the lane of the call."""
    lane = '<laneSet><lane id="l" name="窗口"><flowNodeRef>p</flowNodeRef></lane></laneSet>'
    old, new = (file(process(lane + body(flows, p=call("Q"))), aside("s1 u e1")) for flows in ("s p z e", "s p d z e"))
    run = Run(old)
    found = migrate(run.model, runtime.read(new), run.state, run.facts, renamed={}, now=run.now)
    assert [opened.lane for opened in found.kept] == ["窗口"]
