"""Expressions written to exhaust the machine end soon, with an error that names the bound."""

import time

import pytest

from engine import feel

SECONDS = 2  # generous for a busy machine; each takes far less than a tenth of this on an idle one

DOUBLED_LISTS = "{b0: [1, 1], " + ", ".join(f"b{i}: [b{i - 1}, b{i - 1}]" for i in range(1, 41))
DOUBLED_TEXTS = '{b0: "xxxxxxxxxx", ' + ", ".join(f"b{i}: b{i - 1} + b{i - 1}" for i in range(1, 41)) + "}.b40"
JOINED_LISTS = "{b0: [1, 2], " + ", ".join(f"b{i}: concatenate(b{i - 1}, b{i - 1})" for i in range(1, 41)) + "}"

REFUSED = {
    "200 brackets": "(" * 200 + "1" + ")" * 200,
    "5000 brackets": "(" * 5000 + "1" + ")" * 5000,
    "200000 brackets": "(" * 200_000 + "1" + ")" * 200_000,
    "5000 lists": "[" * 5000 + "1" + "]" * 5000,
    "5000 contexts": "{a:" * 5000,
    "5000 range starts": "[1.." * 5000,
    "5000 open ranges": "(<" * 5000,
    "5000 functions": "function(x) " * 1500 + "1",
    "3000 types": "1 instance of " + "list<" * 3000,
    "1000 ifs": "if a then 1 else " * 1000 + "1",
    "9000 paths": "a" + ".b" * 9000,
    "5000 filters": "[1]" + "[1]" * 5000,
    "9000 comparisons": "<".join(["1"] * 9000),
    "minus signs": "-" * 20_000 + "1",
    "sum of 20000": "+".join(["1"] * 20_000),
    "and of 20000": " and ".join(["true"] * 20_000),
    "long product": "*".join(["9" * 32] * 20_000),
    "5 MB": "1+" * 2_500_000 + "1",
    "power": "10 ** 1000000",
    "power of nines": "9 ** 9999999",
    "endless for": "for i in 1..1000000000 return i",
    "endless count": "count(for i in 1..1000000000 return i)",
    "endless some": "some i in 1..1000000000 satisfies i < 0",
    "for over all days": 'for d in @"-999999999-01-01"..@"999999999-12-31" return d',
    "nested for": "for a in 1..1000, b in 1..1000, c in 1..1000 return a",
    "doubled texts": DOUBLED_TEXTS,
    "joined lists": JOINED_LISTS,
    "doubled lists compared": DOUBLED_LISTS + ", x: b40 = b40}.x",
    "doubled lists written": DOUBLED_LISTS + ", x: string(b40)}.x",
    "doubled lists flattened": DOUBLED_LISTS + ", x: flatten(b40)}.x",
    "doubled lists read": DOUBLED_LISTS + ", x: b40.name}.x",
    "quadratic distinct": "distinct values(for i in 1..90000 return i)",
    "quadratic sum": "{l: for i in 1..9000 return i, r: for i in l return sum(l)}.r",
    "quadratic partial": "for i in 1..90000 return count(partial)",
    "recursion": "{f: function(x) f(x + 1), r: f(1)}.r",
    "self application": "(function(f) f(f))(function(f) f(f))",
    "fibonacci": "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(60)}.r",
    "text bomb": 'replace(long, "x", long)',
    "text loop": "for i in 1..90000 return substring(long, 2)",
    "comparison loop": "for i in 1..90000 return long < longer",
    "slow pattern": 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a|aa)+$")',
    "slow replacement": 'replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a|aa)+$", "")',
    "pattern loop": 'for i in 1..9000 return matches("aaaaaaaaaaaaaaaaaaaaab", "^(a|aa)+$")',
    "large pattern": 'matches("a", "(a{60000}){60000}")',
    "long pattern": 'matches("a", "' + "(a|b)*" * 200 + '")',
}
ANSWERED = {
    "tower of nines": "9 ** 9 ** 9",
    "large tower": "9 ** 9 ** 9 ** 9",
    "range without walking it": "5 in [1..1000000000]",
    "long sum": "+".join(["1"] * 9000) + " = 9000",
    "simple slow pattern": 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
    "scale out of range": "decimal(1, 100000000)",
    "large scale": "round up(1.5, 6176)",
    "huge number": 'number("1e999999999")',
    "signs": "-" * 19_000 + "1",
    "huge duration": 'date("2024-01-01") + duration("P999999999D")',
    "endless multiplied duration": 'duration("P999999999999999999D") * 10 ** 900 * 10 ** 900',
    "endless multiplied months": 'string(duration("P999999999999999999Y") * 10 ** 900 * 10 ** 900)',
    "huge year": 'date("' + "9" * 15_000 + '-01-01")',
    "year from a huge number": "date(10 ** 1000 * 10 ** 1000, 1, 1)",
    "last days": 'date("999999999-12-31") + duration("P999999999999999999D")',
    "years of months": 'date("-999999999-01-01") + duration("P999999999999999999Y")',
    "long fraction": 'time("10:00:00.' + "9" * 15_000 + '")',
    "time from a huge number": "time(10, 0, 1 / 10 ** 1000)",
    "folded powers": "+".join(["9 ** 999"] * 2_000),
    "zone outside the database": 'time("10:00:00@../../etc/passwd")',
    "text of a range": 'range("[' + ".." * 4000 + '")',
}
LONG = {"a": "x", "long": "x" * 900_000, "longer": "x" * 900_000 + "y"}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_soon(name: str) -> None:
    """What costs too much is refused in time."""
    began = time.process_time()
    with pytest.raises(feel.FeelError) as refusal:
        feel.evaluate(REFUSED[name], LONG)

    assert isinstance(refusal.value, feel.FeelLimit | feel.FeelSyntaxError)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", ANSWERED)
def test_answered_soon(name: str) -> None:
    """What only looks costly is answered in time."""
    began = time.process_time()
    feel.evaluate(ANSWERED[name], LONG)

    assert time.process_time() - began < SECONDS


def test_no_backtracking() -> None:
    """Brackets that could mean two things cost linear time: a short text cannot take exponential time."""
    began = time.process_time()
    for source in ("1 in (" * 28 + "1..2]", "[1..1[ - " * 28 + "1"):
        with pytest.raises(feel.FeelError):
            feel.evaluate(source, {})

    assert time.process_time() - began < SECONDS


def test_result_too_large_to_store() -> None:
    """A list that holds the same list again and again is refused when it would be written out."""
    value = feel.evaluate(DOUBLED_LISTS + "}.b40", {}).value

    with pytest.raises(feel.FeelLimit):
        feel.from_feel(value)
