"""How verbs are declared and how they speak: text for people, one JSON object a line for programs."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import Any

from engine.store.columns import dumps, loads


def verb_of(
    verbs: Any, name: str, run_verb: Callable[[argparse.Namespace], int], about: str
) -> argparse.ArgumentParser:
    """A new verb of the command line; every one of them knows --json."""
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    verb.add_argument("--json", action="store_true", help="one JSON object a line")
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
