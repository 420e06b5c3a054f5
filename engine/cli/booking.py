"""The verb that looks whether the ledger is what was written."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine import dossier, ledger
from engine.app import Engine
from engine.cli.speech import say, verb_of
from engine.ledger import Checked, Flaw
from engine.settings import Settings
from engine.vault import Vault
from engine.work import SYSTEM

UNSEALED = (
    "未验封印：没有密钥只能说明卷内前后一致，不能排除整卷伪造（在原系统上用 --secret）/ seals not checked: without the "
    "secret it agrees with itself, but may be forged as a whole (use --secret where it comes from)"
)
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

    act = verb_of(acts, "check", check, "核验导出的案卷，不需要数据库 / check an exported case, without any database")
    act.add_argument("file", type=Path, help="案卷 zip / the exported file")
    act.add_argument("--secret", type=Path, help="密钥文件，用于验封印 / a file with the secret, to check the seals")


def check(args: argparse.Namespace) -> int:
    """Say what of an exported case was changed, and what only the secret can tell. Status 1 if something was."""
    blind = Vault(secret=args.secret.read_text("utf-8").strip()).blind if args.secret else None
    found = dossier.check(args.file, blind)
    for zh, en in found.wrong:
        say(args.json, {"zh": zh, "en": en}, f"✘ {zh} / {en}")
    told = {"case": found.number, "files": found.files, "entries": found.entries, "sealed": found.keyed}
    if not found.wrong:
        text = f"✔ {found.number}：{found.files} 个文件、{found.entries} 条台账未改动 / files, entries: unchanged"
        seals = "封印相符 / its seals fit" if found.keyed else UNSEALED
        say(args.json, told, f"{text}\n{seals}")
    return int(bool(found.wrong))


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
