import pytest

from engine import dmn, feel
from engine.errors import PackInvalid
from tests.engine.dmn import models as m

RULES = (("> 0", '"低"'), ("> 10", '"高"'), ("> 20", '"中"'))
RANKED = m.output(values='"高", "中", "低"')


def decide(logic: str, x: object, type_ref: str = "") -> dmn.Decision:
    model = m.read(m.data("x", type_ref or "Any"), m.decision("表", logic, m.inputs("x")))
    return model.decide("表", {"x": x})


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("FIRST", "低"),
        ("PRIORITY", "高"),
        ("RULE ORDER", ["低", "高", "中"]),
        ("OUTPUT ORDER", ["高", "中", "低"]),
        ("COLLECT", ["低", "高", "中"]),
    ],
)
def test_a_hit_policy_chooses_among_matching_rules(policy: str, expected: object) -> None:
    """Three rules match; the policy says which counts and in what order."""
    assert decide(m.table(m.column("x"), RANKED, *RULES, policy=policy), 25).value == expected


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3)])
def test_collect_aggregates(aggregation: str, expected: int) -> None:
    """The four aggregations of COLLECT."""
    rules = [("-", str(number)) for number in (1, 2, 3)]
    logic = m.table(m.column("x"), m.output(), *rules, policy="COLLECT", aggregation=aggregation)
    assert decide(logic, 1).value == expected


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("SUM", None), ("MIN", None), ("MAX", None), ("COUNT", 0), ("", [])]
)
def test_collect_of_nothing(aggregation: str, expected: object) -> None:
    """Nothing collected is an empty list, counts as 0, and has no sum."""
    logic = m.table(m.column("x"), m.output(), ("> 5", "1"), policy="COLLECT", aggregation=aggregation)
    assert decide(logic, 1).value == expected


def test_unique_is_checked_and_the_rules_are_named() -> None:
    """Two rules where one may match: null and an error, never one of the two."""
    made = decide(m.table(m.column("x"), m.output(), *RULES), 15)
    assert made.value is None
    assert [rule.number for rule in made.matched] == [1, 2]
    assert made.warnings[0].error
    assert "1, 2" in made.warnings[0].zh


def test_any_wants_equal_outputs() -> None:
    """Rules that agree are one answer; rules that differ are none."""
    agreeing = m.table(m.column("x"), m.output(), ("> 0", "1"), ("> 1", "0 + 1"), ("> 9", "2"), policy="ANY")
    assert decide(agreeing, 5).value == 1
    differing = decide(agreeing, 10)
    assert differing.value is None
    assert "1, 2, 3" in differing.warnings[0].en


def test_several_outputs_make_a_context_and_rank_from_left_to_right() -> None:
    """PRIORITY looks at the first output first."""
    outputs = m.output("a", values='"x", "y"') + m.output("b", values="1, 2")
    logic = m.table(m.column("x"), outputs, ("-", '"y"', "1"), ("-", '"x"', "2"), policy="PRIORITY")
    assert decide(logic, 1).value == {"a": "x", "b": 2}


def test_the_values_of_an_output_s_type_rank_it_too() -> None:
    """Without output values the allowed values of the type give the order (DMN 1.5 section 8.2.8)."""
    kind = m.item("t", "string", '<allowedValues><text>"高", "中", "低"</text></allowedValues>')
    logic = m.table(m.column("x"), m.output(type_ref="t"), *RULES, policy="PRIORITY")
    model = m.read(kind, m.data("x"), m.decision("表", logic, m.inputs("x")))
    assert model.decide("表", {"x": 25}).value == "高"


def test_the_default_output_stands_in_when_no_rule_matches() -> None:
    """Without one the result is null and said."""
    with_default = m.table(m.column("x"), m.output(default='"其他"'), ("> 5", '"大"'))
    assert decide(with_default, 1).value == "其他"
    without = decide(m.table(m.column("x"), m.output(), ("> 5", '"大"')), 1)
    assert without.value is None
    assert without.warnings


def test_an_input_outside_the_input_values_is_an_error() -> None:
    """The table was not written for it, so it does not answer, although a rule would match."""
    logic = m.table(m.column("x", values="[0..100]"), m.output(), ("-", "1"))
    assert decide(logic, 50).value == 1
    made = decide(logic, 500)
    assert made.value is None
    assert made.warnings[0].error


def test_an_input_of_another_type_is_an_error() -> None:
    """Comparing a text with numbers would fall through to the wrong rule."""
    made = decide(m.table(m.column("x", "number"), m.output(), ("-", "1")), "abc")
    assert made.value is None
    assert made.warnings[0].error


def test_an_output_that_is_not_listed_is_said() -> None:
    """Output values are what the rest of the process was written for."""
    made = decide(m.table(m.column("x"), m.output(values='"甲"'), ("-", '"乙"')), 1)
    assert made.value == "乙"
    assert made.warnings[0].error


@pytest.mark.parametrize(
    ("value", "matching"),
    [
        (5, [1, 2, 5, 7, 9]),
        (1, [1, 2, 5, 9]),
        ("甲", [3, 4]),
        (None, [6]),
        (True, [8]),
        (["甲", "乙"], [4]),
    ],
)
def test_quick_tests_and_feel_agree_for_every_type(value: object, matching: list[int]) -> None:
    """Cells with constants are compared without FEEL; a value of another type must not slip through."""
    cells = ("< 10", "[1..5]", '"甲"', '? in ["甲", ["甲", "乙"]]', "not(> 9)", "null", "5, 7", "true", "1, 5")
    rules = [(cell, str(number)) for number, cell in enumerate(cells, 1)]
    found = decide(m.table(m.column("x"), m.output(), *rules, policy="RULE ORDER"), value).value
    assert found == matching
    of_feel = [feel.compile_unary(cell).evaluate({"?": value}).value is True for cell in cells if cell != "true"]
    assert of_feel == [number in matching for number, cell in enumerate(cells, 1) if cell != "true"]


@pytest.mark.parametrize("value", [None, 1, "true", []])
def test_true_and_false_match_only_what_was_answered(value: object) -> None:
    """A question nobody answered must not grant anything."""
    logic = m.table(m.column("x"), m.output(default="0"), ("true", "1"), ("not(true)", "2"), ("false", "3"))
    assert decide(logic, value).value == 0


def test_several_outputs_cannot_be_aggregated() -> None:
    """The standard does not say what that would mean, so it is refused."""
    logic = m.table(m.column("x"), m.output("a") + m.output("b"), ("-", "1", "2"), policy="COLLECT", aggregation="SUM")
    with pytest.raises(PackInvalid, match=r"8\.2\.8"):
        decide(logic, 1)
