"""Making decisions: one call of Model.decide, with all the decisions it leads to and one budget for all of them."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from engine.dmn import entry, messages
from engine.dmn.boxed import Text
from engine.dmn.elements import DECISION, INPUT
from engine.dmn.fitting import fitted
from engine.dmn.frame import Frame, MatchedRule, Notes, Warning, frame_of  # noqa: A004
from engine.dmn.language import Budget, Function, Run, Scope, Value, begin, deeper
from engine.dmn.network import Key, Node, result_type, scope_names
from engine.dmn.types import ANY
from engine.feel import Warning as FeelWarning

_STEPS = 10  # what making a decision costs beside its logic: services may start very many


@dataclass(frozen=True)
class Decision:
    """What was decided and why.

    `value`: a FEEL value (engine.feel.from_feel makes it data). `matched`: the rules of the decision's own tables that
    matched, also in knowledge models it invoked. `warnings`: what was doubtful here and in every decision it needed.
    `inputs`: what its logic saw. `intermediate`: every decision made on the way, by name, in order.
    """

    name: str
    value: Value
    matched: tuple[MatchedRule, ...] = ()
    warnings: tuple[Warning, ...] = ()
    inputs: Mapping[str, Value] = field(default_factory=dict)
    intermediate: Mapping[str, "Decision"] = field(default_factory=dict)


class Session:
    """Decisions over the same inputs. `given` holds data for nodes: input data, and decisions that are not made."""

    def __init__(self, given: Mapping[Key, object], moment: dt.datetime | None, budget: Budget) -> None:
        self._given = given
        self._moment = moment
        self._budget = budget
        self._read: dict[Key, Value] = {}
        self.made: dict[Key, Decision] = {}

    def decide(self, target: Node) -> Decision:
        """The decision a node makes; those it needs are made first and kept."""
        for node in _needed(target, self._given):
            if node.key not in self.made:
                self.made[node.key] = self._make(node)
        return self.made[target.key]

    def _make(self, node: Node) -> Decision:
        notes = Notes(node.name, self._moment)
        self._budget.steps += _STEPS
        frame = Frame(node.unit.types.book, notes)
        frame.run = run = begin(self._moment, frame, self._budget)
        names = scope_names(node, lambda needed: self._value(needed, run))
        scope = Scope(names, None, run)
        if node.key in self._given:
            value = self._value(node, run)
        else:
            if node.element.logic is None:
                frame.warn(messages.NO_LOGIC, node.element.line, name=node.name)
            value = fitted(node.value(scope), node.type, scope, node.element.line, node.name)
        warnings = (*notes.warnings.values(), *_said_by_feel(run, node))
        shown = {name: _data_in(seen) for name, seen in names.items() if not isinstance(seen, Function)}
        return Decision(node.name, value, tuple(notes.matched), warnings, shown)

    def _value(self, node: Node, run: Run) -> Value:
        """What a node is to those that need it."""
        if node.element.kind not in (INPUT, DECISION):
            return node.function
        if node.element.kind == DECISION and node.key not in self._given:
            return self.made[node.key].value
        if node.key not in self._read:
            self._read[node.key] = self._taken(node, run)
        return self._read[node.key]

    def _taken(self, node: Node, run: Run) -> Value:
        if node.key not in self._given:
            frame_of(run).warn(messages.NOT_GIVEN, node.element.line, name=node.name)
            return None
        value = entry.take(self._given[node.key], node.type)
        return fitted(value, node.type, Scope({}, None, run), node.element.line, node.name)


def serve(service: Node) -> Function:
    """A decision service as a function of its inputs; what it is not given is null, never taken from the caller."""
    parameters = [needed for _, needed in service.needs]
    name, line = service.name, service.element.line
    result = result_type(service)

    def call(arguments: list[Value], run: Run) -> Value:
        outside = Scope({}, None, run)
        given: dict[Key, object] = {}
        for parameter, argument in zip(parameters, arguments, strict=True):
            given[parameter.key] = fitted(argument, parameter.type, outside, line, parameter.name)
            if argument is not None and given[parameter.key] is None:
                return None

        def carry_out(scope: Scope) -> Value:
            session = Session(given, frame_of(run).notes.moment, run.budget)
            value = outcome(service, session)
            _hand_over(session, frame_of(run).notes)
            return fitted(value, result, scope, line, name)

        return deeper(carry_out, outside)

    return Function(tuple(parameter.name for parameter in parameters), call, name)


def outcome(service: Node, session: Session) -> Value:
    """What a service gives: the value of its output decision, or a context of several."""
    values = {node.name: session.decide(node).value for node in service.outputs}
    return next(iter(values.values())) if len(values) == 1 else values


def whole(session: Session, made: Decision) -> Decision:
    """A decision with the warnings of all it needed, and those decisions by name."""
    warnings = [warning for one in session.made.values() for warning in one.warnings]
    others: dict[str, Decision] = {}
    for (namespace, _), one in session.made.items():
        if one is not made:
            others[f"{one.name} ({namespace})" if one.name in others else one.name] = one
    if all(one is not made for one in session.made.values()):
        warnings += made.warnings
    return replace(made, warnings=tuple(warnings), intermediate=MappingProxyType(others))


def served(service: Node, given: Mapping[Key, object], moment: dt.datetime | None) -> Decision:
    """What a decision service gives over data for its parameters."""
    current = Session(given, moment, Budget())
    made = outcome(service, current)
    return whole(current, _carried_out(service, lambda run: _fitted_result(service, made, run), moment))


def called(model: Node, inputs: Mapping[str, object], moment: dt.datetime | None) -> Decision:
    """What a knowledge model gives over data for its parameters."""

    def call(run: Run) -> Value:
        if model.function is None:
            frame_of(run).warn(messages.NO_LOGIC, model.element.line, name=model.name)
            return None
        types = dict(model.parameters())
        arguments = [entry.take(inputs.get(name), types.get(name, ANY)) for name in model.function.parameters]
        return model.function.call(arguments, run)

    return _carried_out(model, call, moment)


def _carried_out(node: Node, work: Callable[[Run], Value], moment: dt.datetime | None) -> Decision:
    """A call from outside as a decision of its own."""
    notes = Notes(node.name, moment)
    frame = Frame(node.unit.types.book, notes)
    frame.run = run = begin(moment, frame, Budget())
    value = work(run)
    return Decision(node.name, value, tuple(notes.matched), (*notes.warnings.values(), *_said_by_feel(run, node)))


def _fitted_result(service: Node, value: Value, run: Run) -> Value:
    return fitted(value, result_type(service), Scope({}, None, run), service.element.line, service.name)


def _data_in(seen: Value) -> Value:
    """What an explanation shows: of an import's context only the values, not the functions."""
    if not isinstance(seen, dict):
        return seen
    return {name: value for name, value in seen.items() if not isinstance(value, Function)}


def _hand_over(session: Session, notes: Notes) -> None:
    for made in session.made.values():
        notes.matched.extend(made.matched)
        for warning in made.warnings:
            notes.warnings.setdefault((warning.en, warning.line), warning)


def _needed(target: Node, given: Mapping[Key, object]) -> Iterator[Node]:
    """The decisions to make, each after those it needs. Iterative: a model may be one long chain."""
    done: set[Key] = set()
    path = [(target, _decisions(target, given))]
    while path:
        node, rest = path[-1]
        lower = next((found for found in rest if found.key not in done), None)
        if lower is None:
            done.add(node.key)
            yield path.pop()[0]
        else:
            path.append((lower, _decisions(lower, given)))


def _decisions(node: Node, given: Mapping[Key, object]) -> Iterator[Node]:
    if node.key in given:
        return
    for _, needed in node.needs:
        if needed.element.kind == DECISION and needed.key not in given:
            yield needed


def _said_by_feel(run: Run, node: Node) -> Iterator[Warning]:
    texts = node.texts()
    for warning in run.warnings.values():
        yield _converted(warning, node.name, texts.get(warning.expression))


def _converted(warning: FeelWarning, decision: str, text: Text | None) -> Warning:
    line = text.line + warning.expression.count("\n", 0, warning.position) if text is not None else 0
    shown = warning.expression if text is not None else ""
    cures = warning.cure_zh, warning.cure_en
    return Warning(decision, line, warning.zh, warning.en, *cures, False, shown, warning.position)
