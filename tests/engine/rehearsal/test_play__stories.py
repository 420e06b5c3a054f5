"""Scenarios: everything that can happen is played, and what was never touched is named."""

from dataclasses import replace

import pytest

from engine import catalog, rehearsal, runtime
from engine.errors import PackInvalid
from tests.conformance.bpmn.activities import table
from tests.conformance.bpmn.models import ERR, MSG, SIG, catch, decide, job, model, on, start, timer

START = """
about = "一个故事"
[start]
on = 2026-11-20
origin = "both_local"
want_birth = "no"
want_migration = "no"
"groom.name" = "方知远"
"groom.id_number" = "330802200003159973"
"groom.phone" = "19900000001"
"groom.hukou_address" = "衢州市柯城区信安街道样例路8号"
"groom.nation" = "01"
"groom.education" = "20"
"groom.occupation" = "2"
"groom.marital_status" = "single"
"bride.name" = "蓝小溪"
"bride.id_number" = "330824200107029987"
"bride.phone" = "19900000002"
"bride.hukou_address" = "衢州市开化县华埠镇样例村12号"
"bride.nation" = "22"
"bride.education" = "30"
"bride.occupation" = "4"
"bride.marital_status" = "single"
"declaration.not_related" = "true"
"declaration.voluntary" = "true"
"declaration.truthful" = "true"
"declaration.sharing" = "true"
"declaration.witness" = "郑明理"
"delivery.way" = "window"
"""
END = '[end]\nat = "e"\n'


@pytest.fixture(scope="module")
def family():
    """The pack whose forms the stories fill in; each test gives it a process of its own."""
    return catalog.read(catalog.files_of(catalog.content_root(), "family"))


def rehearsed(pack, drawing, *stories, **more):
    """The pack with another process and these scenarios, rehearsed."""
    files = {name: text for name, text in pack.files.items() if "/scenarios/" not in name}
    files |= {f"workflows/family/scenarios/{n}.toml": START + text for n, text in enumerate(stories)}
    return rehearsal.rehearse(replace(pack, files=files, model=runtime.read(drawing, **more)))


def steps(*parts):
    """Steps of a story, each a line of TOML."""
    return "".join(f"[[step]]\n{part}\n" for part in parts)


def problems(coverage):
    return [problem for played in coverage.played for problem in played.problems]


def test_a_connector_replies(family):
    """A job is answered with the reply, or ended by a BPMN error that the diagram catches."""
    drawing = model("s a e; b e2", a=job(), b=on("a", ERR))
    replies = steps('job = "a"\nreply = { x = 5 }') + END + 'facts = { "x + 1" = 6 }\n'
    fails = steps('job = "a"\nerror = "E1"') + END.replace('"e"', '"e2"')
    assert rehearsed(family, drawing, replies, fails).clean


def test_messages_signals_and_time(family):
    """A message by its key, a signal and the passing of days move the process."""
    drawing = model("s k g t e", k=catch(MSG), g=catch(SIG), t=catch(timer("P3D")))
    told = steps('message = "msg"\nkey = "k"\npayload = { m = 1 }\nopen = []', 'signal = "sig"', 'wait = "P3D"')
    assert rehearsed(family, drawing, told + END).clean


def test_a_key_may_be_feel(family):
    """The correlation key of a scenario may be computed from the facts, as the drawing computes it."""
    before = '<message id="MN" name="number"><extensionElements><zeebe:subscription correlationKey="=case.number"/>'
    drawing = model("s k e", before + "</extensionElements></message>", k=catch(MSG.replace('"M"', '"MN"')))
    assert rehearsed(family, drawing, steps('message = "number"\nkey = "=case.number"') + END).clean


def test_a_story_may_begin_a_process_that_waits(family):
    """Without a plain start event the first step is what begins the process."""
    drawing = model("s a e", a=job(), s=start(SIG))
    assert rehearsed(family, drawing, steps('signal = "sig"', 'job = "a"') + END).clean


def test_what_was_never_touched_is_named(family):
    """Flows, events and rules of decision tables that no scenario touches are named, and the rehearsal is not clean."""
    drawing = model('s i d x [=r = "low"] e; x *e2; b e3; i', i=job(), b=on("i", ERR), d=decide("grade"))
    found = rehearsed(family, drawing, steps('job = "i"\nreply = { n = 1 }') + END, decisions={"g.dmn": table()})
    assert problems(found) == []
    assert not found.clean
    assert (found.covered["rules"].total, found.covered["rules"].missed) == (2, ("Grade#2",))
    assert found.covered["events"].missed == ("b", "e2", "e3")
    assert len(found.covered["flows"].missed) == 2


def test_a_story_that_differs_is_a_problem_with_its_line(family):
    """What waits, what is open, where it ends and which facts hold are all compared."""
    drawing = model("s a e", a=job())
    early = steps('job = "b"') + END
    wrong_open = steps('job = "a"\nopen = ["u"]') + END
    wrong_end = steps('job = "a"') + '[end]\nat = "e9"\n'
    wrong_fact = steps('job = "a"\nreply = { x = 5 }') + END + "facts = { x = 6 }\n"
    nobody = steps('signal = "sig"') + END
    told = problems(rehearsed(family, drawing, early, wrong_open, wrong_end, wrong_fact, nobody))
    for words, problem in zip(
        (
            "line 30: b is not waiting",
            "open are no tasks, not u",
            "ends at e, not at e9",
            "x is 5, not 6",
            "nothing waits",
        ),
        told,
        strict=True,
    ):
        assert words in problem


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (steps('job = "a"\nreplay = { x = 1 }'), "unknown-key"),
        (steps('task = "a"\njob = "b"'), "scenario-step"),
        (steps('by = "reviewer"'), "scenario-step"),
        (steps('message = "m"'), "missing-key"),
        ("[end]\nwhere = 1\n", "unknown-key"),
        (steps('task = "a"\nanswers = 5'), "value-type"),
    ],
)
def test_a_scenario_that_says_something_unknown_is_refused(family, text, rule):
    """A misspelt key would silently play another story."""
    with pytest.raises(PackInvalid) as refused:
        rehearsed(family, model("s a e", a=job()), text)
    (found,) = refused.value.findings
    assert (found.rule, found.line > 0, bool(found.cure_zh and found.cure_en)) == (rule, True, True)


def test_lint_names_what_the_drawing_lacks(family):
    """Tasks, ends, items, outcomes and posts of a scenario have to exist."""
    wrong = (
        START + steps('task = "review_mariage"\nby = "boss"') + '[end]\nat = "don"\nitems = { marriages = "fine" }\n'
    )
    findings = catalog.lint({**family.files, "workflows/family/scenarios/99.toml": wrong})
    assert sorted(f.rule for f in findings) == [
        "bad-value",
        "bad-value",
        "item-unknown",
        "scenario-node",
        "scenario-node",
    ]
    assert all(f.file.endswith("99.toml") and f.line for f in findings)


def test_rules_of_decisions_that_are_needed_count(family):
    """A rule in a table below the one the drawing names is covered too."""
    outer = table().replace(b'id="grade" name="Grade"', b'id="inner" name="Inner"').replace(b'"Grade"', b'"Inner"')
    needs = (
        b'<decision id="grade" name="Grade"><variable name="Grade" typeRef="string"/><informationRequirement>'
        b'<requiredDecision href="#inner"/></informationRequirement><literalExpression><text>Inner</text>'
        b"</literalExpression></decision></definitions>"
    )
    both = {"g.dmn": outer.replace(b"</definitions>", needs)}
    found = rehearsed(family, model("s i d e", i=job(), d=decide("grade")),
                      steps('job = "i"\nreply = { n = 1 }') + END, decisions=both)  # fmt: skip
    assert problems(found) == []
    assert found.covered["rules"].missed == ("Inner#2",)
