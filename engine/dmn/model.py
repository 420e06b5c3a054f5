"""Decision models: read one, see what it decides and needs, and decide."""

import datetime as dt
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from engine.dmn import boxed, load, messages, network, session
from engine.dmn.elements import DECISION, INPUT, KNOWLEDGE, SERVICE
from engine.dmn.errors import NoSuchDecision
from engine.dmn.language import Budget
from engine.dmn.load import Resolve, Unit
from engine.dmn.network import Key, Node
from engine.dmn.session import Decision, Session
from engine.errors import Finding, PackInvalid
from engine.feel import FeelError, FeelLimit
from engine.feel import messages as feel_messages


@dataclass(frozen=True, eq=False)
class Model:
    """A decision model that has been read.

    `decisions`, `inputs` and `services` give the types by name ("Any" when none is declared); elements of imported
    models are named `import.name`. `findings` are what lint must refuse although the rest of the model can be carried
    out: external functions, unknown types, foreign imports.
    """

    name: str
    decisions: Mapping[str, str]
    inputs: Mapping[str, str]
    services: Mapping[str, str]
    findings: tuple[Finding, ...]
    units: tuple[Unit, ...] = field(repr=False)
    nodes: tuple[Node, ...] = field(repr=False)

    def decide(self, name: str, inputs: Mapping[str, object], *, now: dt.datetime | None = None) -> Decision:
        """The decision called `name` over JSON-like data or FEEL values by input name; other names are left unread.

        An input of an imported model is given as `import.name`, inside a context `import`, or by its own name. `now`
        (aware) is what now() and today() say. Raises NoSuchDecision, FeelError (a limit, a missing moment, unusable
        data).
        """
        target = self._find(DECISION, name)
        current = Session(self._given(inputs), _aware(now), Budget())
        return _carefully(lambda: session.whole(current, current.decide(target)))

    def invoke(self, name: str, inputs: Mapping[str, object], *, now: dt.datetime | None = None) -> Decision:
        """What the decision service or knowledge model called `name` gives, over data for its parameters by name.

        Parameters that are not given are null. Raises as `decide` does.
        """
        try:
            target = self._find(SERVICE, name)
        except NoSuchDecision:
            target = self._find(KNOWLEDGE, name)
        moment = _aware(now)
        if target.element.kind == SERVICE:
            given: dict[Key, object] = {}
            for path, needed in target.needs:
                given[needed.key] = _given_as(path, inputs)[1]
            return _carefully(lambda: session.served(target, given, moment))
        return _carefully(lambda: session.called(target, inputs, moment))

    def rules(self, name: str) -> tuple[tuple[str, str, int], ...]:
        """Every rule the decision called `name` can match, also through what it needs: (element, table id, number)."""
        reached = network.reached(self._find(DECISION, name))
        tables = ((node.name, table) for node in reached for table in boxed.tables(node.element.logic))
        return tuple(
            (element, table.id, number) for element, table in tables for number, _ in enumerate(table.rules, 1)
        )

    def _find(self, kind: str, name: str) -> Node:
        found = [node for node in self.nodes if node.element.kind == kind]
        for node in found:
            if name in _names(self.units[0], node):
                return node
        known = self.decisions if kind == DECISION else self.services
        near = difflib.get_close_matches(name, known, 1, 0.5)
        message = messages.NO_DECISION if kind == DECISION else messages.NO_SERVICE
        known_zh, known_en = "、".join(known) or "-", ", ".join(known) or "-"
        raise NoSuchDecision(message, name=name, known=known_zh, known_en=known_en, near=near[0] if near else "-")

    def _given(self, inputs: Mapping[str, object]) -> dict[Key, object]:
        given: dict[Key, object] = {}
        for node in self.nodes:
            if node.element.kind != INPUT:
                continue
            for path in _paths(self.units[0], node):
                found, value = _given_as(path, inputs)
                if found:
                    given[node.key] = value
                    break
        return given


def read(source: Path | str | bytes, *, resolve: Resolve | None = None) -> Model:
    """Read a DMN 1.1 to 1.5 model. `resolve` finds imported models: (namespace, location) to a path or content.

    Without it they are looked for in the folder of the model. Raises PackInvalid with everything that is wrong.
    """
    units, reports = load.units(source, resolve)
    nodes = network.link(units, session.serve) if units else []
    findings = [finding for report in reports for finding in report.findings]
    if findings:
        raise PackInvalid(findings)
    own = units[0]
    doubts = tuple(doubt for report in reports for doubt in report.doubts)
    return Model(
        own.definitions.name,
        _types(own, nodes, DECISION),
        _types(own, nodes, INPUT),
        _types(own, nodes, SERVICE),
        doubts,
        tuple(units),
        tuple(nodes),
    )


def _types(own: Unit, nodes: list[Node], kind: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        names = _names(own, node)
        if node.element.kind == kind and (names or kind == INPUT):
            found.setdefault(names[0] if names else node.name, node.element.variable.type_ref or "Any")
    return MappingProxyType(found)


def _names(own: Unit, node: Node) -> list[str]:
    """What a model calls an element of its own or of a model it imports itself."""
    if node.unit is own:
        return [node.element.name, node.name, node.element.id]
    imports = [wanted.name for wanted, unit in own.imports if unit is node.unit]
    return [f"{prefix}.{node.name}" if prefix else node.name for prefix in imports]


def _paths(own: Unit, node: Node) -> list[tuple[str, str]]:
    """The names data for an input may be given under, the most exact first."""
    if node.unit is own:
        return [("", node.element.name), ("", node.name)]
    direct = [(wanted.name, node.name) for wanted, unit in own.imports if unit is node.unit]
    return [*direct, ("", node.name)]


def _given_as(path: tuple[str, str], inputs: Mapping[str, object]) -> tuple[bool, object]:
    """Whether data were given for a name, or an import and a name, and which."""
    prefix, name = path
    if not prefix:
        return name in inputs, inputs.get(name)
    inside = inputs.get(prefix)
    if isinstance(inside, Mapping) and name in inside:
        return True, inside[name]
    whole = f"{prefix}.{name}"
    return whole in inputs, inputs.get(whole)


def _aware(now: dt.datetime | None) -> dt.datetime | None:
    if now is not None and now.utcoffset() is None:
        raise FeelError(feel_messages.NAIVE_MOMENT)
    return now


def _carefully(make: Callable[[], Decision]) -> Decision:
    try:
        return make()
    except RecursionError:
        raise FeelLimit(feel_messages.TOO_DEEP) from None
