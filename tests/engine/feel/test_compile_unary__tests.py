"""The cells of decision tables."""

from typing import Any

import pytest

from engine import feel


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", None, True),
        ("< 5", 4, True),
        ("< 5", None, None),
        ("[1..5)", 5, False),
        ("]1..5]", 1, False),
        ("[1..5[", 5, False),
        ('"低保户", "边缘户"', "边缘户", True),
        ('not("低保户", "边缘户")', "一般户", True),
        ("not(null)", None, False),
        ("not([1..3))", 0, True),
        ("not((1..3], 7)", 7, False),
        ("not(? = 1) and ? < 5", 3, True),
        ("limit", 3, True),
        ("> limit * 2", 7, True),
        ("? > limit and ? < 5", 4, True),
        ("allowed", 2, True),
        ("2 in ?", [1, 2], True),
        ("limit in (? > 2)", 0, True),
        ("true", True, True),
        ("null", None, True),
        ('date("2026-01-01")', "2026-01-01", None),
    ],
)
def test_cell(cell: str, value: Any, expected: bool | None) -> None:
    """A cell says whether the value matches: true, false, or null when that cannot be told."""
    context = {"?": value, "limit": 3, "allowed": [1, 2]}

    assert feel.compile_unary(cell).evaluate(context).value is expected


def test_cell_without_value() -> None:
    """A cell tested against nothing is a mistake of the caller, not a null."""
    with pytest.raises(feel.FeelError, match="value to test was not given"):
        feel.compile_unary("< 5").evaluate({})


@pytest.mark.parametrize("tests", ["true", "false", "1 = 1", "true, false"])
def test_no_value_passes_no_boolean_test(tests: str) -> None:
    """A question nobody answered does not pass a test that is merely true."""
    assert feel.compile_unary(tests).evaluate({"?": None}).value is False
