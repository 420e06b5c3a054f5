"""Verbs for drawings."""

import argparse
from pathlib import Path
from typing import Any

from engine import layout
from engine.cli.speech import say, verb_of


def add(verbs: Any) -> None:
    """Declare the verbs."""
    verb = verb_of(verbs, "layout", redraw, "重新排版流程图，写回原文件 / draw diagrams anew, into the file itself")
    verb.add_argument("path", nargs="+", type=Path)
    verb.add_argument(
        "--keep", action="store_true", help="已有的图形不动，只补缺的 / shapes stay, what is missing is added"
    )
    instead = verb.add_mutually_exclusive_group()
    instead.add_argument("--out", type=Path, help="写到这个文件 / write this file instead (one FILE only)")
    instead.add_argument("--check", action="store_true", help="只检查是否易读，不写 / only say whether it is readable")


def redraw(args: argparse.Namespace) -> int:
    """Draw the diagrams of files anew, or only measure them. Status 1 if one that is only measured is not readable."""
    if args.out and len(args.path) > 1:
        say(args.json, {"error": {"en": "--out takes one FILE"}}, "--out 只能配一个文件 / --out takes one FILE")
        return 2
    readable = True
    for path in args.path:
        drawing = path.read_bytes()
        if not args.check:
            drawing = layout.draw(drawing, path.name, keep=args.keep)
            (args.out or path).write_bytes(drawing)  # drawn whole before the file is touched
        for plane, found in layout.judge(drawing, path.name).items():
            readable &= found.readable
            told = {"file": str(args.out or path), "plane": plane, "written": not args.check, **found.told()}
            say(args.json, told, found.sentence(f"{args.out or path} {plane}"))
    return int(args.check and not readable)
