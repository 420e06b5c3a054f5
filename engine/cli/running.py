"""Verbs for whoever runs an installation: its calendar, its backups, and whether everything agrees."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine as Database

from engine import audit, backup, cases, clocks, drafts, identity, ledger, people, store
from engine.app import Engine, vault_of
from engine.cli import booking
from engine.cli.installation import prepare
from engine.cli.speech import say, verb_of
from engine.clocks import Exceptional
from engine.seed import seed as make
from engine.settings import Settings
from engine.vault import Vault
from engine.words import CITY, DayKind, EntryKind
from engine.work import SYSTEM


def add(verbs: Any) -> None:
    """Declare the verbs."""
    verb = verb_of(verbs, "calendar", calendar, "查看或导入一年的放假安排 / show or import a year of the calendar")
    verb.add_argument("year", type=int, help="年份 / such as 2027")
    verb.add_argument("--file", type=Path, help="放假安排 / CSV: date,kind,reason with kind work or rest")
    verb.add_argument("--source", help="文号 / the announcement, such as 国办发明电〔2026〕0号")
    verb = verb_of(verbs, "day", day, "设定某地的一天是否上班 / say whether offices of a region are open on a day")
    verb.add_argument("day", type=date.fromisoformat, help="日期 / such as 2026-07-11")
    verb.add_argument("kind", choices=[str(kind) for kind in DayKind], help="上班或休息 / are they open")
    verb.add_argument("--region", default="", help="区划代码，不写为全国 / its code; without one the nation")
    verb.add_argument("--reason", required=True, type=_short(80), help="原因 / such as 台风停工")
    verb.add_argument(
        "--source", required=True, type=_short(200), help="文号 / who ordered it, the number of the announcement"
    )
    verb = verb_of(verbs, "backup", back_up, "热备份到一个文件并校验 / write a verified backup while people work")
    verb.add_argument("path", type=Path)
    verb.add_argument(
        "--no-drill", action="store_true", help="只回读，不试恢复 / only read it back, without restoring it for a trial"
    )
    verb = verb_of(verbs, "restore", restore, "把备份恢复到空库 / restore a backup into an empty database")
    verb.add_argument("path", type=Path)
    verb.add_argument(
        "--drill",
        action="store_true",
        help="只在临时库中试恢复 / into a scratch database, to see that it could be restored",
    )
    verb = verb_of(verbs, "seed", seed, "生成大量演示办件（仅供试用）/ make many demo cases, for trying out load only")
    verb.add_argument("--cases", type=int, required=True, help="件数 / how many")
    verb_of(verbs, "audit", check, "核对各表与流程状态 / compare rows and states of every case")


def calendar(args: argparse.Namespace) -> int:
    """Import the announced arrangement of a year, or show what is known of one; open deadlines are counted again."""
    engine = Engine.open(Settings.from_environment())
    if args.file:
        days = clocks.parse(args.file.read_text("utf-8"), args.year)
        with engine.begin(SYSTEM) as work:
            clocks.import_year(work, args.year, days, args.source or args.file.name)
        count = {"imported": len(days), "moved": _recount(engine)}
        text = "导入 {imported} 天，{moved} 个期限改变 / {imported} days imported, {moved} deadlines moved"
        say(args.json, count, text.format(**count))
        return 0
    with engine.look(SYSTEM) as work:
        known = clocks.calendar(work)
    for day in clocks.exceptions(known, args.year):
        found = known.day(day)
        told = {"day": day.isoformat(), "kind": found.kind, "reason": found.reason, "source": found.source}
        say(args.json, told, f"{day}  {found.kind:<5} {found.reason}  {found.source}")
    if not known.knows(args.year):
        unknown = f"{args.year} 年放假安排尚未导入，期限暂按周末推算 / not announced yet: only weekends are known"
        say(args.json, {"year": args.year, "known": False}, unknown)
    return 0


def day(args: argparse.Namespace) -> int:
    """Set one day of a region, such as a typhoon; open deadlines are counted again, and those that moved are said."""
    engine = Engine.open(Settings.from_environment())
    with engine.begin(SYSTEM) as work:
        if args.region and not identity.lineage(work, args.region):
            raise ValueError(f"没有这个区划 / no such region: {args.region}")
        clocks.set_day(work, Exceptional(args.day, DayKind(args.kind), args.reason), args.region, args.source)
    moved = 0
    with engine.look(SYSTEM) as work:
        running = cases.with_deadlines(work)
    for case_id in running:
        for told in _moved(engine, case_id):
            moved += 1
            say(args.json, told, f"{told['number']} {told['item']}: {_local(told['before'])} → {_local(told['after'])}")
    count = {"day": str(args.day), "kind": args.kind, "region": args.region, "moved": moved}
    say(args.json, count, f"已设定，{moved} 个事项的期限改变 / set, {moved} deadlines moved")
    return 0


def back_up(args: argparse.Namespace) -> int:
    """Write a backup and restore it for a trial. Status 1 when what was restored does not agree with itself."""
    engine = Engine.open(Settings.from_environment())
    with engine.begin(SYSTEM) as work:
        ledger.checkpoint(work)
    made = backup.take(engine.database, args.path, engine.clock(), engine.vault)
    rows = sum(table.rows for table in made.tables.values())
    told = {"file": str(args.path), "rows": rows, "bytes": args.path.stat().st_size, "schema": made.schema}
    say(args.json, told, f"已备份 / backed up: {args.path}  {rows} 行 / rows, {told['bytes']} bytes")
    return 0 if args.no_drill else _drill(args.path, args.json, keyed=True)


def restore(args: argparse.Namespace) -> int:
    """Restore into this installation, or for a trial. Status 1 when what was restored does not agree with itself."""
    if args.drill:
        return _drill(args.path, args.json, keyed=False)
    settings = Settings.from_environment()
    database, vault = store.connect(settings.database), vault_of(settings)
    made = backup.restore(args.path, database, vault)
    say(args.json, {"restored": made.taken_at}, f"已恢复 / restored: {made.taken_at}")
    return _whole(_known(database, vault), args.json, keyed=False)


def check(args: argparse.Namespace) -> int:
    """Compare rows and states of every case. Status 1 when something does not agree."""
    return _compare(Engine.open(Settings.from_environment()), args.json)


def seed(args: argparse.Namespace) -> int:
    """Make many cases in the demo city, with a line that says how far it is."""
    engine = Engine.open(Settings.from_environment())
    prepare(engine, demonstrate=True)
    bar = sys.stderr.isatty() and not args.json
    made = make(engine, args.cases, lambda n: _progress(n, args.cases) if bar else None)
    say(args.json, {"cases": made}, f"已生成 / made: {made} 件 / cases")
    return int(made != args.cases)


def _progress(done: int, total: int) -> None:
    width = 40 * done // max(1, total)
    sys.stderr.write(f"\r[{'#' * width}{'.' * (40 - width)}] {done}/{total}")
    sys.stderr.write("\n" if done >= total else "")
    sys.stderr.flush()


def _drill(path: Path, as_json: bool, *, keyed: bool) -> int:
    with TemporaryDirectory(prefix="lianban-drill-") as folder:
        database = store.connect(f"sqlite:///{folder}/drill.db")
        try:
            vault = Vault(Path(folder) / "files", Settings.from_environment().secret)
            backup.restore(path, database, vault)
            return _whole(_known(database, vault), as_json, keyed=keyed)
        finally:
            database.dispose()


def _known(database: Database, vault: Vault) -> Engine:
    """An engine on what was restored, perhaps from an installation with another secret: people are found again."""
    engine = Engine(database, lambda: datetime.now(UTC), vault)
    with engine.begin(SYSTEM) as work:
        people.rebuild(work)
    return engine


def _whole(engine: Engine, as_json: bool, *, keyed: bool) -> int:
    """Whether what was restored agrees with itself, and its ledger is what was written; by hashes if not `keyed`."""
    unequal = _compare(engine, as_json)
    with engine.snapshot(SYSTEM) as work:
        return max(unequal, booking.told(ledger.verify(work, keyed=keyed), as_json))


def _compare(engine: Engine, as_json: bool) -> int:
    with engine.look(SYSTEM) as work:
        found = list(audit.audit(work))
    for one in found:
        say(as_json, {"case": one.case, "zh": one.zh, "en": one.en}, f"✘ {one.case}  {one.zh} / {one.en}")
    if not found:
        say(as_json, {"agrees": True}, "✔ 各表与流程状态一致 / rows and states agree")
    return int(bool(found))


def _moved(engine: Engine, case_id: str) -> list[dict[str, Any]]:
    """Count the deadlines of a case again; what its ledger says about those that moved."""
    with engine.begin(SYSTEM) as work:
        count = cases.recompute(work, case_id)
        happened = ledger.entries(work, case_id) if count else ()
    number = next((one.facts["number"] for one in happened if one.kind == EntryKind.CASE_ACCEPTED), "")
    return [{"number": number, **one.facts} for one in happened if one.kind == EntryKind.DEADLINE_MOVED][-count:]


def _short(longest: int) -> Callable[[str], str]:
    """What an option takes: a text of at most this many characters."""

    def text(said: str) -> str:
        if not 0 < len(said.strip()) <= longest:
            raise argparse.ArgumentTypeError(f"1–{longest} 个字 / characters")
        return said.strip()

    return text


def _local(moment: str | None) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(CITY):%Y-%m-%d %H:%M}" if moment else "—"


def _recount(engine: Engine) -> int:
    with engine.look(SYSTEM) as work:
        running = cases.with_deadlines(work)
    moved = 0
    for case_id in running:
        with engine.begin(SYSTEM) as work:
            moved += cases.recompute(work, case_id)
    with engine.begin(SYSTEM) as work:
        return moved + drafts.recount(work)
