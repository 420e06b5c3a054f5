"""Small decision models written in place: pieces of DMN 1.5 that tests put together."""

from html import escape

from engine import dmn

DMN15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(*parts: str, namespace: str = "urn:test", dmn_namespace: str = DMN15) -> bytes:
    """A whole file."""
    body = "\n".join(parts)
    zeebe = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    begin = f'<definitions xmlns="{dmn_namespace}" {zeebe} name="模型" namespace="{namespace}">'
    return f"{begin}\n{body}\n</definitions>".encode()


def read(*parts: str) -> dmn.Model:
    """A model of these parts."""
    return dmn.read(definitions(*parts))


def item(name: str, base: str = "", inner: str = "", collection: bool = False) -> str:
    """An item definition."""
    based = f"<typeRef>{escape(base)}</typeRef>" if base else ""
    return f'<itemDefinition name="{name}" isCollection="{str(collection).lower()}">{based}{inner}</itemDefinition>'


def data(name: str, type_ref: str = "Any") -> str:
    """Input data; its id is its name."""
    return f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/></inputData>'


def literal(text: str, type_ref: str = "") -> str:
    """A literal expression."""
    typed = f' typeRef="{escape(type_ref)}"' if type_ref else ""
    return f"<literalExpression{typed}><text>{escape(text)}</text></literalExpression>"


def decision(name: str, logic: str, needs: str = "", type_ref: str = "", inner: str = "") -> str:
    """A decision; its id is its name. `needs` from `inputs`, `decisions`, `knowledge`."""
    typed = f' typeRef="{escape(type_ref)}"' if type_ref else ""
    return f'<decision id="{name}" name="{name}">{inner}<variable name="{name}"{typed}/>{needs}{logic}</decision>'


def knowledge_model(name: str, function: str, needs: str = "", type_ref: str = "") -> str:
    """A business knowledge model; `function` holds its parameters and body."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"{typed}/>'
        f"<encapsulatedLogic>{function}</encapsulatedLogic>{needs}</businessKnowledgeModel>"
    )


def parameter(name: str, type_ref: str = "Any") -> str:
    """A parameter of a function."""
    return f'<formalParameter name="{name}" typeRef="{type_ref}"/>'


def inputs(*names: str) -> str:
    """Requirements of input data."""
    return "".join(_requirement("information", "Input", name) for name in names)


def decisions(*names: str) -> str:
    """Requirements of decisions."""
    return "".join(_requirement("information", "Decision", name) for name in names)


def knowledge(*names: str) -> str:
    """Requirements of knowledge models and decision services."""
    return "".join(_requirement("knowledge", "Knowledge", name) for name in names)


def context(*entries: tuple[str, str], result: str = "") -> str:
    """A boxed context."""
    written = "".join(f'<contextEntry><variable name="{name}"/>{value}</contextEntry>' for name, value in entries)
    return f"<context>{written}{f'<contextEntry>{result}</contextEntry>' if result else ''}</context>"


def column(text: str, type_ref: str = "", values: str = "") -> str:
    """An input of a table."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    allowed = f"<inputValues><text>{escape(values)}</text></inputValues>" if values else ""
    return f"<input><inputExpression{typed}><text>{escape(text)}</text></inputExpression>{allowed}</input>"


def output(name: str = "", values: str = "", default: str = "", type_ref: str = "") -> str:
    """An output of a table."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    allowed = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
    otherwise = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    return f'<output name="{name}"{typed}>{allowed}{otherwise}</output>'


def table(columns: str, outputs: str, *rules: tuple[str, ...], policy: str = "UNIQUE", aggregation: str = "") -> str:
    """A decision table; a rule is its tests and then its results."""
    width = columns.count("<input>")
    gathered = f' aggregation="{aggregation}"' if aggregation else ""
    rows = "\n".join(_rule(rule[:width], rule[width:]) for rule in rules)
    return f'<decisionTable id="table" hitPolicy="{policy}"{gathered}>{columns}{outputs}\n{rows}</decisionTable>'


def _rule(tests: tuple[str, ...], results: tuple[str, ...]) -> str:
    written = "".join(f"<inputEntry><text>{escape(test)}</text></inputEntry>" for test in tests)
    written += "".join(f"<outputEntry><text>{escape(result)}</text></outputEntry>" for result in results)
    return f"<rule>{written}</rule>"


def _requirement(kind: str, wanted: str, name: str) -> str:
    return f'<{kind}Requirement><required{wanted} href="#{name}"/></{kind}Requirement>'
