"""A scenario lets messages and signals come; one that nothing waits for is a problem of the story."""

from dataclasses import replace
from datetime import date

import pytest

from engine import catalog, rehearsal, runtime
from tests.conformance.bpmn.models import MSG, SIG, catch, model, start
from tests.engine.catalog.test_lint__rules import FILES

BEGIN = {"start": {"on": date(2026, 1, 5), "wants": "true", "person.name": "样例"}}


def played(flows, *steps, **elements):
    """What is wrong with a story over a model of its own."""
    pack = replace(catalog.read(FILES), model=runtime.read(model(flows, **elements)))
    story = {**BEGIN, "step": list(steps), "end": {"at": "e"}}
    return [rehearsal.play(pack, "one", story, saving=saving).problems for saving in (False, True)]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([{"message": "msg", "key": "k", "answers": {"x": 1}}, {"signal": "sig"}], ()),
        ([{"message": "msg", "key": "other"}], ("nothing waits for msg",)),
        ([{"signal": "sig"}], ("nothing waits for sig",)),
        ([{"message": "msg", "key": "k"}], ("ends at None, not at e; waiting: ",)),
    ],
)
def test_what_a_story_says_comes(steps, problem):
    """By name, and a message by its key as well."""
    assert played("s k k2 e", *steps, k=catch(MSG), k2=catch(SIG)) == [problem, problem]


def test_a_story_begins_a_process_without_a_plain_start():
    """Its first step is what begins it."""
    assert played("s a e", {"signal": "sig"}, s=start(SIG)) == [(), ()]
