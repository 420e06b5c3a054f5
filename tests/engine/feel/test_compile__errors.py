"""What is not FEEL is refused with its place."""

import pytest

from engine import feel


@pytest.mark.parametrize(
    ("expression", "line", "column", "words"),
    [
        ("", 1, 1, "ends too early"),
        ("1 +", 1, 4, "ends too early"),
        ("a >\n\n  ) b", 3, 3, "is not expected"),
        ('"abc', 1, 1, "no closing quote"),
        ("if a then b", 1, 12, "ends too early"),
        ("(1 + 2", 1, 7, "ends too early"),
        ("[1, 2)", 1, 6, "Expected ']'"),
        ("a == 1", 1, 3, "no operator '=='"),
        ("a < > 1", 1, 3, "no operator '< >'"),
        ("a > 1 且 b", 1, 7, "'且' is not an operator"),
        ("a > 100万", 1, 8, "cannot be followed by '万'"),
        ("a && b", 1, 3, "'&' cannot stand here"),
        ("收入 ＞ 5", 1, 4, "full-width '＞'"),
        ("“本市”", 1, 1, "cannot stand here"),
        ("{a 1}", 1, 6, "ends too early"),
        ("for x of [1] return x", 1, 10, "Expected 'in'"),
        ("1 2", 1, 3, "is not expected"),
        ("1e99999", 1, 1, "too large"),
    ],
)
def test_syntax_error(expression: str, line: int, column: int, words: str) -> None:
    """A refusal names line and column, says what is wrong in both languages, and how to cure it."""
    with pytest.raises(feel.FeelSyntaxError) as refusal:
        feel.compile(expression)

    error = refusal.value
    assert (error.line, error.column) == (line, column), str(error)
    assert words in error.en
    assert str(error) == f"{error.zh} / {error.en}"
    assert error.expression == expression
    assert error.cure_zh
    assert error.cure_en


def test_leading_equals_sign_is_not_ours() -> None:
    """The "=" that marks an expression in a drawing belongs to the drawing; here it is refused."""
    with pytest.raises(feel.FeelSyntaxError):
        feel.compile("= 1")


@pytest.mark.parametrize("name", ["收入（元）", "a-b", "income and assets", "x.y"])
def test_known_name(name: str) -> None:
    """A name with signs or keywords in it is read as one name when it is known."""
    assert feel.compile(f"{name} > 1", [name]).evaluate({name: 2}).value is True
