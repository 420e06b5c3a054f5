"""The names an expression reads, for the check at publication."""

import pytest

from engine import feel


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("groom.age > parameters.marriage_age_male", {"groom.age", "parameters.marriage_age_male"}),
        ('marriage.decision = "approved" and origin', {"marriage.decision", "origin"}),
        ("count(children)", {"children"}),
        ("for c in children return c.age + bonus", {"children", "children.age", "bonus"}),
        ("some c in children, d in c.toys satisfies d = c", {"children", "children.toys"}),
        ("for c in children return for c in c.toys return c.name", {"children", "children.toys", "children.toys.name"}),
        ("for c in children[age > 3] return c.name", {"children", "children.name"}),
        ("for c in sort(children, f) return c.name", {"children", "f"}),
        ("for i in 1..3 return i.x", set()),
        ("for i in 1..last return partial", {"last"}),
        ("{a: x, b: a + y}.b", {"x", "y"}),
        ("{f: function(n) f(n - 1), r: f(z)}", {"z"}),
        ("function(x) x + y", {"y"}),
        ("children[1].name", {"children", "children.name"}),
        ("house.children[1].toys[2].name", {"house.children", "house.children.toys", "house.children.toys.name"}),
        ("nosuch(1)", {"nosuch"}),
        ("x instance of number", {"x"}),
        ("x in (< low, [a..b])", {"x", "low", "a", "b"}),
        ("if a then b else c", {"a", "b", "c"}),
        ("sort(list, max)", {"list"}),
        ('"groom.age"', set()),
    ],
)
def test_names(expression: str, names: set[str]) -> None:
    """Free names are given with their static path; bound names and built-in functions are not.

    What is read of the elements of a list is given as if the list were its element: `children.age`.
    """
    assert feel.compile(expression).names == names


def test_names_inside_a_filter() -> None:
    """Inside a filter a name may be an entry of the filtered things, so it is kept apart."""
    expression = feel.compile("children[age < limit.child and item.name != null]")

    assert expression.names == {"children"}
    assert expression.filter_names == {"age", "limit.child", "children.name"}


def test_tested_value_is_no_name() -> None:
    """The value a cell is tested against is not looked for among the facts."""
    assert feel.compile_unary("? > a.b, < c").names == {"a.b", "c"}
