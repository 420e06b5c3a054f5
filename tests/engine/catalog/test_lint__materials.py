"""What a pack says of its papers takes effect, or is refused with the line of the paper."""

import pytest

from engine import catalog
from engine.words import LimitUnit, MaterialSource, Trust
from tests.engine.catalog.test_lint__rules import FILES

TOML = "workflows/tiny/pack.toml"
MARK = 'note = "查验"'


def found(*said, states='["original"]', required="true"):
    """Rules of the findings when the paper says this, beside texts without English."""
    text = FILES[TOML].replace(MARK, "\n".join((MARK, *said)))
    text = text.replace('states = ["original"]', f"states = {states}")
    text = text.replace("required = true", f"required = {required}")
    findings = catalog.lint({**FILES, TOML: text})
    return {f.rule for f in findings if f.file == TOML and f.rule != "text-no-english"}


TOLERABLE = 'tolerable = { days = 5, unit = "工作日", source = "某法第三条" }'
COMMITMENT = 'commitment = { text = "我承诺", proxy = "=false" }'


def test_a_paper_may_say_all_of_it():
    """A paper that follows later, may be committed to, and is used again, is no finding."""
    said = (TOLERABLE, COMMITMENT, 'trust = "B"', 'holder = "person.name"', "reusable_days = 90", 'kind = "id"')
    assert found(*said, 'unique = ["person.name"]', states='["original", "commitment"]') == set()


@pytest.mark.parametrize(
    ("rule", "said", "more"),
    [
        ("tolerable-not-required", TOLERABLE, {"required": "false"}),
        ("tolerable-no-days", TOLERABLE.replace("5", "0"), {}),
        ("commitment-not-accepted", COMMITMENT, {}),
        ("reuse-no-holder", "reusable_days = 90", {}),
        ("reuse-no-trust", 'reusable_days = 90\nholder = "person.name"\ntrust = "D"', {}),
        ("source-not-accepted", 'source = "shared"', {}),
        ("material-key-unknown", 'holder = "person.nam"', {}),
        ("material-key-unknown", 'unique = ["bill"]', {}),
        ("unknown-key", 'colour = "red"', {}),
        ("unknown-key", TOLERABLE.replace("days", "hours"), {}),
        ("missing-key", 'tolerable = { days = 5, unit = "工作日" }', {}),
        ("missing-key", 'commitment = { text = "我承诺" }', {"states": '["commitment"]'}),
        ("bad-value", 'trust = "E"', {}),
        ("bad-value", 'source = "commitment"', {}),
        ("bad-value", TOLERABLE.replace("工作日", "周"), {}),
        ("feel-equals", COMMITMENT.replace("=false", "false"), {"states": '["commitment"]'}),
        ("feel-name", COMMITMENT.replace("=false", "=agent = true"), {"states": '["commitment"]'}),
    ],
)
def test_what_cannot_take_effect_is_refused(rule, said, more):
    """Each mistake is named by its rule."""
    assert rule in found(said, **more)


def test_states_that_are_not_chosen_are_refused():
    """A pack says how a paper is satisfied; what happens to it later is none of its business."""
    for state in ("tolerated", "reused", "expired", "returned", "refuted", "missing"):
        assert "bad-value" in found(states=f'["{state}"]')


def test_a_paper_of_before_reads_as_before():
    """A release that says nothing of all this keeps its meaning: brought by the applicant, neither late nor reused."""
    (spec,) = catalog.read(FILES).materials
    assert (spec.source, spec.trust, spec.kind) == (MaterialSource.APPLICANT, Trust.A, "card")
    assert (spec.tolerable, spec.commitment, spec.unique, spec.holder, spec.reusable_days) == (None, None, (), "", 0)


def test_what_is_tolerated_is_read():
    """Days, unit, ground, and whether an item may be granted before."""
    text = FILES[TOML].replace(MARK, TOLERABLE.replace(" }", ", granted = true }"))
    (spec,) = catalog.read({**FILES, TOML: text}).materials
    assert spec.tolerable == catalog.Tolerance(5, LimitUnit.WORKING_DAYS, "某法第三条", True)
