"""The base of the four reductions is read as written, or refused with its line and a cure."""

import pytest

from engine import catalog
from engine.catalog import Apart, Visits
from tests.engine.catalog.test_lint__rules import FILES

TOML = "workflows/tiny/pack.toml"
ITEM, DAY = 'when = "=wants = true"', "effective_from = 2026-01-01"
APART = 'apart = { steps = 3, papers = 2, visits = 1, source = "SAMPLE" }'
VISITS = 'visits = { most = 1, source = "SAMPLE" }'


def files(apart="", visits="", **paper):
    """The tiny pack with such a base; `paper` changes keys of its only paper."""
    text = FILES[TOML].replace(ITEM, f"{ITEM}\n{apart}").replace(DAY, f"{DAY}\n{visits}")
    for key, value in {"when": "'=true'", **paper}.items():
        old = {
            "when": "when = '=person.name != null'",
            "states": 'states = ["original"]',
            "required": "required = true",
        }
        text = text.replace(old[key], f"{key} = {value}")
    return {**FILES, TOML: text}


def found(**said):
    """Rule and line text of each finding in pack.toml."""
    content = files(**said)
    lines = content[TOML].splitlines()
    return {(f.rule, lines[f.line - 1].strip()) for f in catalog.lint(content) if f.file == TOML}


def test_it_is_read():
    """Figures left out are not stated; a zero is a zero."""
    pack = catalog.read(files(apart='apart = { papers = 0, source = "SAMPLE" }', visits=VISITS))
    assert pack.items[0].apart == Apart(None, 0, None, "SAMPLE")
    assert pack.visits == Visits(1, "SAMPLE")
    assert (catalog.read(FILES).items[0].apart, catalog.read(FILES).visits) == (None, None)


def test_a_good_base_is_no_finding():
    """Three steps, two papers, one visit, against one paper and one visit."""
    assert found(apart=APART, visits=VISITS) == set()


PERMIT = 'code = "permit"'


@pytest.mark.parametrize(
    ("rule", "line", "said"),
    [
        ("unknown-key", PERMIT, {"apart": APART.replace("steps", "stages")}),
        ("unknown-key", VISITS.replace("most", "least"), {"visits": VISITS.replace("most", "least")}),
        ("missing-key", PERMIT, {"apart": APART.replace(', source = "SAMPLE"', "")}),
        ("missing-key", 'visits = { most = 1, source = "" }', {"visits": VISITS.replace("SAMPLE", "")}),
        ("missing-key", 'visits = { source = "SAMPLE" }', {"visits": VISITS.replace("most = 1, ", "")}),
        ("value-type", PERMIT, {"apart": APART.replace("3", '"three"')}),
        ("value-type", PERMIT, {"apart": APART.replace("3", "-3")}),
        ("value-type", PERMIT, {"apart": APART.replace("3", "2.5")}),
        ("value-type", PERMIT, {"apart": "apart = 3"}),
        ("apart-nothing", PERMIT, {"apart": 'apart = { source = "SAMPLE" }'}),
        ("apart-papers", PERMIT, {"apart": APART.replace("papers = 2", "papers = 0")}),
        (
            "visits-more",
            'visits = { most = 2, source = "SAMPLE" }',
            {"apart": APART, "visits": VISITS.replace("1", "2")},
        ),
        ("visits-original", 'visits = { most = 0, source = "SAMPLE" }', {"visits": VISITS.replace("1", "0")}),
    ],
)
def test_what_cannot_be_true_is_refused(rule, line, said):
    """Each contradiction is named where it stands."""
    assert (rule, line) in found(**said)


def test_every_finding_has_a_cure():
    """Sentence and cure in both languages, with the figures that do not fit."""
    content = files(apart=APART.replace("papers = 2", "papers = 0"))
    (one,) = [f for f in catalog.lint(content) if f.rule == "apart-papers"]
    assert "0" in one.zh
    assert "1" in one.en
    assert "身份证" in one.zh
    assert one.cure_zh
    assert one.cure_en


@pytest.mark.parametrize(
    "paper",
    [
        {"when": "'=person.name != null'"},
        {"states": '["original", "shared"]'},
        {"states": '["original", "commitment"]'},
        {"required": "false"},
    ],
)
def test_papers_that_are_not_always_brought_contradict_nothing(paper):
    """What is asked only sometimes, or may be there in another way, may be more than apart."""
    rules = {rule for rule, _ in found(apart=APART.replace("papers = 2", "papers = 0"), **paper)}
    assert "apart-papers" not in rules


@pytest.mark.parametrize("paper", [{"states": '["original", "copy"]'}, {"required": "false"}])
def test_nobody_comes_where_no_original_is_wanted(paper):
    """No visit is fine when the paper can be there in another way."""
    assert not {rule for rule, _ in found(visits=VISITS.replace("1", "0"), **paper)} & {"visits-original"}


def test_visits_are_compared_only_with_a_whole_base():
    """Where an item does not say how often one comes for it, nothing can be more."""
    assert found(visits=VISITS.replace("1", "9")) == set()
