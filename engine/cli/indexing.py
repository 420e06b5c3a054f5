"""The verb that writes the index of people anew, after the installation's secret has changed."""

import argparse
from typing import Any

from engine import people
from engine.app import Engine
from engine.cli.speech import say, verb_of
from engine.settings import Settings
from engine.work import SYSTEM


def add(verbs: Any) -> None:
    """Declare the verb."""
    verb_of(verbs, "reindex", reindex, "密钥更换后重建人员索引 / rebuild the index of people after the secret changed")


def reindex(args: argparse.Namespace) -> int:
    """Hash everybody's ID number with the secret of now; until then nobody is found by the old hashes."""
    with Engine.open(Settings.from_environment()).begin(SYSTEM) as work:
        count = people.rebuild(work)
    say(args.json, {"cases": count}, f"已重建 / rebuilt: {count} 件 / cases")
    return 0
