import pytest

from engine import dmn
from tests.engine.dmn import models as m


def decide(logic: str, *parts: str, needs: str = "", type_ref: str = "") -> dmn.Decision:
    return m.read(*parts, m.decision("决", logic, needs, type_ref)).decide("决", {})


def iteration(word: str, source: str, body: str) -> str:
    part = "return" if word == "for" else "satisfies"
    return f'<{word} iteratorVariable="i"><in>{m.literal(source)}</in><{part}>{m.literal(body)}</{part}></{word}>'


def filtered(source: str, match: str) -> str:
    return f"<filter><in>{m.literal(source)}</in><match>{m.literal(match)}</match></filter>"


def conditional(test: str) -> str:
    branches = f"<then>{m.literal('1')}</then><else>{m.literal('2')}</else>"
    return f"<conditional><if>{m.literal(test)}</if>{branches}</conditional>"


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (m.context(("甲", m.literal("1")), ("乙", m.literal("甲 + 1"))), {"甲": 1, "乙": 2}),
        (m.context(("甲", m.literal("1")), result=m.literal("甲 + 9")), 10),
        (m.context(("c", m.context(("d e", m.literal("1")))), result=m.literal("c.d e")), 1),
        ("<list>" + m.literal("1") + m.literal('"a"') + "</list>", [1, "a"]),
        (
            f'<relation><column name="a b"/><column name="c"/><row>{m.literal("1")}{m.literal("2")}</row></relation>',
            [{"a b": 1, "c": 2}],
        ),
        (conditional("1 < 2"), 1),
        (conditional("null"), 2),
        (conditional('"text"'), None),
        (iteration("for", "[1, 2]", "i * 2"), [2, 4]),
        (iteration("for", "[1..3]", "i + count(partial)"), [1, 3, 5]),
        (iteration("for", "null", "i"), None),
        (iteration("some", "[1, 2]", "i > 1"), True),
        (iteration("some", "[1, null]", "i > 1"), None),
        (iteration("every", "[]", "i > 1"), True),
        (filtered("[{a: 1}, {a: 2}]", "a > 1"), [{"a": 2}]),
        (filtered("[5, 6, 7]", "-1"), 7),
        (filtered("[5, 6, 7]", "item > 5"), [6, 7]),
        (filtered("[]", "1"), None),
        (filtered("[]", "true"), []),
        (filtered("[1]", '"no"'), None),
    ],
)
def test_a_boxed_expression_means_what_the_standard_says(logic: str, expected: object) -> None:
    """Contexts, lists, relations, conditionals, iterators and filters."""
    assert decide(logic).value == expected


def test_a_boxed_function_keeps_its_scope_and_may_call_itself() -> None:
    """The factorial of a number, with a value from outside."""
    body = m.literal("if n <= 0 then start else n * f(n - 1)")
    function = f"<functionDefinition>{m.parameter('n', 'number')}{body}</functionDefinition>"
    logic = m.context(("start", m.literal("1")), ("f", function), result=m.literal('[f(5), f("x")]'))
    assert decide(logic).value == [120, None]


def test_an_invocation_passes_parameters_by_name() -> None:
    """A missing one is null; one that does not exist makes the result null with an error."""
    model = m.knowledge_model("和", m.parameter("a") + m.parameter("b") + m.literal("if b = null then a else a + b"))

    def invoke(*names: str) -> dmn.Decision:
        bindings = "".join(f'<binding><parameter name="{n}"/>{m.literal("1")}</binding>' for n in names)
        return decide(f"<invocation>{m.literal('和')}{bindings}</invocation>", model, needs=m.knowledge("和"))

    assert [invoke("a", "b").value, invoke("a").value, invoke("a", "c").value] == [2, 1, None]
    assert invoke("a", "c").warnings[0].error


def test_a_table_in_a_knowledge_model_is_named_in_the_matched_rules() -> None:
    """The explanation says whose table decided."""
    table = m.table(m.column("x", "number"), m.output(), ("< 5", '"小"'), (">= 5", '"大"'))
    model = m.knowledge_model("大小", m.parameter("x", "number") + table)
    made = decide(m.literal("大小(7)"), model, needs=m.knowledge("大小"))
    assert (made.value, [(rule.element, rule.number) for rule in made.matched]) == ("大", [("大小", 2)])


def test_external_functions_give_null_and_are_refused_by_lint() -> None:
    """Java and PMML would be code from outside: never run, never silent."""
    function = m.context(("class", m.literal('"java.lang.Math"')), ("method signature", m.literal('"abs(int)"')))
    external = f'<functionDefinition kind="Java">{m.parameter("a")}{function}</functionDefinition>'
    model = m.read(m.decision("决", m.context(("f", external), result=m.literal("f(-1)"))))
    assert [finding.rule for finding in model.findings] == ["dmn-external"]
    made = model.decide("决", {})
    assert made.value is None
    assert made.warnings[0].error


SERVICE = (
    '<decisionService id="S" name="S"><variable name="S"/><outputDecision href="#E"/>'
    '<inputDecision href="#G"/><inputData href="#x"/></decisionService>'
)
PARTS = [
    SERVICE,
    m.data("x", "number"),
    m.decision("E", m.literal("x * 10 + G"), m.inputs("x") + m.decisions("G")),
    m.decision("G", m.literal("100"), type_ref="number"),
]


def test_a_service_is_a_function_of_its_inputs() -> None:
    """Input data first, then input decisions, which are not decided inside; nothing is inherited from outside."""
    logic = m.literal('[S(1, 2), S(G: 1, x: 2), S(1), S("a", 1), E]')
    model = m.read(*PARTS, m.decision("决", logic, m.knowledge("S") + m.decisions("E")))
    assert model.decide("决", {"x": 7}).value == [12, 21, None, None, 170]


def test_a_service_can_be_invoked_directly() -> None:
    """Through Model.invoke; the decisions inside are shown."""
    made = m.read(*PARTS).invoke("S", {"x": 1, "G": 2})
    assert (made.value, list(made.intermediate)) == (12, ["E"])


def test_a_knowledge_model_can_be_invoked_directly() -> None:
    """With data, as a service; texts become dates where a parameter is one."""
    model = m.read(m.knowledge_model("年", m.parameter("日", "date") + m.literal("日.year")))
    assert model.invoke("年", {"日": "2026-11-23"}).value == 2026
    assert model.invoke("年", {"日": 5}).warnings[0].error


def test_a_service_with_several_outputs_gives_a_context() -> None:
    """One entry for each output decision."""
    service = (
        '<decisionService id="S" name="S"><variable name="S"/><outputDecision href="#a"/><outputDecision href="#b"/>'
        "</decisionService>"
    )
    model = m.read(service, m.decision("a", m.literal("1")), m.decision("b", m.literal("2")))
    assert model.invoke("S", {}).value == {"a": 1, "b": 2}
