"""What all verbs share: how they are declared, how they read packs, how they speak to people and to programs."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine import catalog
from engine.errors import Finding
from engine.store.columns import dumps, loads


def verb_of(
    verbs: Any, name: str, run_verb: Callable[[argparse.Namespace], int], about: str
) -> argparse.ArgumentParser:
    """A new verb of the command line; every one of them knows --json."""
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象 / one JSON object a line")
    verb.set_defaults(run=run_verb)
    return verb


def say(as_json: bool, told: Mapping[str, Any], text: str) -> None:
    """One line of JSON, or the text for people."""
    sys.stdout.write((dumps(told) if as_json else text) + "\n")


def object_of(text: str, option: str) -> dict[str, Any]:
    """The JSON object of an option. ValueError for anything else."""
    try:
        value = loads(text)
    except ValueError as wrong:
        raise ValueError(f"{option}: {wrong}") from None
    if isinstance(value, dict):
        return value
    raise ValueError(f'{option} takes a JSON object such as {{"amount": 800}}')


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
