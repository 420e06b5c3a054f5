"""The verb about event logs."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from engine import figures, releases
from engine.app import Engine
from engine.cli.speech import say, verb_of
from engine.settings import Settings
from engine.work import SYSTEM


def add(verbs: Any) -> None:
    """Declare the verb."""
    about = "导出事件日志（XES，已去标识）/ write the event log of a pack as XES, without names"
    verb = verb_of(verbs, "xes", write, about)
    verb.add_argument("pack", help="事项包 / code of a pack, such as family")
    verb.add_argument(
        "--from", dest="since", type=date.fromisoformat, help="受理日期从 / accepted from this day, such as 2026-01-01"
    )
    verb.add_argument(
        "--to", dest="until", type=date.fromisoformat, help="受理日期到，含当日 / accepted to this day, included"
    )
    verb.add_argument("--out", type=Path, help="写入的文件，不写则输出到屏幕 / the file to write; else standard output")


def write(args: argparse.Namespace) -> int:
    """Write the log to a file or to standard output; how many cases are in it is said about a file."""
    engine = Engine.open(Settings.from_environment())
    with engine.look(SYSTEM) as work:
        if not releases.newest(work, args.pack):
            raise ValueError(f"没有发布过这个事项包 / no such pack was published: {args.pack}")
        if not args.out:
            figures.write_xes(work, args.pack, _days(args), sys.stdout.buffer)
            return 0
        with args.out.open("wb") as out:
            count = figures.write_xes(work, args.pack, _days(args), out)
    told = {"file": str(args.out), "cases": count}
    say(args.json, told, f"已导出 / written: {args.out}  {count} 件 / cases")
    return 0


def _days(args: argparse.Namespace) -> figures.Term | None:
    """The days asked for; one that is left out reaches as far as it can."""
    if not (args.since or args.until):
        return None
    first, last = (date(year, *day) for year, day in zip(figures.YEARS, ((1, 1), (12, 31)), strict=True))
    return figures.Term(args.since or first, args.until or last)
