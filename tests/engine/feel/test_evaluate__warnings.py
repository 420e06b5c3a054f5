"""A null nobody meant is reported, with its place and a cure in both languages."""

import pytest

from engine import feel

FACTS = {"groom": {"age": 23}, "nothing": None, "people": [{"age": 1}, {"age": None}]}


@pytest.mark.parametrize(
    ("expression", "position", "words"),
    [
        ("1 + 1 > 低保标淮", 8, "There is no '低保标淮'"),
        ("groom.aeg = 23", 5, "context has no 'aeg'"),
        ("nothing > 3", 8, "One side of '>' is null"),
        ("2 * nothing", 2, "One side of '*' is null"),
        ("-nothing", 0, "One side of '-' is null"),
        ('groom.age = "23"', 10, "cannot compare number and string"),
        ('groom.age + "1"', 10, "cannot be applied to number and string"),
        ("1 / 0", 2, "division by zero"),
        ("if nothing then 1 else 2", 3, "condition of 'if' should be true or false, it is null"),
        ("people[age > 0]", 6, "condition of '[ ]' should be true or false, it is null"),
        ('people["x"]', 6, "condition of '[ ]' should be true or false, it is string"),
        ('1 = 1 and "x"', 6, "condition of 'and'"),
        ("string length(5)", 0, "string length needs string, it was given number"),
        ('date("2026-02-30")', 0, "date cannot read '2026-02-30'"),
        ('substring("abc", 9)', 0, "substring cannot work with"),
        ("contains(nothing, nothing)", 0, "contains needs string, it was given null"),
        ("contains(1)", 0, "does not take these arguments"),
        ("nosuch(1)", 0, "There is no function 'nosuch'"),
        ("groom.age(1)", 9, "number cannot be called"),
        ("for x in 1.5..2 return x", 0, "cannot go through the entries of range"),
        ("[1..true]", 0, "do not make a range"),
        ("[1, 2][1.5]", 6, "should be a whole number"),
        ("{a: 1, a: 2}", 0, "has 'a' twice"),
        ('@"2026-13-01"', 1, "is not a valid date"),
        ("groom instance of tPerson", 6, "no type 'tPerson'"),
        ('matches("a", "(?=a)")', 0, "invalid pattern"),
        ("(function(x: number) x)(true)", 1, "needs number, it was given boolean"),
        ("nothing in [1..3]", 11, "One side of 'in' is null"),
    ],
)
def test_warning(expression: str, position: int, words: str) -> None:
    """Each way to a null nobody meant leaves a warning at its place."""
    found = feel.evaluate(expression, FACTS).warnings

    matching = [warning for warning in found if words in warning.en]
    assert [warning.position for warning in matching] == [position], found
    assert all(warning.expression == expression for warning in found)
    assert all(warning.zh and warning.cure_zh and warning.cure_en for warning in found)


@pytest.mark.parametrize(
    "expression",
    ["nothing = null", "groom.age > 20", "people[age = 1]", "empty = null or true", "min([])", "nothing[1]"],
)
def test_what_is_meant_is_silent(expression: str) -> None:
    """Asking for null, and nulls the standard gives on purpose, leave no warning."""
    assert feel.evaluate(expression, {**FACTS, "empty": None}).warnings == ()


def test_loops_warn_once() -> None:
    """The same doubt in every round of a loop is one warning, not thousands."""
    assert len(feel.evaluate("for i in 1..1000 return i + nothing", FACTS).warnings) == 1


def test_function_defined_elsewhere_warns_about_its_own_text() -> None:
    """A function passed in as a value reports doubts in the expression it was written in."""
    half = feel.evaluate("function(x) x / 0", {}).value

    (warning,) = feel.evaluate("half(1)", {"half": half}).warnings
    assert (warning.expression, warning.position) == ("function(x) x / 0", 14)
