"""The verb that looks whether the ledger is what was written."""

import argparse
from collections.abc import Iterable
from typing import Any

from engine import ledger
from engine.app import Engine
from engine.cli.speech import say, verb_of
from engine.ledger import Checked, Flaw
from engine.settings import Settings
from engine.work import SYSTEM

MOST = 20  # lines for people; programs get every one


def add(verbs: Any) -> None:
    """Declare the verb."""
    about = "核验台账 / check the ledger"
    verb = verb_of(verbs, "ledger", verify, about)
    acts = verb.add_subparsers(dest="act", required=True, metavar="ACT")
    act = verb_of(acts, "verify", verify, "逐条核验台账的散列链与封印 / check hash chain and seals of every entry")
    act.add_argument(
        "--without-secret", action="store_true", help="不验封印，只验散列 / only hashes: on a copy without the secret"
    )


def verify(args: argparse.Namespace) -> int:
    """Name the first entry of each ledger that is not what was written. Status 1 when there is one."""
    with Engine.open(Settings.from_environment()).snapshot(SYSTEM) as work:
        return told(ledger.verify(work, keyed=not args.without_secret), args.json)


def told(checked: Iterable[Checked], as_json: bool) -> int:
    """Say what was found; the status."""
    cases = entries = flaws = checkpoints = 0
    for one in checked:
        cases, entries = cases + bool(one.case), entries + one.length * bool(one.case)
        checkpoints += one.length * (not one.case)
        if one.flaw:
            flaws += 1
            _say(one.case, one.flaw, as_json, quiet=flaws > MOST)
    count = {"cases": cases, "entries": entries, "checkpoints": checkpoints, "flaws": flaws}
    text = "{cases} 件、{entries} 条、{checkpoints} 个检查点 / cases, entries, checkpoints: {flaws} 处不符 / do not fit"
    say(as_json, count, ("✘ " if flaws else "✔ ") + text.format(**count))
    return int(bool(flaws))


def _say(case: str, flaw: Flaw, as_json: bool, *, quiet: bool) -> None:
    if as_json or not quiet:
        told = {"case": case, "seq": flaw.seq, "at": flaw.at, "kind": flaw.kind, "zh": flaw.zh, "en": flaw.en}
        where = "  ".join(filter(None, (case, f"#{flaw.seq}", flaw.at, flaw.kind)))
        say(as_json, told, f"✘ {where}  {flaw.zh} / {flaw.en}")
