"""The verbs about releases: publish, releases, diff, migrate."""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from engine import catalog, changes, migration, releases, runtime
from engine.app import Engine
from engine.catalog import Pack
from engine.changes import Change
from engine.cli.speech import files_at, report, say, verb_of
from engine.errors import EngineError, PackInvalid
from engine.releases import Listed, Published, Span
from engine.settings import Settings
from engine.work import SYSTEM, Work

OLDER = (
    "内容与旧版本 {0} 相同，现行的仍是版本 {1}",
    "this is release {0} again; release {1} stays in force",
)
NUMBERED = re.compile(r"(?P<pack>[a-z][a-z0-9_-]*)@(?P<number>[0-9]+)")


def add(verbs: Any) -> None:
    """Declare the verbs."""
    verb = verb_of(
        verbs, "publish", publish, "发布事项包，或改变已发布版本的有效期 / publish packs, or change a period"
    )
    verb.add_argument("path", nargs="+", help="事项包文件夹或版本 / folder of a pack, or a release such as family@3")
    verb.add_argument(
        "--from", dest="since", type=date.fromisoformat, metavar="DATE", help="生效首日 / first day it is in force"
    )
    verb.add_argument(
        "--to", dest="until", type=date.fromisoformat, metavar="DATE", help="有效末日 / last day it is in force"
    )
    verb.add_argument("--note", default="", help="说明 / why; kept with the release")
    verb.add_argument(
        "--withdraw", action="store_true", help="撤回尚未生效的版本 / take a release back that is not in force yet"
    )
    verb = verb_of(verbs, "releases", listing, "列出事项包的版本 / list the releases of a pack")
    verb.add_argument("pack")
    verb.add_argument(
        "--history", action="store_true", help="含每次有效期变更 / also everything that was said about each period"
    )
    verb = verb_of(
        verbs, "diff", diff, "用文字说明两个事项包有什么不同、对谁 / what changed between two packs, and for whom"
    )
    verb.add_argument(
        "old", help="事项包文件夹、版本或流程图 / folder of a pack, a release such as family@3, or a .bpmn file"
    )
    verb.add_argument("new")
    _add_migrate(verbs)


def _add_migrate(verbs: Any) -> None:
    verb = verb_of(verbs, "migrate", migrate, "把在办件迁移到另一个版本 / move running cases to another release")
    verb.add_argument("pack")
    verb.add_argument("--to", type=int, metavar="N", help="版本号 / the number of the release")
    verb.add_argument(
        "--case", nargs="+", default=[], metavar="NUMBER", help="只迁移这些办件 / only these cases, by case number"
    )
    verb.add_argument(
        "--map", nargs="+", default=[], metavar="OLD=NEW", help="改名的节点 / ids of nodes that were renamed"
    )
    verb.add_argument("--dry-run", action="store_true", help="只说明将会怎样 / only say what would happen")
    verb.add_argument("--reason", default="", help="理由 / why; recorded with every case")
    verb.add_argument("--undo", metavar="ID", help="恢复一个办件 / put one case back as it was before this migration")


def publish(args: argparse.Namespace) -> int:
    """Make releases of packs in this installation. Status 1 for content that a newer release replaced."""
    old = False
    engine = Engine.open(Settings.from_environment())
    for path in args.path:
        with engine.begin(SYSTEM) as work:
            made = _changed(work, args, path)
            listed = releases.listing(work, made.pack.code)
            zh, en = releases.announced(work, listed, made.number)
        newest = listed[0].number
        told = {"pack": made.pack.code, "number": made.number, "hash": made.hash, "newest": newest, "zh": zh, "en": en}
        say(args.json, told, f"{made.pack.code} 版本 / release {made.number} {made.hash[:12]}\n  {zh} / {en}")
        if newest != made.number and not NUMBERED.fullmatch(path):
            old = True
            zh, en = (text.format(made.number, newest) for text in OLDER)
            say(args.json, {"error": {"zh": zh, "en": en}}, f"{zh} / {en}")
    return int(old)


def listing(args: argparse.Namespace) -> int:
    """The releases of a pack, the newest first; status 1 when there is none."""
    with Engine.open(Settings.from_environment()).look(SYSTEM) as work:
        listed = [(line, releases.history(work, line.hash)) for line in releases.listing(work, args.pack)]
    for line, history in listed:
        told = {name: getattr(line, name) for name in line.__dataclass_fields__} | _iso(line)
        told |= {"history": [_span(span) for span in history]} if args.history else {}
        spans = [f"      {_day(s.at)} {s.by}: {_period(s.since, s.until)} {s.note}".rstrip() for s in history]
        say(args.json, told, "\n".join([_line(line), *(spans if args.history else [])]))
    if not listed:
        said = (f"没有发布过“{args.pack}”。", f"Nothing was published under {args.pack!r}.")
        say(args.json, {"error": {"zh": said[0], "en": said[1]}}, " / ".join(said))
    return int(not listed)


def diff(args: argparse.Namespace) -> int:
    """What changed, grouped by whom it concerns; status 0 nothing, 1 something, 2 it could not be compared."""
    try:
        found, en = _compared(args.old, args.new)
    except PackInvalid as invalid:
        report(invalid.findings, args.json)
        return 2
    except (EngineError, OSError, ValueError) as wrong:
        say(args.json, {"error": {"en": str(wrong)}}, f"无法比较 / cannot compare: {wrong}")
        return 2
    for zh, english, group in changes.grouped(found, en):
        if not args.json:
            say(False, {}, f"{zh} / {english}")
        for change in group:
            told = {name: getattr(change, name) for name in change.__dataclass_fields__}
            say(args.json, told, f"  · {change.zh}\n    {change.en}")
    if not found and not args.json:
        say(False, {}, "没有变化 / nothing changed")
    return int(bool(found))


def _compared(old: str, new: str) -> tuple[Sequence[Change], Callable[[str], str]]:
    """The changes, and what says a text of the packs in English."""
    if old.endswith(".bpmn") and new.endswith(".bpmn"):
        first, second = (runtime.read(Path(path).read_bytes(), Path(path).name) for path in (old, new))
        return changes.drawings(first, second), str
    before, after = pack_at(old), pack_at(new)
    return changes.packs(before, after), lambda text: after.texts.get(text) or before.texts.get(text) or text


def pack_at(path: str) -> Pack:
    """The pack in a folder, or of a release of this installation."""
    found = NUMBERED.fullmatch(path)
    if not found:
        return catalog.read(files_at(Path(path)))
    with Engine.open(Settings.from_environment()).look(SYSTEM) as work:
        return releases.of_number(work, found["pack"], int(found["number"])).pack


def migrate(args: argparse.Namespace) -> int:
    """Move running cases, each in a transaction of its own; status 1 when one of them cannot move."""
    engine = Engine.open(Settings.from_environment())
    if args.undo:
        with engine.begin(SYSTEM) as work:
            migration.undo(work, args.undo, reason=args.reason)
        say(args.json, {"undone": args.undo}, f"已撤销迁移 / undone: {args.undo}")
        return 0
    if args.to is None:
        raise ValueError("--to N says to which release")
    renamed = dict(_pair(text) for text in args.map)
    with engine.look(SYSTEM) as work:
        ids = migration.candidates(work, args.pack, args.to, args.case)
    moved = [_migrate(engine, args, case_id, renamed) for case_id in ids]
    told = {"cases": len(moved), "movable": sum(moved), "dry_run": args.dry_run}
    say(args.json, told, f"{sum(moved)}/{len(moved)} 件{_done(args.dry_run)}")
    return int(not all(moved))


def _migrate(engine: Engine, args: argparse.Namespace, case_id: str, renamed: Mapping[str, str]) -> bool:
    """Say the verdict about one case, and move it if it can move and not only that is asked."""
    with engine.look(SYSTEM) as work:
        verdict = migration.preview(work, case_id, args.to, renamed)
    made = ""
    if verdict.movable and not args.dry_run:
        with engine.begin(SYSTEM) as work:
            made = migration.apply(
                work, case_id, args.to, reason=args.reason, renamed=renamed, revision=verdict.revision
            )
    said = {name: [{"zh": zh, "en": en} for zh, en in getattr(verdict, name)] for name in ("obstacles", "remarks")}
    told = {"case": verdict.number, "old": verdict.old, "new": verdict.new, "movable": verdict.movable, **said}
    lines = [f"    ✘ {zh} / {en}" for zh, en in verdict.obstacles] + [
        f"    · {zh} / {en}" for zh, en in verdict.remarks
    ]
    head = f"{'✔' if verdict.movable else '✘'} {verdict.number}  {verdict.old} → {verdict.new}  {made}".rstrip()
    say(args.json, told | ({"migration": made} if made else {}), "\n".join([head, *lines]))
    return verdict.movable


def _done(dry: bool) -> str:
    return "可以迁移 / can move" if dry else "已迁移 / moved"


def _pair(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not (old and equals and new):
        raise ValueError(f"--map takes OLD=NEW, not {text!r}")
    return old, new


def _changed(work: Work, args: argparse.Namespace, path: str) -> Published:
    dates = {"since": args.since, "until": args.until, "note": args.note}
    found = NUMBERED.fullmatch(path)
    if not found:
        if args.withdraw:
            raise ValueError("--withdraw takes a release such as family@3")
        return releases.publish(work, files_at(Path(path)), **dates)
    release = releases.of_number(work, found["pack"], int(found["number"]))
    if args.withdraw:
        releases.withdraw(work, release, args.note)
    else:
        releases.reschedule(work, release, **dates)
    return release


def _iso(line: Listed) -> dict[str, str | None]:
    days = {"since": line.since, "until": line.until, "published_at": line.published_at}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _span(span: Span) -> dict[str, str | None]:
    days = {"since": span.since, "until": span.until, "at": span.at}
    return {name: day.isoformat() if day else None for name, day in days.items()} | {"by": span.by, "note": span.note}


def _line(line: Listed) -> str:
    mark = "▶" if line.in_force else " "
    return (
        f"{mark} {line.pack}@{line.number}  {_period(line.since, line.until)}  在办 / running {line.running}"
        f"  草稿 / drafts {line.drafts}  {_day(line.published_at)} {line.published_by}  {line.hash[:12]}  {line.note}"
    ).rstrip()


def _period(since: date | None, until: date | None) -> str:
    return f"{since} – {until or ''}" if since else "已撤回 / withdrawn"


def _day(moment: datetime) -> str:
    return str(releases.local_day(moment))
