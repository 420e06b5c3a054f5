"""What officials write in packs, and what it must give: one line for each habit of the language."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from engine import feel

NOW = dt.datetime(2026, 11, 23, 16, 30, tzinfo=dt.UTC)  # already the 24th in Shanghai

FACTS: dict[str, Any] = {
    "groom": {"name": "李明", "age": 23, "area": "本市", "born": dt.date(2003, 5, 1)},
    "bride": {"name": "王芳", "age": 19, "area": None},
    "家庭月收入": 3600,
    "家庭人口": 3,
    "低保标准": Decimal("900.50"),
    "Monthly Salary": 10,
    "收入（元）": 7,
    "net-income": 40,
    "income and assets": 55,
    "children": [{"name": "甲", "age": 6}, {"name": "乙", "age": 17}, {"name": "丙", "age": 20}],
    "states": ["original", "shared"],
    "empty": [],
    "nothing": None,
    "accepted on": "2026-11-23",
}

TABLE: list[tuple[str, Any]] = [
    # arithmetic is decimal
    ("0.1 + 0.2 = 0.3", True),
    ("1 + 2 - 3 + 4", 4),
    ("2 + 3 * 4 ** 2", 50),
    ("10 / 4", Decimal("2.5")),
    ("7 - -2", 9),
    ("-groom.age", -23),
    ("--5", 5),
    ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
    ("1 / 0", None),
    ("0 ** -1.5", None),
    ("家庭月收入 / 家庭人口 <= 低保标准 * 1.5", True),
    ("(1 + 2) * 3", 9),
    # names
    ("Monthly Salary * 12", 120),
    ("收入（元） + 1", 8),
    ("net-income - 1", 39),
    ("income and assets > 50", True),
    ("groom.age - bride.age", 4),
    ("家庭月收入\u3000> 3000", True),
    ('date(accepted on) + duration("P30D")', "2026-12-23"),
    # comparison and logic
    ("groom.age >= 22 and bride.age >= 20", False),
    ('groom.area = "本市" or bride.area = "本市"', True),
    ("bride.area = null", True),
    ("nothing != null", False),
    ("nothing > 3", None),
    ('groom.age = "23"', None),
    ("not(groom.age < 22)", True),
    ("groom.age between 22 and 60", True),
    ("groom.age in [22..60)", True),
    ("groom.age in (23..60]", False),
    ("groom.age in (1, 23, 45)", True),
    ("groom.age in (< 18, > 22)", True),
    ('"shared" in states', True),
    ("bride.age instance of number and not(bride.name instance of number)", True),
    # conditions
    ('if bride.age < 20 then "未达婚龄" else "可以登记"', "未达婚龄"),
    ("if groom.age > 60 then 1 else if groom.age > 20 then 2 else 3", 2),
    # lists
    ("children[age < 18].name", ["甲", "乙"]),
    ("children[1].name", "甲"),
    ("children[-1].name", "丙"),
    ("children[item.age > 18]", [{"name": "丙", "age": 20}]),
    ("count(children[age < 18])", 2),
    ("empty[1]", None),
    ("nothing[1]", None),
    ("empty[age > 1]", []),
    ("nothing[age > 1]", []),
    ("[1, 2, 3, 4][item > 2]", [3, 4]),
    ("some child in children satisfies child.age < 7", True),
    ("every child in children satisfies child.age < 18", False),
    ('some child in children satisfies if child.age > 6 then true else "no"', None),
    ("some child in children satisfies if child.age > 6 then true else null", True),
    ("every child in empty satisfies child.age < 18", True),
    ("for child in children return child.age + 1", [7, 18, 21]),
    ("for i in 1..3, j in [10, 20] return i * j", [10, 20, 20, 40, 30, 60]),
    ("for i in 3..1 return i", [3, 2, 1]),
    ("for i in 1..5 return if i <= 2 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5]),
    ("sum(children.age) / count(children)", Decimal("14.33333333333333333333333333333333")),
    ("max(children.age)", 20),
    ("min(3, 1, 2)", 1),
    ("mean([1, 2, 6])", 3),
    ("sort(children.age, function(a, b) a > b)", [20, 17, 6]),
    ('list contains(states, "original")', True),
    ("distinct values([1, 2, 1])", [1, 2]),
    ("concatenate([1], [2, 3])", [1, 2, 3]),
    ("append([1], 2, 3)", [1, 2, 3]),
    ("concatenate(list: [1, 2])", [1, 2]),
    ("concatenate(list: [1], list: [2])", None),
    ("duplicate values([1, 2, 1, 1])", [1]),
    ("partition([1, 2, 3], 2)", [[1, 2], [3]]),
    ("partition([1, 2, 3], 0)", None),
    ("flatten([1, [2, [3]]])", [1, 2, 3]),
    ("index of([5, 6, 5], 5)", [1, 3]),
    # texts
    ('"a\\"b" + "\\u4e2d"', 'a"b中'),
    ('string length("婚育户一件事")', 6),
    ('substring("440101", 1, 2)', "44"),
    ('substring before("a/b", "/") + substring after("a/b", "/")', "ab"),
    ('contains("成都市武侯区", "武侯")', True),
    ('matches("13800138000", "^1[3-9]\\\\d{9}$")', True),
    ('replace("2026-11-23", "(\\\\d+)-(\\\\d+)-(\\\\d+)", "$1年$2月$3日")', "2026年11月23日"),
    ('split("甲;乙", ";")', ["甲", "乙"]),
    ('string join(children.name, "、")', "甲、乙、丙"),
    ("string(1.50)", "1.5"),
    ('number("1,234.5", ",", ".")', Decimal("1234.5")),
    ('upper case("x1")', "X1"),
    # dates
    ('date("2024-02-29") + duration("P1Y")', "2025-02-28"),
    ('date("2026-01-31") + duration("P1M")', "2026-02-28"),
    ('date("2024-03-01") - date("2024-02-28") = duration("P2D")', True),
    ('@"2024-02-29".month', 2),
    ("years and months duration(groom.born, today()).years", 23),
    ('date("2024-02-30")', None),
    ("today()", "2026-11-24"),
    ('duration("PT90M") = duration("PT1H30M")', True),
    ('time("08:30:00") + duration("PT16H")', "00:30:00"),
    ('time("08:30:01.25").second', Decimal("1.25")),
    ('duration("-PT1M1.5S").seconds', Decimal("-1.5")),
    ('duration("-P1DT2H").hours', -2),
    ('time("08:30:00") < time("08:30:01+08:00")', True),
    ('time("08:30:00") = time("08:30:00+08:00")', False),
    ('date("2026-11-23") < date and time("2026-11-23T00:00:01")', True),
    ('day of week(date("2026-11-23"))', "Monday"),
    ('date("2026-11-23") in [date("2026-11-01")..date("2026-11-30")]', True),
    # rounding
    ("decimal(2.345, 2)", Decimal("2.34")),
    ("round half up(2.345, 2)", Decimal("2.35")),
    ("floor(-1.5)", -2),
    ("modulo(-12, 5)", 3),
    ("abs(-3)", 3),
    # contexts and functions
    ("{a: 1, b: a + 1}.b", 2),
    ('get value(groom, "age")', 23),
    ('context put(bride, "age", 20).age', 20),
    ("(function(x, y: number) x + y)(1, 2)", 3),
    ("(function(a, b) if b = null then a else b)(a: 1)", 1),
    ("(function(a, b) a)(a: 1, c: 2)", None),
    ("(function() 1)(c: 2)", None),
    ("[1, 2] instance of list", None),
    ("[1, 2] instance of list<number>", True),
    ("1 instance of 数字", None),
    ('range("[2..)") = (>= 2)', True),
    ("(!= 5) = (5..5)", False),
    ('[1..@"2026-11-23"]', None),
    ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", 120),
    ("before([1..3), 3)", True),
    ("groom.age // 注释\n > 20 /* also */", True),
]


@pytest.mark.parametrize(("expression", "expected"), TABLE, ids=[expression for expression, _ in TABLE])
def test_everyday_expression(expression: str, expected: Any) -> None:
    """Each everyday expression gives exactly the value the standard says, as data."""
    value = feel.from_feel(feel.evaluate(expression, FACTS, now=NOW).value)

    assert value == expected
    assert type(value) is type(expected)


def test_everyday_table_is_as_long_as_promised() -> None:
    """The table covers at least eighty habits."""
    assert len(TABLE) >= 80


def test_moment_must_be_given() -> None:
    """An expression that asks for the time refuses to run when nobody says what time it is."""
    with pytest.raises(feel.FeelError, match="moment was not given") as refusal:
        feel.evaluate('1 + 1 = 2 and today() > date("2026-01-01")', {})
    assert refusal.value.position == 14


def test_moment_must_be_aware() -> None:
    """A moment without a time zone is refused instead of guessed."""
    with pytest.raises(feel.FeelError, match="no time zone"):
        feel.evaluate("now()", {}, now=dt.datetime(2026, 11, 23))


def test_compiled_expression_serves_many_contexts() -> None:
    """An expression is read once and gives each context its own value."""
    expression = feel.compile("a * 2")

    assert [expression.evaluate({"a": number}).value for number in (1, 2)] == [2, 4]
