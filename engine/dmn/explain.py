"""A decision as plain data, for the command line, the ledger and notebooks: what was decided, from what, and why."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine import feel
from engine.dmn.frame import MatchedRule, Warning  # noqa: A004  used for its own kind only
from engine.dmn.language import Value
from engine.dmn.model import Model, read
from engine.dmn.session import Decision
from engine.feel import text

Data = dict[str, Any]


def decide(
    path: Path | str, name: str, inputs: Mapping[str, object], *, explain: bool = False, now: dt.datetime | None = None
) -> Data:
    """What the decision or decision service `name` of a file gives: {decision, value, matched, warnings}.

    With `explain` also {inputs, intermediate}, the latter a list in the order the decisions were made. Values are data
    as engine.feel.from_feel makes them: numbers stay exact (int or Decimal). Raises PackInvalid, NoSuchDecision,
    FeelError.
    """
    model = read(path)
    return described(_made(model, name, inputs, now), explain=explain)


def described(made: Decision, *, explain: bool = False) -> Data:
    """A decision as data."""
    data: Data = {
        "decision": made.name,
        "value": feel.from_feel(made.value),
        "matched": [_rule(rule) for rule in made.matched],
        "warnings": [_warning(warning) for warning in made.warnings],
    }
    if explain:
        data["inputs"] = {name: _shown(value) for name, value in made.inputs.items()}
        data["intermediate"] = [_step(one) for one in made.intermediate.values()]
    return data


def _made(model: Model, name: str, inputs: Mapping[str, object], now: dt.datetime | None) -> Decision:
    if name not in model.decisions and name in model.services:
        return model.invoke(name, inputs, now=now)
    return model.decide(name, inputs, now=now)


def _step(made: Decision) -> Data:
    return {
        "decision": made.name,
        "value": _shown(made.value),
        "inputs": {name: _shown(value) for name, value in made.inputs.items()},
        "matched": [_rule(rule) for rule in made.matched],
    }


def _rule(rule: MatchedRule) -> Data:
    return {
        "element": rule.element,
        "table": rule.table,
        "rule": rule.number,
        "id": rule.rule,
        "line": rule.line,
        "annotations": [{"heading": heading, "text": note} for heading, note in rule.annotations],
        "because": [{"input": label, "value": _shown(value), "test": test} for label, value, test in rule.because],
    }


def _warning(warning: Warning) -> Data:
    return {
        "decision": warning.decision,
        "line": warning.line,
        "error": warning.error,
        "zh": warning.zh,
        "en": warning.en,
        "cure_zh": warning.cure_zh,
        "cure_en": warning.cure_en,
        "expression": warning.expression,
        "position": warning.position,
    }


def _shown(value: Value) -> Value:
    """A value as data; what cannot be data, such as a function, as its text."""
    try:
        return feel.from_feel(value)
    except feel.FeelError:
        return text.write(value)
