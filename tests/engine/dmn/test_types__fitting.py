import datetime as dt

import pytest

from engine.errors import PackInvalid
from tests.engine.dmn import models as m

ALLOWED = "<allowedValues><text>[0..10]</text></allowedValues>"
TYPES = [
    m.item("小数字", "number", ALLOWED),
    m.item("小数字们", "number", ALLOWED, collection=True),
    m.item("两个", "number", "<typeConstraint><text>count(?) = 2</text></typeConstraint>", collection=True),
    m.item("别名", "小数字"),
    m.item("人", "", '<itemComponent name="姓名"><typeRef>string</typeRef></itemComponent>'),
    m.item("树", "", '<itemComponent name="枝"><typeRef>林</typeRef></itemComponent>'),
    m.item("林", "树", collection=True),
    m.item("函", "", '<functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/></functionItem>'),
]


@pytest.mark.parametrize(
    ("type_ref", "text", "expected"),
    [
        ("小数字", "5", 5),
        ("小数字", "50", None),
        ("别名", "50", None),
        ("小数字们", "[1, 2]", [1, 2]),
        ("小数字们", "[1, 20]", None),
        ("小数字们", "5", [5]),
        ("两个", "[1, 2]", [1, 2]),
        ("两个", "[1]", None),
        ("人", '{姓名: "李", 年龄: 3}', {"姓名": "李", "年龄": 3}),
        ("人", "{年龄: 3}", None),
        ("人", "{姓名: 3}", None),
        ("树", "{枝: [{枝: []}]}", {"枝": [{"枝": []}]}),
        ("number", "[5]", 5),
        ("number", "[[5]]", None),
        ("number", '"5"', None),
        ("number", "null", None),
        ("date and time", 'date("2026-01-01")', dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        ("dateTime", 'date("2026-01-01")', dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        ("list<number>", "[1]", [1]),
        ("list<number>", '["a"]', None),
        ("Any", '"5"', "5"),
    ],
)
def test_a_value_is_fitted_to_its_type_or_null_with_an_error(type_ref: str, text: str, expected: object) -> None:
    """Lists of one, dates as moments, allowed values and constraints; whatever becomes null is said."""
    made = m.read(*TYPES, m.decision("值", m.literal(text), type_ref=type_ref)).decide("值", {})
    assert made.value == expected
    assert [warning.error for warning in made.warnings] == ([True] if expected is None and text != "null" else [])


def test_instance_of_knows_the_types_of_the_model_without_their_limits() -> None:
    """`instance of` asks what a value is, not whether it is allowed (DMN 1.5 section 10.3.2.9)."""
    text = '[50 instance of 小数字, "a" instance of 小数字, {姓名: "a"} instance of 人]'
    assert m.read(*TYPES, m.decision("值", m.literal(text))).decide("值", {}).value == [True, False, True]
    unknown = m.read(m.decision("值", m.literal("1 instance of 没有"))).decide("值", {})
    assert unknown.value is False
    assert "没有" in unknown.warnings[0].zh


def test_a_type_that_does_not_exist_is_a_finding_and_said_when_used() -> None:
    """The value is not checked, and nobody is left to believe that it was."""
    model = m.read(m.item("人员", "string"), m.decision("值", m.literal("1"), type_ref="人圆"))
    assert "人员" in model.findings[0].zh
    assert model.decide("值", {}).warnings


def test_a_type_based_on_itself_is_refused() -> None:
    """It would have no values."""
    with pytest.raises(PackInvalid) as refused:
        m.read(m.item("甲", "乙"), m.item("乙", "甲"))
    assert {finding.rule for finding in refused.value.findings} == {"dmn-type"}


def test_dates_inside_lists_and_contexts_are_read_from_texts() -> None:
    """The JSON document of a case holds dates as texts, at every level."""
    part = '<itemComponent name="生日"><typeRef>date</typeRef></itemComponent>'
    people = [m.item("人", "", part), m.item("人们", "人", collection=True)]
    model = m.read(*people, m.data("p", "人们"), m.decision("值", m.literal("p[1].生日.year"), m.inputs("p")))
    assert model.decide("值", {"p": [{"生日": "2003-05-01"}]}).value == 2003
