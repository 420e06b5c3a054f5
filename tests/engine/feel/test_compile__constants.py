"""Constants are worked out once, and nobody can tell."""

import pytest

from engine import feel


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("x <= 900 * 1.5 + -50", True),
        ('date("2026-11-23") + duration("P30D") = date("2026-12-23")', True),
        ('string(1.50) + "x"', "1.5x"),
    ],
)
def test_constants_have_their_value(expression: str, expected: object) -> None:
    """A constant part gives the same value each time."""
    compiled = feel.compile(expression)

    assert [compiled.evaluate({"x": 1300}).value for _ in range(2)] == [expected, expected]


def test_doubtful_constants_keep_their_warning() -> None:
    """What is doubtful about a constant is said at every evaluation, not only while reading."""
    compiled = feel.compile('date("2026-02-30") < x or 1 / 0 = x')

    for _ in range(2):
        said = [warning.en for warning in compiled.evaluate({"x": 1}).warnings]
        assert any("cannot read '2026-02-30'" in sentence for sentence in said)
        assert any("division by zero" in sentence for sentence in said)


def test_costly_constants_are_refused_when_run() -> None:
    """A constant that costs too much is refused by the evaluation, where callers expect it."""
    compiled = feel.compile("2 ** 100000")

    with pytest.raises(feel.FeelLimit):
        compiled.evaluate({})


def test_data_may_be_called_like_a_function() -> None:
    """Data named like a built-in function hide it, also where the call would be a constant."""
    compiled = feel.compile('date("2026-11-23").year + 0 * 1')

    assert compiled.evaluate({}).value == 2026
    assert compiled.evaluate({"date": "2026-01-01"}).value is None
