"""Drawings alone: which node is which, and what differs."""

import pytest

from engine import changes, runtime
from tests.engine.runtime.drawings import ENDS, boundary, drawing, nodes, timer, user

GATES = nodes("parallelGateway", "g", "j")
BOTH = drawing(ENDS + GATES + user("a") + user("b") + user("c"), "s -> g -> a -> c -> j -> e\ng -> b -> j")


def said(old, new):
    return [change.en for change in changes.drawings(runtime.read(old), runtime.read(new))]


def renamed(xml, *names):
    """Other ids, the same names."""
    for name in names:
        for word in ("id", "sourceRef", "targetRef", "attachedToRef"):
            xml = xml.replace(f'{word}="{name}"'.encode(), f'{word}="other_{name}"'.encode())
    return xml


def test_all_ids_renamed():
    """A drawing whose nodes all have other ids, gateways without names among them, is the same drawing."""
    assert said(BOTH, renamed(BOTH, "s", "g", "a", "b", "c", "j", "e")) == []


def test_ids_swapped():
    """Two tasks that swapped ids and kept names and places are the same tasks."""
    swapped = BOTH.replace(b'"a"', b'"?"').replace(b'"b"', b'"a"').replace(b'"?"', b'"b"')
    swapped = swapped.replace(b'id="b" name="b"', b'id="b" name="a"').replace(b'id="a" name="a"', b'id="a" name="b"')
    assert said(BOTH, swapped) == []


def test_sequence_becomes_parallel():
    """Work that was one after the other and is done at once is told as another order, and the new gateway too."""
    old = drawing(ENDS + user("a") + user("b"), "s -> a -> b -> e")
    new = drawing(ENDS + GATES + user("a") + user("b"), "s -> g -> a -> j -> e\ng -> b -> j")
    found = said(old, new)
    assert 'After "s": a → a, b' in found
    assert 'After "a": b → e' in found
    assert sum(text.startswith("New parallel gateway") for text in found) == 2


def test_gateway_of_another_kind():
    """A choice that became parallel is told, whatever its id; ways brought together need no gateway."""
    choice = '<exclusiveGateway id="g" default="g_b"/>' + nodes("exclusiveGateway", "j")
    old = drawing(ENDS + choice + user("a") + user("b"), "s -> g -> [=n > 0] a -> j -> e\ng -> b -> j")
    new = drawing(ENDS + GATES + user("a") + user("b"), "s -> g -> a -> j -> e\ng -> b -> j")
    found = said(old, new)
    assert '"g": exclusive gateway → parallel gateway' in found
    assert any(text.startswith('From "g" to "a" when: =n>0 → —') for text in found)
    merged = drawing(ENDS + choice.replace(nodes("exclusiveGateway", "j"), "") + user("a") + user("b"),
                     "s -> g -> [=n > 0] a -> e\ng -> b -> e")  # fmt: skip
    assert said(old, merged) == []


@pytest.mark.parametrize(
    ("span", "words"), [("P3D", "5→3 days"), ("PT36H", "5 days → 36 hours"), ("=frist", "5 days → =frist")]
)
def test_time_limit_of_an_event(span, words):
    """Durations are said in words; anything else as it is written."""

    def limited(text):
        late = user("late") + boundary("t", "a", timer("timeDuration", text))
        return drawing(ENDS + user("a") + late, "s -> a -> e\nt -> late -> e")

    assert said(limited("P5D"), limited(span)) == [f'"t", timer: {words}']


def test_event_moved_to_another_task():
    """An event that sits on another task now is told with both."""

    def limited(host):
        late = user("late") + boundary("t", host, timer("timeDuration", "P5D"))
        return drawing(ENDS + user("a") + user("b") + late, "s -> a -> b -> e\nt -> late -> e")

    assert '"t", sits on: a → b' in said(limited("a"), limited("b"))
