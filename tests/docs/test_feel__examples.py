"""What the FEEL chapter shows is what the engine does."""

import datetime as dt
from typing import Any

import pytest

from engine import feel
from engine.feel import limits
from engine.feel.builtins import BUILTINS
from tests.docs import examples

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
EXAMPLES = [example for page in examples.PAGES for example in examples.read(page)]


def evaluated(example: examples.Example) -> feel.Result:
    if example.is_cell:
        return feel.compile_unary(example.expression, example.context).evaluate(example.context, NOW)
    return feel.evaluate(example.expression, example.context, now=NOW)


def said(message: Any, page: str) -> str:
    return str(message.zh if "zh-CN" in page else message.en)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: examples.Example) -> None:
    """An example gives its value and exactly the remarks shown, or is refused with the sentence shown."""
    if example.refusal is not None:
        with pytest.raises(feel.FeelError) as refusal:
            evaluated(example)
        assert said(refusal.value, example.page) == example.refusal
        return
    result = evaluated(example)

    assert feel.from_feel(result.value) == example.value
    assert type(feel.from_feel(result.value)) is type(example.value)
    assert tuple(said(warning, example.page) for warning in result.warnings) == example.remarks


def test_pages_show_the_same() -> None:
    """Both languages have as many examples and the same functions with the same parameters."""
    english, chinese = (examples.read(page) for page in examples.PAGES)
    assert abs(len(english) - len(chinese)) <= 3  # names with signs and the mistakes people make differ a little
    assert len(english) >= 190

    english_rows, chinese_rows = (examples.rows(page) for page in examples.PAGES)
    assert [row.signature for row in english_rows] == [row.signature for row in chinese_rows]
    assert all(row.about for row in (*english_rows, *chinese_rows))


def test_limits_are_those_of_the_engine() -> None:
    """The English page names the bounds with their numbers."""
    page = (examples.ROOT / "docs/feel.md").read_text(encoding="utf-8")
    counted = (limits.SOURCE, limits.STEPS, limits.LIST, limits.STRING)

    assert all(f"{number:,}" in page for number in counted)
    assert f"{limits.NESTING} levels" in page
    assert f"{limits.PATTERN_SECONDS} seconds" in page


@pytest.mark.parametrize("page", examples.PAGES)
def test_every_function_is_listed(page: str) -> None:
    """The tables name every built-in function, and each of its parameters as the engine calls it."""
    listed = examples.rows(page)

    assert {row.name for row in listed} == set(BUILTINS)
    for row in listed:
        known = {tuple(dict.fromkeys(signature.names)) for signature in BUILTINS[row.name].signatures}
        assert tuple(dict.fromkeys(row.parameters)) in known, row.signature
