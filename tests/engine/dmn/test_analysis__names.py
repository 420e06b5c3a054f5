from engine.dmn.analysis.lint import lint
from tests.engine.dmn import models as m

PERSON = m.item("人", "", '<itemComponent name="年龄"><typeRef>number</typeRef></itemComponent>')


def said(*parts: str) -> list[tuple[str, int, str]]:
    return [(finding.rule, finding.line, finding.zh) for finding in lint(m.read(*parts))]


def test_a_misspelt_name_is_found_with_the_nearest() -> None:
    """In literal expressions, cells and outputs; with the line it stands on."""
    table = m.table(m.column("申请人.年令"), m.output(), ("-", "申清人.年龄"))
    found = said(PERSON, m.data("申请人", "人"), m.decision("决", table, m.inputs("申请人")))
    assert [(rule, line) for rule, line, _ in found] == [("dmn-name", 4), ("dmn-name", 5)]
    assert "是不是「年龄」" in found[0][2]
    assert "是不是「申请人」" in found[1][2]


def test_a_value_that_is_not_required_is_not_seen() -> None:
    """The requirement is missing although the input exists."""
    found = said(m.data("甲", "number"), m.decision("决", m.literal("甲 + 1")))
    assert [rule for rule, _, _ in found] == ["dmn-name"]


def test_names_that_are_bound_are_known() -> None:
    """Entries before, parameters, loop variables, built-in functions, entries of filtered things."""
    function = f"<functionDefinition>{m.parameter('n')}{m.literal('n + x + count(f(n))')}</functionDefinition>"
    body = f"<return>{m.literal('i.年龄 + count(partial)')}</return>"
    loop = f'<for iteratorVariable="i"><in>{m.literal("p")}</in>{body}</for>'
    logic = m.context(
        ("x", m.literal("1")), ("f", function), ("g", loop), ("h", m.literal("p[年龄 > x].年龄")),
        result=m.literal("f(x) + sum(for y in g return y)"),
    )  # fmt: skip
    people = m.item("人们", "人", collection=True)
    assert said(PERSON, people, m.data("p", "人们"), m.decision("决", logic, m.inputs("p"))) == []


def test_an_unknown_parameter_of_an_invocation_is_found() -> None:
    """It would make the result null."""
    model = m.knowledge_model("和", m.parameter("收入") + m.literal("收入"))
    call = f'<invocation>{m.literal("和")}<binding><parameter name="收人"/>{m.literal("1")}</binding></invocation>'
    found = said(model, m.decision("决", call, m.knowledge("和")))
    assert [rule for rule, _, _ in found] == ["dmn-name"]
    assert "是不是「收入」" in found[0][2]


def test_sides_that_never_fit_are_found() -> None:
    """By the declared types; what depends on data is left alone."""
    texts = {
        '人.年龄 > "18"': 1, '人.年龄 + "岁"': 1, 'count([1]) = "1"': 1, "人.年龄 = true": 1, "人.年龄 + 1 > 18": 0,
        '"a" + "b" = string(人.年龄)': 0, "随便 > 18": 0, "人.年龄 = null": 0, "人.年龄 in [1, 2]": 0,
        '[1, "a"][item = "a"]': 0, 'date("2026-01-01") < now()': 0,
    }  # fmt: skip
    for text, count in texts.items():
        found = said(
            PERSON, m.data("人", "人"), m.data("随便"), m.decision("决", m.literal(text), m.inputs("人", "随便"))
        )
        assert [rule for rule, _, _ in found] == ["dmn-kind"] * count, text
    table = m.table(m.column("人.年龄", "number"), m.output(), ("< 名", "1"), (">= 名", "2"))
    found = said(PERSON, m.data("人", "人"), m.data("名", "string"), m.decision("决", table, m.inputs("人", "名")))
    assert [rule for rule, _, _ in found].count("dmn-kind") == 2


def test_a_correct_model_has_no_findings() -> None:
    """Lint is silent about what is right."""
    table = m.table(m.column("申请人.年龄", "number"), m.output(), ("< 18", '"未成年"'), (">= 18", '"成年"'))
    assert said(PERSON, m.data("申请人", "人"), m.decision("决", table, m.inputs("申请人"), "string")) == []
