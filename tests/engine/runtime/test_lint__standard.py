"""Every rule of the standard a file can break: one small violation each, on one drawing that is right."""

from pathlib import Path

import pytest

from engine import runtime

HERE = Path(__file__).parent
SKELETON = (HERE / "skeleton.bpmn").read_text("utf-8")
MOST = 7  # findings of one cause


def _faults():
    """Name, rule, and the changes as (old, new)."""
    blocks = (HERE / "faults.txt").read_text("utf-8").split("\n\n")[1:]
    for block in blocks:
        title, *lines = block.strip().split("\n")
        name, _, rule = title.rpartition(" = ")
        texts = [line[2:].replace("\\n", "\n") for line in lines]
        yield pytest.param(rule, list(zip(texts[::2], texts[1::2], strict=True)), id=name)


def _refusals(text):
    return [f for f in runtime.lint(text.encode(), "p.bpmn") if not f.warning]


def test_the_skeleton_is_right():
    """What the faults are put into is refused for nothing."""
    assert _refusals(SKELETON) == []


@pytest.mark.parametrize(("rule", "changes"), list(_faults()))
def test_a_fault_is_refused_by_its_rule_and_a_legal_neighbour_is_not(rule, changes):
    """The finding has its line and its cure in both languages, and one cause does not make many of them."""
    text = SKELETON
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    found = _refusals(text)
    assert (rule in {f.rule for f in found}) == (rule != "legal"), found
    assert all(f.line > 0 and f.zh and f.en and f.cure_zh and f.cure_en for f in found)
    assert len(found) <= (0 if rule == "legal" else MOST)
    assert [f.line for f in found] == sorted(f.line for f in found)


def test_the_table_is_as_large_as_it_says():
    """Names are different, and nothing is lost while the table is read."""
    names = [fault.id for fault in _faults()]
    assert len(set(names)) == len(names) > 400
