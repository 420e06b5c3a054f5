"""How long expressions take: compiled, from cached text, and read anew; against the lab experiment and feelin.

python bench/feel.py [--json] [--check]

Times are microseconds, the best of several rounds; every ratio is measured within this one run. --check ends with
status 1 when a goal is missed.
"""

# ruff: noqa: T201  a bench prints

import argparse
import importlib
import json
import platform
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feelin

from engine import feel
from engine.feel import api

_LAB = Path(__file__).resolve().parents[2] / "shared" / "lab" / "feel"
_WARMING = 500
_ROUNDS = 15
_SECONDS = 0.02  # of one round

_CONDITION = 'a > 5 and b = "x"'
_TWO = {"a": 6, "b": "x"}
_CHILDREN = [{"name": "甲", "age": 6}, {"name": "乙", "age": 17}, {"name": "丙", "age": 20}]


@dataclass(frozen=True)
class Subject:
    """An expression, its data, and how long it may take."""

    name: str
    expression: str
    context: Mapping[str, Any]
    compiled_goal: float | None = None
    cached_goal: float | None = None


SUBJECTS = (
    Subject("condition", _CONDITION, _TWO, compiled_goal=2.0),
    Subject("condition, 50 names", _CONDITION, {**_TWO, **{f"字段{n}": "v" for n in range(50)}}, None, 10.0),
    Subject("amount", "家庭人均月收入 <= 低保标准 * 1.5", {"家庭人均月收入": 1200, "低保标准": 900}),
    Subject("filter", "children[age < 18].name", {"children": _CHILDREN}),
    Subject("date", 'date(born) + duration("P22Y") <= date("2026-11-23")', {"born": "2003-05-01"}),
)


def main() -> int:
    """Measure, print, and say whether the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--check", action="store_true", help="status 1 when a goal is missed")
    wanted = parser.parse_args()
    rows, notes = [_measured(subject) for subject in SUBJECTS], _compare()
    for row, others in zip(rows, notes.pop("times"), strict=True):
        row.update(others)
        row["ratios"] = {name: round(others[name] / row["cached"], 2) for name in others}
    missed = [row["name"] for row in rows if not row["met"]]
    if wanted.json:
        print(json.dumps({"python": platform.python_version(), "rows": rows, "missed": missed, **notes}, indent=2))
    else:
        _print(rows, notes)
    return 1 if wanted.check and missed else 0


def _measured(subject: Subject) -> dict[str, Any]:
    expression = feel.compile(subject.expression)
    compiled = _microseconds(lambda: expression.evaluate(subject.context))
    cached = _microseconds(lambda: feel.evaluate(subject.expression, subject.context))
    met = compiled <= (subject.compiled_goal or compiled) and cached <= (subject.cached_goal or cached)
    goal = f"compiled ≤ {subject.compiled_goal}" if subject.compiled_goal else ""
    goal = f"cached ≤ {subject.cached_goal}" if subject.cached_goal else goal
    cold = _microseconds(lambda: _cold(subject))
    return {"name": subject.name, "compiled": compiled, "cached": cached, "cold": cold, "goal": goal, "met": met}


def _cold(subject: Subject) -> None:
    api._compile.cache_clear()
    feel.evaluate(subject.expression, subject.context)


def _microseconds(measured: Callable[[], object]) -> float:
    """The time of one call: the best round, because everything else is what the machine did beside."""
    for _ in range(_WARMING):
        measured()
    began = time.perf_counter()
    measured()
    times = max(1, int(_SECONDS / max(time.perf_counter() - began, 1e-7)))
    return round(min(_round(measured, times) for _ in range(_ROUNDS)) * 1e6, 2)


def _round(measured: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        measured()
    return (time.perf_counter() - began) / times


def _compare() -> dict[str, Any]:
    """Times of the others, one dict for each subject, and which of them were skipped and why."""
    times: list[dict[str, float]] = [{} for _ in SUBJECTS]
    notes: dict[str, Any] = {"times": times, "skipped": []}
    if (_LAB / "proto" / "pyfeel.py").exists():
        for found, subject in zip(times, SUBJECTS, strict=True):
            found["experiment"] = _experiment(subject)
    else:
        notes["skipped"].append("experiment: the lab is not beside this checkout")
    place = feelin.find()
    if place is None:
        notes["skipped"].append("feelin: needs node and an installed feelin (bench/README.md)")
        return notes
    notes["feelin"] = feelin.version(place)
    for found, took in zip(times, feelin.times(place, [(s.expression, s.context) for s in SUBJECTS]), strict=True):
        found["feelin"] = round(took, 2)
    return notes


def _experiment(subject: Subject) -> float:
    """The experiment of the lab with its own cache; it wants FEEL values, so it is spared the conversion."""
    sys.path[:0] = [str(_LAB), str(_LAB / "proto")]
    experiment = importlib.import_module("pyfeel")
    context = feel.to_feel(subject.context)
    return _microseconds(lambda: experiment.evaluate(subject.expression, context))


def _print(rows: list[dict[str, Any]], notes: dict[str, Any]) -> None:
    print(f"{'µs':22}{'compiled':>10}{'cached':>10}{'cold':>10}   others (and how many times our cached)")
    for row in rows:
        others = "  ".join(f"{name} {row[name]} (×{ratio})" for name, ratio in row["ratios"].items())
        goal = f"  goal {row['goal']} µs: {'met' if row['met'] else 'MISSED'}" if row["goal"] else ""
        print(f"{row['name']:22}{row['compiled']:>10}{row['cached']:>10}{row['cold']:>10}   {others}{goal}")
    for skipped in notes["skipped"]:
        print("skipped", skipped)


if __name__ == "__main__":
    sys.exit(main())
