"""Laws that must hold for all values."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.feel.values import DECIMALS

NUMBERS = st.decimals(-(10**12), 10**12, places=4)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
WHOLE = st.integers(-50, 50)


def value(expression: str, **context: object) -> object:
    return feel.evaluate(expression, context).value


def refusal(source: str) -> feel.FeelError | None:
    try:
        feel.evaluate(source, {"a": [1]})
    except feel.FeelError as error:
        return error
    return None


@given(NUMBERS, NUMBERS)
def test_sums_are_exact(a: Decimal, b: Decimal) -> None:
    """Adding and taking away again gives the same number; no binary fractions are involved."""
    assert value("a + b - b = a", a=a, b=b) is True
    assert value("a + b", a=a, b=b) == DECIMALS.add(a, b)


@given(NUMBERS, NUMBERS)
def test_order_is_total(a: Decimal, b: Decimal) -> None:
    """Of two numbers exactly one of less, equal, greater holds."""
    holding = [value(f"a {operator} b", a=a, b=b) for operator in ("<", "=", ">")]
    assert holding.count(True) == 1
    assert value("a <= b", a=a, b=b) is (value("a > b", a=a, b=b) is False)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_ranges_agree_with_comparisons(x: Decimal, a: Decimal, b: Decimal) -> None:
    """Lying in a range is the same as two comparisons, for each kind of end."""
    for opening, low in (("[", ">="), ("(", ">")):
        for closing, high in (("]", "<="), (")", "<")):
            inside = value(f"x in {opening}a..b{closing}", x=x, a=a, b=b)
            assert inside is value(f"x {low} a and x {high} b", x=x, a=a, b=b)
    assert value("x in [a..b]", x=x, a=a, b=b) is value("x between a and b", x=x, a=a, b=b)


@given(WHOLE, WHOLE)
def test_for_walks_both_ways(a: int, b: int) -> None:
    """A loop over a..b visits each whole number once, downwards when a is larger."""
    expected = range(a, b + 1) if a <= b else range(a, b - 1, -1)
    assert value("for i in a..b return i", a=a, b=b) == list(expected)


@given(DATES, st.integers(-5000, 5000))
def test_days_add_up(day: dt.date, days: int) -> None:
    """Moving a date by days and taking the difference gives the days."""
    assert value('day + duration("P1D") * n - day = duration("P1D") * n', day=day, n=days) is True


@given(DATES, DATES)
def test_whole_years_between_dates(born: dt.date, day: dt.date) -> None:
    """The years between two dates are the birthdays passed: the age in law."""
    first, last = min(born, day), max(born, day)
    birthdays = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    assert value("years and months duration(a, b).years", a=first, b=last) == birthdays


@given(NUMBERS)
def test_text_of_a_number_reads_back(a: Decimal) -> None:
    """number(string(x)) is x."""
    assert value("number(string(a)) = a", a=a) is True


@given(st.text())
def test_any_text_is_read_or_refused(source: str) -> None:
    """No text makes the reader fail in any other way than by a FeelError."""
    error = refusal(source)

    assert error is None or 0 <= error.position <= len(source)


@given(
    st.lists(
        st.sampled_from(
            [
                "1",
                "a",
                ".",
                "..",
                "[",
                "]",
                "(",
                ")",
                "{",
                "}",
                ",",
                ":",
                "<",
                "<=",
                "=",
                "-",
                "+",
                "*",
                "**",
                "/",
                "and",
                "or",
                "in",
                "if",
                "then",
                "else",
                "for",
                "return",
                "not",
            ]
        )
    )
)
def test_any_tokens_are_read_or_refused(parts: list[str]) -> None:
    """No row of tokens makes the reader or the run fail in any other way than by a FeelError."""
    error = refusal(" ".join(parts))

    assert error is None or error.cure_en
