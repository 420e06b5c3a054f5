"""The verb about the four reductions."""

import argparse
from typing import Any

from engine import reductions
from engine.catalog import Pack
from engine.cli.publishing import pack_at
from engine.cli.speech import say, verb_of
from engine.reductions import Figure, Reductions
from engine.words import Reduction

CALLED = {
    Reduction.STEPS: "减环节",
    Reduction.PAPERS: "减材料",
    Reduction.TIME: "减时间",
    Reduction.VISITS: "减跑动",
}


def add(verbs: Any) -> None:
    """Declare the verb."""
    verb = verb_of(
        verbs, "reductions", shown, "四减：单独办理与联办相比 / what a pack takes off people, apart and together"
    )
    verb.add_argument("pack", nargs="+", help="事项包文件夹或版本 / folder of a pack, or a release such as family@3")


def shown(args: argparse.Namespace) -> int:
    """The four reductions of packs as their models have them; what is not stated is no figure."""
    for path in args.pack:
        pack = pack_at(path)
        found = reductions.planned(pack)
        if not args.json:
            say(False, {}, f"{pack.name} / {pack.texts.get(pack.name, pack.name)}")
        for figure in found.figures:
            say(args.json, {"pack": pack.code, **_told(figure)}, f"  {_line(pack, found, figure)}")
        if found.sources and not args.json:
            say(False, {}, f"  依据 / sources: {'；'.join(found.sources)}")
    return 0


def _told(figure: Figure) -> dict[str, Any]:
    told = {name: getattr(figure, name) for name in ("kind", "apart", "together", "less", "unit")}
    return {**told, "unstated": list(figure.unstated)}


def _line(pack: Pack, found: Reductions, figure: Figure) -> str:
    unit = (f" {figure.unit}", f" {figure.unit.label}") if figure.unit else ("", "")
    name = f"{CALLED[figure.kind]} / {figure.kind.label.lower()}"
    apart, together = ("—" if value is None else value for value in (figure.apart, figure.together))
    zh, en = f"单独 {apart}，联办 {together}{unit[0]}", f"apart {apart}, together {together}{unit[1]}"
    if figure.less is not None:
        return f"{name}: {zh}，少 {figure.less} / {en}, {figure.less} less"
    return f"{name}: {zh} / {en} ({_lacks(pack, found, figure)})"


def _lacks(pack: Pack, found: Reductions, figure: Figure) -> str:
    if len(figure.unstated) == len(found.lines):
        return "各事项均未写明 / not stated of any item"
    if figure.unstated:
        return f"未写明 / not stated: {'、'.join(pack.item(code).name for code in figure.unstated)}"
    if figure.apart is None:
        return "单位不同，不能相比 / the units differ, so it cannot be compared"
    return "联办未写明 / not stated for doing it together"
