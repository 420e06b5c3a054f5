"""The verbs of `lianban` that need no web. Exit status: 0 fine, 1 refused or failed, 2 wrong usage."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from engine import catalog, demo, dmn, feel, identity, machines, rehearsal, releases, runtime
from engine.app import Engine
from engine.dmn import explain
from engine.errors import EngineError, Finding, PackInvalid
from engine.settings import Settings
from engine.store.columns import dumps, loads
from engine.work import SYSTEM

OLDER = "内容与旧版本 {0} 相同，现行的仍是版本 {1} / this is release {0} again; release {1} stays in force"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    return run(parser()[0].parse_args(arguments))


def parser() -> tuple[argparse.ArgumentParser, Any]:
    """The command line, and its verbs so that `web` can add `serve`."""
    top = argparse.ArgumentParser(prog="lianban", description="联办：政务“一件事”联办引擎 / joint one-thing services")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, run_verb, about in (
        ("lint", lint, "检查事项包或流程图 / check packs or drawings"),
        ("rehearse", rehearse, "演练事项包的场景 / play the scenarios of packs"),
        ("publish", publish, "发布事项包 / publish packs"),
    ):
        verb = _verb(verbs, name, run_verb, about)
        verb.add_argument("path", nargs="+", type=Path)
    verb = _verb(verbs, "unlock", unlock, "提前解除账号锁定 / end the lock of an account early")
    verb.add_argument("login")
    verb = _verb(verbs, "trace", trace, "在内存中走一遍流程图 / play a drawing in memory")
    verb.add_argument("path", type=Path)
    verb.add_argument("--vars", default="{}", help="JSON: what FEEL sees at the start")
    verb.add_argument("--answers", type=Path, help="JSON file: node id -> answers, or a list with one object a visit")
    verb.add_argument("--advance", help="ISO 8601 duration to let pass, such as P3D")
    verb.add_argument("--at", default="2026-01-05T09:00:00+08:00", help="the virtual clock's start")
    verb = _verb(verbs, "decide", decide, "计算一个决策 / make a decision of a DMN file")
    verb.add_argument("path", type=Path)
    verb.add_argument("--decision", required=True, help="its name")
    verb.add_argument("--input", default="{}", help="JSON: the input data by name")
    verb.add_argument("--explain", action="store_true", help="also the inputs and every decision made on the way")
    verb = _verb(verbs, "feel", evaluate, "计算一个 FEEL 表达式 / evaluate a FEEL expression")
    verb.add_argument("expression")
    verb.add_argument("--context", default="{}", help="JSON: the names the expression may use")
    machines.add(verbs, _verb)
    return top, verbs


def run(args: argparse.Namespace) -> int:
    """Carry out parsed arguments; problems people cause are sentences, never traces."""
    try:
        return int(args.run(args))
    except PackInvalid as invalid:
        _report(invalid.findings, args.json)
    except (feel.FeelError, dmn.DmnError) as wrong:
        say(args.json, {"error": {"zh": wrong.zh, "en": wrong.en}}, str(wrong))
    except EngineError as refused:
        say(args.json, {"error": {"en": str(refused)}}, f"无法处理 / cannot do this: {refused}")
    except (OSError, ValueError) as wrong:
        say(args.json, {"error": {"en": str(wrong)}}, f"无法处理 / cannot do this: {wrong}")
    return 1


def prepare(engine: Engine, *, demonstrate: bool) -> None:
    """Make a new installation usable: the demo city if wanted, and a release of every pack on disk.

    Two processes may start on one empty database: the second finds the rows of the first, fails, and looks again.
    """
    try:
        _prepare(engine, demonstrate=demonstrate)
    except IntegrityError:
        _prepare(engine, demonstrate=demonstrate)


def _prepare(engine: Engine, *, demonstrate: bool) -> None:
    root = catalog.content_root()
    with engine.begin(SYSTEM) as work:
        if demonstrate:
            demo.load(work)
        for code in catalog.packs_on_disk(root):
            releases.publish(work, catalog.files_of(root, code))


def lint(args: argparse.Namespace) -> int:
    """Check packs (folders with pack.toml) or single drawings."""
    findings = [found for path in args.path for found in _lint(path)]
    _report(findings, args.json)
    return int(any(not f.warning for f in findings))


def rehearse(args: argparse.Namespace) -> int:
    """Play the scenarios of packs; status 1 if one fails or a sequence flow was never taken."""
    failed = False
    for path in args.path:
        coverage = rehearsal.rehearse(catalog.read(_files(path)))
        failed |= not coverage.clean
        for played in coverage.played:
            say(
                args.json,
                {"scenario": played.scenario, "about": played.about, "problems": list(played.problems)},
                f"{'✘' if played.problems else '✔'} {played.scenario}  {played.about}"
                + "".join(f"\n    {p}" for p in played.problems),
            )
        covered = coverage.flows - len(coverage.missed)
        say(
            args.json,
            {"flows": coverage.flows, "covered": covered, "missed": list(coverage.missed)},
            f"连线覆盖 / sequence flows covered: {covered}/{coverage.flows} {' '.join(coverage.missed)}",
        )
    return int(failed)


def publish(args: argparse.Namespace) -> int:
    """Make releases of packs in this installation. Status 1 for content that a newer release replaced."""
    old = False
    engine = Engine.open(Settings.from_environment())
    for path in args.path:
        with engine.begin(SYSTEM) as work:
            made = releases.publish(work, _files(path))
            newest = releases.newest(work, made.pack.code)
        told = {"pack": made.pack.code, "number": made.number, "hash": made.hash, "newest": newest}
        say(args.json, told, f"{made.pack.code} 版本 / release {made.number} {made.hash[:12]}")
        if newest != made.number:
            old = True
            say(args.json, {"error": {"en": OLDER.format(made.number, newest)}}, OLDER.format(made.number, newest))
    return int(old)


def unlock(args: argparse.Namespace) -> int:
    """Let somebody sign in again before the lock ends."""
    with Engine.open(Settings.from_environment()).begin(SYSTEM) as work:
        identity.unlock(work, args.login)
    say(args.json, {"unlocked": args.login}, f"已解除 / unlocked: {args.login}")
    return 0


def trace(args: argparse.Namespace) -> int:
    """Play one drawing; one JSON line per thing that happens. Status 1 after an incident."""
    model = runtime.read(args.path.read_bytes(), args.path.name)
    answers = loads(args.answers.read_text("utf-8")) if args.answers else {}
    start = datetime.fromisoformat(args.at)
    start = (start if start.tzinfo else start.replace(tzinfo=releases.CITY)).astimezone(UTC)
    stopped = False
    for line in rehearsal.trace(model, _object(args.vars, "--vars"), answers, start=start, advance=args.advance):
        stopped |= line["event"] in ("incident", "stopped")
        say(args.json, line, f"{line['at']}  {line['event']:<10} {line.get('node', '')} {line.get('name', '')}")
    return int(stopped)


def decide(args: argparse.Namespace) -> int:
    """Make one decision of a DMN file; numbers stay exact. Status 1 if it went wrong on the way."""
    inputs = _object(args.input, "--input")
    told = explain.decide(args.path, args.decision, inputs, explain=args.explain, now=datetime.now(UTC))
    lines = [dumps(told["value"]), *map(_why, told["matched"])]
    lines += [f"  ⚠ {warning['zh']} / {warning['en']}" for warning in told["warnings"]]
    lines += [f"  · {step['decision']} = {dumps(step['value'])}" for step in told.get("intermediate", [])]
    say(args.json, told, "\n".join(lines))
    return int(any(warning["error"] for warning in told["warnings"]))


def evaluate(args: argparse.Namespace) -> int:
    """Evaluate one FEEL expression; numbers stay exact."""
    result = feel.evaluate(args.expression, _object(args.context, "--context"), now=datetime.now(UTC))
    value = feel.from_feel(result.value)
    warnings = [{"zh": w.zh, "en": w.en, "position": w.position} for w in result.warnings]
    shown = dumps(value) + "".join(f"\n⚠ {w.zh} / {w.en}" for w in result.warnings)
    say(args.json, {"value": value, "warnings": warnings}, shown)
    return 0


def _why(rule: Mapping[str, Any]) -> str:
    """Which rule of which table, and what it was tested on."""
    tested = "; ".join(f"{each['input']} = {dumps(each['value'])} ∈ {each['test']}" for each in rule["because"])
    return f"  ✔ {rule['element']} 规则 / rule {rule['rule']} (line {rule['line']}): {tested}"


def _verb(verbs: Any, name: str, run_verb: Callable[..., int], about: str) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    verb.add_argument("--json", action="store_true", help="one JSON object a line")
    verb.set_defaults(run=run_verb)
    return verb


def _object(text: str, option: str) -> dict[str, Any]:
    try:
        value = loads(text)
    except ValueError as wrong:
        raise ValueError(f"{option}: {wrong}") from None
    if isinstance(value, dict):
        return value
    raise ValueError(f'{option} takes a JSON object such as {{"amount": 800}}')


def _lint(path: Path) -> Iterator[Finding]:
    if path.is_dir():
        yield from catalog.lint(_files(path))
    elif path.suffix == ".dmn":
        yield from dmn.lint(dmn.read(path))
    else:
        yield from runtime.lint(path.read_bytes(), path.name)


def _files(path: Path) -> dict[str, str]:
    """The files of the pack whose folder this is: `…/workflows/<pack>`."""
    folder = path.resolve()
    if not (folder / "pack.toml").is_file():
        raise ValueError(f"{path} has no pack.toml")
    return catalog.files_of(folder.parents[1], folder.name)


def _report(findings: Sequence[Finding], as_json: bool) -> None:
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
