import datetime as dt
from decimal import Decimal

import pytest

from engine import dmn, feel
from engine.errors import PackInvalid
from tests.engine.dmn import models as m

LEVEL = m.table(m.column("人均月收入", "number"), m.output(), ("< 1000", '"低保"'), (">= 1000", '"不符合"'))
SUBSIDY = [
    m.data("家庭月收入", "number"),
    m.data("人口", "number"),
    m.data("出生日期", "date"),
    m.decision("人均月收入", m.literal("家庭月收入 / 人口"), m.inputs("家庭月收入", "人口"), "number"),
    m.decision("等级", LEVEL, m.decisions("人均月收入"), "string"),
    m.decision("成年日", m.literal('出生日期 + duration("P18Y")'), m.inputs("出生日期"), "date"),
]


def test_a_decision_carries_its_inputs_matched_rules_and_the_decisions_it_needed() -> None:
    """What was decided can be explained from the result alone."""
    made = m.read(*SUBSIDY).decide("等级", {"家庭月收入": 2700, "人口": 3, "别的": "不读"})
    assert made.value == "低保"
    assert [(rule.element, rule.number, rule.because) for rule in made.matched] == [
        ("等级", 1, (("人均月收入", Decimal(900), "< 1000"),))
    ]
    assert dict(made.intermediate)["人均月收入"].inputs == {"家庭月收入": 2700, "人口": 3}
    assert made.warnings == ()


def test_a_model_tells_its_decisions_and_inputs_with_their_types() -> None:
    """Lint and forms can see what a model wants."""
    model = m.read(*SUBSIDY)
    assert dict(model.inputs) == {"家庭月收入": "number", "人口": "number", "出生日期": "date"}
    assert dict(model.decisions) == {"人均月收入": "number", "等级": "string", "成年日": "date"}


def test_a_text_given_for_a_date_is_read_as_one() -> None:
    """JSON has no dates; what is no date is null with an error."""
    model = m.read(*SUBSIDY)
    assert model.decide("成年日", {"出生日期": "2010-02-28"}).value == dt.date(2028, 2, 28)
    made = model.decide("成年日", {"出生日期": "去年"})
    assert made.value is None
    assert made.warnings[0].error


def test_a_missing_input_is_null_and_said() -> None:
    """Null is never silent: the warning names the input, and the file's line."""
    made = m.read(*SUBSIDY).decide("成年日", {})
    assert made.value is None
    assert "出生日期" in made.warnings[0].zh
    assert made.warnings[0].line == 4


def test_an_expression_s_doubt_names_its_decision_and_line() -> None:
    """FEEL's warnings are carried over with the place in the model."""
    made = m.read(m.decision("甲", m.literal("1 +\n不存在"))).decide("甲", {})
    doubt = made.warnings[0]
    assert (doubt.decision, doubt.line, doubt.expression) == ("甲", 3, "1 +\n不存在")


def test_a_decision_sees_only_what_it_requires() -> None:
    """A value that is not required is an unknown name, as the standard says."""
    model = m.read(m.data("a"), m.decision("甲", m.literal("a")))
    assert model.decide("甲", {"a": 1}).value is None


def test_a_decision_without_logic_is_null_with_a_warning() -> None:
    """An empty decision decides nothing, and says so."""
    for logic in ("", "<literalExpression/>", "<literalExpression><text> </text></literalExpression>"):
        made = m.read(m.decision("甲", logic)).decide("甲", {})
        assert (made.value, len(made.warnings)) == (None, 1)


def test_an_unknown_decision_is_refused_with_those_that_exist() -> None:
    """The cure is in the sentence."""
    with pytest.raises(dmn.NoSuchDecision, match="等级"):
        m.read(*SUBSIDY).decide("等極", {})


def test_now_comes_from_the_caller() -> None:
    """A decision about today without a moment is an error, not a guess."""
    model = m.read(m.decision("今天", m.literal("today()")))
    moment = dt.datetime(2026, 11, 23, 20, 0, tzinfo=dt.UTC)
    assert model.decide("今天", {}, now=moment).value == dt.date(2026, 11, 24)  # Asia/Shanghai
    with pytest.raises(feel.FeelError):
        model.decide("今天", {})


def test_names_with_signs_are_read_where_they_are_in_scope() -> None:
    """收入（元） and a-b are names when the model has them, sums elsewhere."""
    kind = m.item("t", "", '<itemComponent name="a-b"><typeRef>number</typeRef></itemComponent>')
    model = m.read(
        kind, m.data("收入（元）", "number"), m.data("甲 and 乙", "t"),
        m.decision("和", m.literal("收入（元） + 甲 and 乙.a-b"), m.inputs("收入（元）", "甲 and 乙")),
    )  # fmt: skip
    assert model.decide("和", {"收入（元）": 1, "甲 and 乙": {"a-b": 2}}).value == 3


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        m.DMN15,
    ],
)
def test_every_version_from_1_1_is_read(namespace: str) -> None:
    """Older files need no conversion; types may carry the prefix they were written with."""
    feel_prefix = '<decision id="d" name="d"><variable name="d" xmlns:feel="urn:feel" typeRef="feel:number"/>'
    content = m.definitions(f"{feel_prefix}{m.literal('1 + 1')}</decision>", dmn_namespace=namespace)
    assert dmn.read(content).decide("d", {}).value == 2


def test_everything_wrong_is_reported_at_once() -> None:
    """A designer corrects a file in one round: expressions, references, shapes, languages."""
    wrong = [
        m.decision("甲", m.literal("1 +")),
        m.decision("乙", m.literal("1"), m.decisions("没有")),
        m.decision("丙", m.table(m.column("1"), m.output(), ("-", "1", "2"))),
        m.decision("丁", '<literalExpression expressionLanguage="javascript"><text>1</text></literalExpression>'),
        m.decision("戊", m.table(m.column("1"), m.output(), ("-", "1"), policy="BEST")),
        m.decision("己", m.literal("1"), m.decisions("己")),
    ]
    with pytest.raises(PackInvalid) as refused:
        m.read(*wrong)
    found = {(finding.rule, finding.line) for finding in refused.value.findings}
    assert found == {
        ("dmn-expression", 2), ("dmn-reference", 3), ("dmn-rule", 5), ("dmn-language", 6), ("dmn-hit-policy", 7),
        ("dmn-cycle", 9),
    }  # fmt: skip
    assert all(finding.cure_zh and finding.cure_en for finding in refused.value.findings)
