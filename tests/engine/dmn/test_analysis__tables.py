import itertools
import random
import re

import pytest

from engine.dmn.analysis.lint import lint
from engine.errors import Finding
from tests.engine.dmn import models as m


def findings(columns: str, *rules: tuple[str, ...], policy: str = "UNIQUE", outputs: str = "") -> list[Finding]:
    """What lint says about a table over these inputs."""
    data = {"收入": "number", "日": "date", "类": "string", "本市": "boolean", "期": "days and time duration"}
    parts = [m.data(name, of_type) for name, of_type in data.items()]
    logic = m.table(columns, outputs or m.output(), *rules, policy=policy)
    return lint(m.read(*parts, m.decision("表", logic, m.inputs(*data))))


def rules_of(found: list[Finding]) -> list[str]:
    return [finding.rule for finding in found]


INCOME, DAY, SORT = m.column("收入", "number"), m.column("日", "date"), m.column("类", "string")


def test_an_overlap_is_an_error_with_an_example() -> None:
    """The rules, the line of the second one, and a value that both match."""
    found = findings(INCOME, ("< 1000", "1"), ("[900..2000]", "2"), ("> 2000", "3"))
    assert [(f.rule, f.line, f.warning) for f in found] == [("dmn-overlap", 9, False)]
    assert "规则 1 和 2 重叠，例如 收入 = 900" in found[0].zh
    assert "Rules 1 and 2" in found[0].en


def test_a_gap_is_a_warning_with_an_example() -> None:
    """A value for which no rule matches; nothing is wrong when there is a default."""
    rules = (("< 1000", "1"), ("> 1000", "2"))
    found = findings(INCOME, *rules)
    assert [(f.rule, f.warning) for f in found] == [("dmn-gap", True)]
    assert "收入 = 1000" in found[0].zh
    assert findings(INCOME, *rules, outputs=m.output(default="0")) == []


@pytest.mark.parametrize(
    ("column", "rules", "expected"),
    [
        (DAY, ['< date("2026-01-01")', '[@"2026-01-01"..@"2026-12-31"]', '>= date("2027-01-01")'], []),
        (DAY, ['< @"2026-01-01"', '> @"2026-01-01"'], ["dmn-gap"]),
        (m.column("期"), ['< duration("PT1H")', '>= @"PT1H"'], []),
        (m.column("本市", "boolean"), ["true", "false"], []),
        (m.column("本市", "boolean"), ["true"], ["dmn-gap"]),
        (SORT, ['"甲"', 'not("甲")'], []),
        (SORT, ['"甲", "乙"', '"丙"'], ["dmn-gap"]),
        (m.column("类", "string", '"甲", "乙"'), ['"甲"', '"乙"'], []),
        (m.column("类", "string", '"甲", "乙"'), ['"甲"', '"乙"', '"丙"'], ["dmn-never"]),
        (INCOME, ["-", "null"], ["dmn-overlap"]),
        (INCOME, ["< 5", ">= 5", "null"], []),
        (INCOME, ["[5..1]", "-"], ["dmn-never"]),
        (INCOME, ["< 1 + 1", ">= 2"], ["dmn-analysis", "dmn-default"]),
        (INCOME, ["< 5", "? > 4"], ["dmn-analysis", "dmn-default"]),
        (SORT, ['< "m"', '>= "m"'], ["dmn-analysis", "dmn-default"]),
    ],
)
def test_columns_of_every_kind_are_cut_exactly(column: str, rules: list[str], expected: list[str]) -> None:
    """Numbers, dates, durations, booleans, texts, enumerations; what is not a constant is never called clean."""
    found = findings(column, *((rule, str(number)) for number, rule in enumerate(rules)))
    assert sorted(rules_of(found)) == expected


def test_two_columns_leave_a_gap_in_a_corner() -> None:
    """The example gives a value for each column."""
    columns = INCOME + m.column("本市", "boolean")
    found = findings(columns, ("< 1000", "true", "1"), (">= 1000", "-", "2"))
    assert "本市 = false" in found[0].zh
    assert "收入 = 999" in found[0].zh


def test_columns_over_the_same_expression_are_one() -> None:
    """Lower and upper bound in two columns: an example cannot contradict itself."""
    found = findings(INCOME + INCOME, (">= 0", "< 10", "1"), (">= 10", "-", "2"), ("< 0", "-", "3"))
    assert found == []


def test_rules_behind_others_are_found() -> None:
    """FIRST: rules before; PRIORITY: outputs that win."""
    found = findings(INCOME, ("< 10", "1"), (">= 10", "2"), ("5", "3"), policy="FIRST")
    assert [(f.rule, f.line) for f in found] == [("dmn-masked", 10)]
    ranked = m.output(values='"高", "低"')
    found = findings(INCOME, ("< 5", '"低"'), ("-", '"高"'), policy="PRIORITY", outputs=ranked)
    assert [(f.rule, f.line) for f in found] == [("dmn-masked", 8)]


def test_any_may_overlap_where_the_outputs_are_equal() -> None:
    """Only rules that differ are an error."""
    rules = (("< 10", "1"), ("< 5", "1"), ("> 3", "2"))
    assert rules_of(findings(INCOME, *rules, policy="ANY")) == ["dmn-overlap", "dmn-overlap"]


def test_lists_of_hits_may_have_gaps() -> None:
    """COLLECT without a match is an empty list, which is an answer."""
    assert findings(INCOME, ("< 10", "1"), ("< 5", "1"), policy="COLLECT") == []


def test_an_unclear_column_does_not_hide_what_is_certain() -> None:
    """Two rules without a test there overlap all the same; a certain gap is one whatever the column says."""
    columns = INCOME + m.column("类")
    found = findings(columns, ("< 10", "-", "1"), ("< 5", "-", "2"), ("> 100", "? = string(收入)", "3"))
    assert rules_of(found) == ["dmn-analysis", "dmn-gap", "dmn-overlap"]


def test_wrong_outputs_are_found() -> None:
    """A text where the column is a number, and a value that is not listed."""
    outputs = m.output("a", type_ref="number") + m.output("b", values='"x"')
    found = findings(INCOME, ("-", '"1"', '"y"'), outputs=outputs)
    assert rules_of(found) == ["dmn-output", "dmn-output"]


def test_a_table_too_large_to_analyse_says_so() -> None:
    """No silence where nothing was looked at."""
    rules = [(f"{n}", str(n)) for n in range(700)]
    assert rules_of(findings(INCOME, *rules)) == ["dmn-analysis"]


CELLS = ("-", "< 2", ">= 2", "[1..3]", "(1..3)", "0, 4", "not(2)", "> 3")


@pytest.mark.parametrize("seed", range(12))
def test_the_analysis_agrees_with_what_the_engine_decides(seed: int) -> None:
    """Random tables over a grid that has a point in every piece: overlaps and gaps are found exactly where they are."""
    chance = random.Random(seed)
    columns = m.column("收入", "number") + m.column("月", "number")
    rules = [(chance.choice(CELLS), chance.choice(CELLS), str(n)) for n in range(chance.randint(1, 5))]
    model = m.read(
        m.data("收入", "number"), m.data("月", "number"),
        m.decision("表", m.table(columns, m.output(), *rules, policy="UNIQUE"), m.inputs("收入", "月")),
    )  # fmt: skip
    grid = [value / 2 for value in range(-2, 12)]
    hits = {
        point: tuple(rule.number for rule in model.decide("表", dict(zip(("收入", "月"), point, strict=True))).matched)
        for point in itertools.product(grid, grid)
    }
    pairs = {pair for hit in hits.values() for pair in itertools.combinations(hit, 2)}
    found = lint(model)
    said = {
        tuple(map(int, re.findall(r"规则 (\d+) 和 (\d+)", f.zh)[0]))
        for f in found
        if f.rule == "dmn-overlap" and "和" in f.zh
    }
    assert said == pairs if len(pairs) <= 5 else said <= pairs
    assert any(f.rule == "dmn-gap" for f in found) == (() in hits.values())
