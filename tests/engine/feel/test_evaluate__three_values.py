"""Three-valued logic, table by table (DMN 1.5 tables 50, 51 and 54)."""

import pytest

from engine import feel

VALUES = {"true": True, "false": False, "null": None}


def conjunction(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return True if left and right else None


def disjunction(left: bool | None, right: bool | None) -> bool | None:
    if left or right:
        return True
    return False if left is False and right is False else None


@pytest.mark.parametrize("left", VALUES)
@pytest.mark.parametrize("right", VALUES)
def test_and_or(left: str, right: str) -> None:
    """In `and` false decides, in `or` true, on either side; otherwise null wins."""
    first, second = VALUES[left], VALUES[right]

    assert feel.evaluate(f"{left} and {right}", {}).value is conjunction(first, second)
    assert feel.evaluate(f"{left} or {right}", {}).value is disjunction(first, second)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("not(null)", None),
        ("null = null", True),
        ("null != 1", True),
        ("null < 1", None),
        ('1 = "1"', None),
        ('"a" and true', None),
        ('"a" and false', False),
        ("1 in [null..2]", None),
        ("null between 1 and 2", None),
        ("null + 1", None),
        ("some x in [null, true] satisfies x", True),
        ("some x in [null, false] satisfies x", None),
        ("every x in [null, false] satisfies x", False),
        ("every x in [null, true] satisfies x", None),
        ("some x in null satisfies x", None),
        ("any([false, null])", None),
        ("all([false, null])", False),
    ],
)
def test_null_spreads_but_does_not_decide(expression: str, expected: bool | None) -> None:
    """An unknown makes the result unknown, unless what is known already decides."""
    assert feel.evaluate(expression, {}).value is expected


@pytest.mark.parametrize("condition", ["null", '"yes"', "1", "false"])
def test_if_takes_then_only_for_true(condition: str) -> None:
    """Everything but true takes the else branch: a text or a number is no yes."""
    assert feel.evaluate(f"if {condition} then 1 else 2", {}).value == 2


def test_and_binds_looser_than_comparison() -> None:
    """The comparisons of a > 5 and c > 3 come first."""
    assert feel.evaluate('a > 5 and c > 3 and b = "x"', {"a": 6, "b": "x", "c": 4}).value is True
