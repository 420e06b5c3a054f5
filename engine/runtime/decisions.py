"""Business rule tasks: the decisions of a pack a drawing uses, and making one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any

from engine import dmn, feel
from engine.dmn import messages
from engine.errors import Finding, PackInvalid
from engine.runtime import expressions
from engine.runtime.run import Run
from engine.runtime.told import Decided, NodeWarning
from engine.runtime.trouble import Trouble
from engine.runtime.values import Node

_MISSING = expressions.pattern(messages.NOT_GIVEN.en)


@dataclass(frozen=True)
class Table:
    """A decision a business rule task makes: the model it stands in, and the id the drawing calls it by."""

    model: dmn.Model
    decision: str


class Shelf:
    """The DMN files of a pack, each read once; `findings` says what is wrong with those that are used."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._models: dict[str, dmn.Model] = {}
        self.findings: list[Finding] = []
        for name in files:
            self._read(name)

    def find(self, decision: str) -> Table | None:
        """The decision with this id, or else this name."""
        for position in (0, 1):
            for name, model in self._models.items():
                if any(known[position] == decision for known in _decisions(model)):
                    self.findings += [_placed(finding, name) for finding in model.findings]
                    return Table(model, decision)
        return None

    def nearest(self, decision: str) -> str:
        """The id most like this one, or nothing."""
        known = [name for model in self._models.values() for name, _ in _decisions(model)]
        return next(iter(get_close_matches(decision, known, 1) or known[:1]), "")

    def _read(self, name: str) -> None:
        try:
            self._models[name] = dmn.read(self._files[name], resolve=self._resolve)
        except PackInvalid as invalid:
            self.findings += [_placed(finding, name) for finding in invalid.findings]

    def _resolve(self, _namespace: str, location: str) -> bytes | None:
        wanted = PurePosixPath(location).name
        return next((text for name, text in self._files.items() if PurePosixPath(name).name == wanted), None)


def decide(run: Run, node: Node, local: Mapping[str, Any]) -> Decided:
    """Make the decision of a business rule task over what it sees.

    `Trouble` when the model or its data are wrong, or an input does not exist: null would quietly match another rule.
    """
    table: Table = run.model.decisions[node.id]
    try:
        made = table.model.decide(table.decision, {**run.data.seen(), **local}, now=run.now)
        value, inputs = feel.from_feel(made.value), feel.from_feel(dict(made.inputs))
    except feel.FeelError as error:
        raise _trouble(node, error.zh, error.en) from error
    for warning in made.warnings:
        if warning.error or expressions.is_unknown(warning.en) or _MISSING.fullmatch(warning.en):
            raise _trouble(node, warning.zh, warning.en)
    run.warnings += [NodeWarning(node.id, warning.zh, warning.en) for warning in made.warnings]
    before = tuple(rule for step in made.intermediate.values() if step.name != made.name for rule in step.matched)
    return Decided(node.id, table.decision, inputs, tuple(made.matched), value, before)


def _decisions(model: dmn.Model) -> Iterator[tuple[str, str]]:
    """Id and name of the decisions of a file, not of those it imports."""
    for node in model.nodes:
        if node.element.kind == "decision" and node.unit is model.units[0]:
            yield node.element.id or node.element.name, node.element.name


def _placed(finding: Finding, file: str) -> Finding:
    return replace(finding, file=file)


def _trouble(node: Node, zh: str, en: str) -> Trouble:
    return Trouble(node.id, f"“{node.called}”的决策：{zh}", f'The decision of "{node.called}": {en}')
