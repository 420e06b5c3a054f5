"""Verbs for decisions and expressions."""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine import feel
from engine.cli.speech import object_of, say, verb_of
from engine.dmn import explain
from engine.store.columns import dumps


def add(verbs: Any) -> None:
    """Declare the verbs."""
    verb = verb_of(verbs, "decide", decide, "计算一个决策 / make a decision of a DMN file")
    verb.add_argument("path", type=Path)
    verb.add_argument("--decision", required=True, help="决策名称 / its name")
    verb.add_argument("--input", default="{}", help="输入数据 / JSON: the input data by name")
    verb.add_argument(
        "--explain", action="store_true", help="同时说明输入与经过 / also the inputs and every decision made on the way"
    )
    verb = verb_of(verbs, "feel", evaluate, "计算一个 FEEL 表达式 / evaluate a FEEL expression")
    verb.add_argument("expression")
    verb.add_argument("--context", default="{}", help="表达式可用的名称 / JSON: the names the expression may use")


def decide(args: argparse.Namespace) -> int:
    """Make one decision of a DMN file; numbers stay exact. Status 1 if it went wrong on the way."""
    inputs = object_of(args.input, "--input")
    told = explain.decide(args.path, args.decision, inputs, explain=args.explain, now=datetime.now(UTC))
    lines = [dumps(told["value"]), *map(_why, told["matched"])]
    lines += [f"  ⚠ {warning['zh']} / {warning['en']}" for warning in told["warnings"]]
    lines += [f"  · {step['decision']} = {dumps(step['value'])}" for step in told.get("intermediate", [])]
    say(args.json, told, "\n".join(lines))
    return int(any(warning["error"] for warning in told["warnings"]))


def evaluate(args: argparse.Namespace) -> int:
    """Evaluate one FEEL expression; numbers stay exact."""
    result = feel.evaluate(args.expression, object_of(args.context, "--context"), now=datetime.now(UTC))
    value = feel.from_feel(result.value)
    warnings = [{"zh": w.zh, "en": w.en, "position": w.position} for w in result.warnings]
    shown = dumps(value) + "".join(f"\n⚠ {w.zh} / {w.en}" for w in result.warnings)
    say(args.json, {"value": value, "warnings": warnings}, shown)
    return 0


def _why(rule: Mapping[str, Any]) -> str:
    """Which rule of which table, and what it was tested on."""
    tested = "; ".join(f"{each['input']} = {dumps(each['value'])} ∈ {each['test']}" for each in rule["because"])
    return f"  ✔ {rule['element']} 规则 / rule {rule['rule']} (line {rule['line']}): {tested}"
