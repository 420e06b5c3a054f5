"""Can every question to another department be asked? Purpose and legal basis go with each (PIPL articles 13, 34)."""

from collections.abc import Iterator

from engine.catalog import connectors, rules
from engine.catalog.connectors import Connector
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.errors import Finding
from engine.forms.shape import is_name
from engine.runtime import Node, tries

NEEDED = ("purpose", "basis", "resultVariable")


def findings(pack: Gathered) -> Iterator[Finding]:
    """Everything that keeps a job from being done, or done lawfully."""
    for node in pack.model.nodes.values() if pack.model else ():
        if node.job:
            yield from _job(pack, node)


def _job(pack: Gathered, node: Node) -> Iterator[Finding]:
    connector = pack.connectors.get(node.job)
    if connector is None:
        yield unknown(pack.drawing_file, node.line, "connector-unknown", node.job, pack.connectors)
        return
    for header in NEEDED:
        if not node.headers.get(header, "").strip():
            yield rules.finding(pack.drawing_file, node.line, "missing-key", where=f"“{node.called}”", name=header)
    yield from _names(pack, node, connector)
    recheck = node.headers.get("recheck", "")
    if recheck and not tries.span(recheck):
        yield _bad(pack, node, "recheck", recheck, "PT1H")


def _names(pack: Gathered, node: Node, connector: Connector) -> Iterator[Finding]:
    variable = node.headers.get("resultVariable", "")
    if variable and ("." in variable or not is_name(variable)):
        yield _bad(pack, node, "resultVariable", variable, "check")
    for field in connectors.fields_of(node.headers):
        if field not in connector.fields:
            yield _bad(pack, node, "fields", field, ", ".join(connector.fields))
    asked = [mapped.target for mapped in node.inputs]
    for target in sorted(set(asked) ^ set(connector.inputs)):
        yield _bad(pack, node, "zeebe:input", target, ", ".join(connector.inputs))


def _bad(pack: Gathered, node: Node, name: str, value: str, known: str) -> Finding:
    where = f"“{node.called}”"
    return rules.finding(
        pack.drawing_file, node.line, "bad-value", where=where, name=name, value=value, known=known or "—"
    )
