"""feelin, the FEEL of the browser, run in node. It is not a dependency: whoever wants the comparison installs it.

npm install --ignore-scripts --prefix SOMEWHERE feelin@8.2.0
FEELIN=SOMEWHERE python bench/feel.py
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Case = tuple[str, Mapping[str, Any]]

_HERE = Path(__file__).resolve().parent
_PLACES = (os.environ.get("FEELIN", ""), str(_HERE.parent / "web" / "assets"))
_SECONDS = 120


def find() -> Path | None:
    """The folder whose node_modules hold feelin; None when it, or node, is not installed."""
    if shutil.which("node") is None:
        return None
    places = (Path(place) for place in _PLACES if place)
    return next((place for place in places if (place / "node_modules" / "feelin" / "package.json").exists()), None)


def version(place: Path) -> str:
    """The version installed there."""
    return str(json.loads((place / "node_modules" / "feelin" / "package.json").read_text())["version"])


def answers(place: Path, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """For each case {"value": …} or {"error": …}; dates, durations, ranges and functions are {"$": text}."""
    return _run(place, "answer", cases)


def times(place: Path, cases: Sequence[Case]) -> list[float]:
    """Microseconds for each case, reading included: feelin keeps no parsed expressions."""
    return [float(found["microseconds"]) for found in _run(place, "time", cases)]


def _run(place: Path, mode: str, cases: Sequence[Case]) -> list[dict[str, Any]]:
    asked = {"mode": mode, "cases": [{"expression": text, "context": dict(context)} for text, context in cases]}
    node = shutil.which("node") or "node"
    found = subprocess.run(  # noqa: S603  our own script, and data on its standard input
        [node, str(_HERE / "feelin.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=place,
        timeout=_SECONDS,
        check=True,
    )
    return [json.loads(line) for line in found.stdout.splitlines()]
