"""The verbs of `lianban` that need no web. Exit status: 0 fine, 1 refused or failed, 2 wrong usage, 141 unread."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from engine import catalog, dmn, feel, identity, rehearsal, runtime, store
from engine.app import Engine
from engine.cli import booking, deciding, drawings, figuring, indexing, machines, people, publishing, reducing, running
from engine.cli.installation import amiss, prepare
from engine.cli.overview import Overview
from engine.cli.speech import files_at, object_of, report, say, verb_of
from engine.errors import EngineError, Finding, PackInvalid
from engine.settings import Settings
from engine.store.columns import loads
from engine.words import CITY
from engine.work import SYSTEM

COVERED = {
    "flows": "连线覆盖 / sequence flows",
    "events": "事件覆盖 / events",
    "rules": "决策规则覆盖 / decision rules",
}
UNREAD = 141  # what a shell says of a program whose output nobody reads any more: 128 + SIGPIPE
_BESIDE = "其他流程图和决策文件 / other drawings and decision files"
__all__ = ["main", "parser", "prepare", "run", "say"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    return run(parser().parse_args(arguments))


def parser() -> Overview:
    """The command line; `web` adds `serve` to its `verbs`."""
    top = Overview("lianban", "联办：政务“一件事”联办引擎 / joint one-thing services")
    verbs = top.verbs
    for name, run_verb, about in (
        ("lint", lint, "检查事项包或流程图 / check packs or drawings"),
        ("rehearse", rehearse, "演练事项包的场景 / play the scenarios of packs"),
    ):
        verb = verb_of(verbs, name, run_verb, about)
        verb.add_argument("path", nargs="+", type=Path, help="事项包文件夹 / folder of a pack; lint: .bpmn .dmn too")
        if run_verb is lint:
            verb.add_argument("--with", dest="others", nargs="+", type=Path, default=[], help=_BESIDE)
    verb = verb_of(verbs, "unlock", unlock, "提前解除账号锁定 / end the lock of an account early")
    verb.add_argument("login", help="登录名 / who")
    publishing.add(verbs)
    people.add(verbs)
    running.add(verbs)
    machines.add(verbs)
    indexing.add(verbs)
    booking.add(verbs)
    figuring.add(verbs)
    verb = verb_of(verbs, "trace", trace, "在内存中走一遍流程图 / play a drawing in memory")
    verb.add_argument("path", type=Path)
    verb.add_argument("--with", dest="others", nargs="+", type=Path, default=[], help=_BESIDE)
    verb.add_argument("--vars", default="{}", help="开始时的数据 / JSON: what FEEL sees at the start")
    verb.add_argument(
        "--answers", type=Path, help="各节点的答复 / JSON file: node id -> answers, or a list with one object a visit"
    )
    verb.add_argument("--advance", help="最后让时间经过 / ISO 8601 duration to let pass, such as P3D")
    verb.add_argument("--at", default="2026-01-05T09:00:00+08:00", help="虚拟时钟的起点 / the virtual clock's start")
    verb.add_argument("--begin", help="从哪个开始事件起 / the start event to begin at, where there are several")
    deciding.add(verbs)
    drawings.add(verbs)
    reducing.add(verbs)
    return top


def run(args: argparse.Namespace) -> int:
    """Carry out parsed arguments; problems people cause are sentences, never traces; unread output ends it."""
    try:
        status = _carried_out(args)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left has nowhere to go
        return UNREAD
    return status


def _carried_out(args: argparse.Namespace) -> int:
    try:
        return int(args.run(args))
    except BrokenPipeError:
        raise
    except PackInvalid as invalid:
        report(invalid.findings, args.json)
    except (feel.FeelError, dmn.DmnError) as wrong:
        say(args.json, {"error": {"zh": wrong.zh, "en": wrong.en}}, str(wrong))
    except EngineError as refused:
        say(args.json, {"error": {"en": str(refused)}}, f"无法处理 / cannot do this: {refused}")
    except (OSError, ValueError) as wrong:
        say(args.json, {"error": {"en": str(wrong)}}, f"无法处理 / cannot do this: {wrong}")
    except (store.Trouble, ModuleNotFoundError) as wrong:
        zh, en = amiss(wrong)
        say(args.json, {"error": {"zh": zh, "en": en}}, f"无法处理 / cannot do this: {zh} / {en}")
    return 1


def lint(args: argparse.Namespace) -> int:
    """Check packs (folders with pack.toml) or single drawings."""
    findings = [found for path in args.path for found in _lint(path, _others(args))]
    report(findings, args.json)
    return int(any(not f.warning for f in findings))


def rehearse(args: argparse.Namespace) -> int:
    """Play the scenarios of packs; status 1 if one fails, or a flow, event or decision rule was never touched."""
    failed = False
    for path in args.path:
        coverage = rehearsal.rehearse(catalog.read(files_at(path)))
        failed |= not coverage.clean
        for played in coverage.played:
            say(
                args.json,
                {"scenario": played.scenario, "about": played.about, "problems": list(played.problems)},
                f"{'✘' if played.problems else '✔'} {played.scenario}  {played.about}"
                + "".join(f"\n    {p}" for p in played.problems),
            )
        for kind, found in coverage.covered.items():
            told = {"kind": kind, "total": found.total, "missed": list(found.missed)}
            say(args.json, {"pack": path.resolve().name, **told}, _covered(kind, found))
    return int(failed)


def unlock(args: argparse.Namespace) -> int:
    """Let somebody sign in again before the lock ends."""
    with Engine.open(Settings.from_environment()).begin(SYSTEM) as work:
        identity.unlock(work, args.login)
    say(args.json, {"unlocked": args.login}, f"已解除 / unlocked: {args.login}")
    return 0


def trace(args: argparse.Namespace) -> int:
    """Play one drawing; one JSON line per thing that happens. Status 1 after an incident."""
    model = runtime.read(args.path.read_bytes(), args.path.name, **_others(args))
    answers = loads(args.answers.read_text("utf-8")) if args.answers else {}
    start = datetime.fromisoformat(args.at)
    start = (start if start.tzinfo else start.replace(tzinfo=CITY)).astimezone(UTC)
    stopped = False
    facts = object_of(args.vars, "--vars")
    for line in rehearsal.trace(model, facts, answers, start=start, advance=args.advance, begin=args.begin):
        stopped |= line["event"] in ("incident", "stopped")
        said = f"{line['zh']} / {line['en']}" if "zh" in line else line.get("name", "")
        say(args.json, line, f"{line['at']}  {line['event']:<10} {line.get('node', '')} {said}".rstrip())
    return int(stopped)


def _others(args: argparse.Namespace) -> Mapping[str, Mapping[str, bytes]]:
    """The files beside a drawing, as the runtime wants them."""
    found = {path.name: path.read_bytes() for path in args.others}
    return {
        "decisions": {name: text for name, text in found.items() if name.endswith(".dmn")},
        "drawings": {name: text for name, text in found.items() if not name.endswith(".dmn")},
    }


def _covered(kind: str, found: rehearsal.Covered) -> str:
    missed = f"  ✘ {' '.join(found.missed)}" if found.missed else ""
    return f"{COVERED[kind]} covered: {found.total - len(found.missed)}/{found.total}{missed}"


def _lint(path: Path, others: Mapping[str, Mapping[str, bytes]]) -> Iterator[Finding]:
    if path.is_dir():
        yield from catalog.lint(files_at(path))
    elif path.suffix == ".dmn":
        yield from dmn.lint(dmn.read(path))
    else:
        yield from runtime.lint(path.read_bytes(), path.name, **others)
