"""What all verbs of `lianban` share: how they are declared, how they read packs, how they speak."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine import catalog
from engine.errors import Finding
from engine.store.columns import dumps


def add_verb(verbs: Any, name: str, run_verb: Callable[..., int], about: str) -> argparse.ArgumentParser:
    """Declare a verb; the caller adds its arguments."""
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    verb.add_argument("--json", action="store_true", help="one JSON object a line")
    verb.set_defaults(run=run_verb)
    return verb


def files_at(path: Path) -> dict[str, str]:
    """The files of the pack whose folder this is: `…/workflows/<pack>`."""
    folder = path.resolve()
    if not (folder / "pack.toml").is_file():
        raise ValueError(f"{path} has no pack.toml")
    return catalog.files_of(folder.parents[1], folder.name)


def report(findings: Sequence[Finding], as_json: bool) -> None:
    """Say what lint found."""
    for f in findings:
        mark = "⚠" if f.warning else "✘"
        told = {key: getattr(f, key) for key in f.__dataclass_fields__}
        cure = f"\n    → {f.cure_zh} / {f.cure_en}" if f.cure_zh or f.cure_en else ""
        say(as_json, told, f"{mark} {f.file}:{f.line} [{f.rule}] {f.zh} / {f.en}{cure}")
    if not findings and not as_json:
        sys.stdout.write("✔ 没有问题 / no problems\n")


def say(as_json: bool, told: Mapping[str, Any], text: str) -> None:
    """One line of JSON, or the text for people."""
    sys.stdout.write((dumps(told) if as_json else text) + "\n")
