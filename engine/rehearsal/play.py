"""`lianban rehearse`: a pack's scenarios, played straight and with save and restore between all steps."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engine import catalog, forms, runtime
from engine.catalog import Pack
from engine.errors import FormInvalid
from engine.rehearsal.clock import later
from engine.rehearsal.player import Player
from engine.rehearsal.replies import Silent, answered
from engine.runtime import Advance, Opened
from engine.words import Outcome

CITY = ZoneInfo("Asia/Shanghai")
NUMBER = "33080220260101300001X"  # any well-formed number: a scenario is not a case
AREA = "330802001"


@dataclass(frozen=True)
class Played:
    """One scenario: what went wrong (nothing, if it passed) and which sequence flows it took."""

    scenario: str
    about: str
    problems: tuple[str, ...]
    flows: frozenset[str]


@dataclass(frozen=True)
class Coverage:
    """All scenarios of a pack, and the sequence flows none of them took."""

    played: tuple[Played, ...]
    missed: tuple[str, ...]
    flows: int

    @property
    def clean(self) -> bool:
        """Whether every scenario passed and every flow was taken."""
        return not self.missed and not any(p.problems for p in self.played)


class Off(Exception):
    """The story and the process disagree."""


def rehearse(pack: Pack) -> Coverage:
    """Play every scenario of a pack twice, straight and saving; a difference between the two is a problem."""
    stories = {n: t for n, t in sorted(pack.files.items()) if "/scenarios/" in n and n.endswith(".toml")}
    played = tuple(_both(pack, name, text) for name, text in stories.items())
    taken = frozenset().union(*(p.flows for p in played)) if played else frozenset()
    missed = tuple(sorted(set(pack.model.flows) - taken))
    return Coverage(played, missed, len(pack.model.flows))


def play(pack: Pack, name: str, story: Mapping[str, Any], *, saving: bool) -> Played:
    """Play one scenario; `saving` writes the state as JSON text and reads it back after every step."""
    try:
        flows = _play(pack, story, saving)
    except (Off, FormInvalid, LookupError, ValueError) as off:
        detail = "; ".join(f"{e.key}: {e.message}" for e in off.errors) if isinstance(off, FormInvalid) else str(off)
        return Played(name, str(story.get("about", "")), (detail,), frozenset())
    return Played(name, str(story.get("about", "")), (), flows)


def _both(pack: Pack, name: str, text: str) -> Played:
    story = tomllib.loads(text)
    straight, saved = (play(pack, name, story, saving=saving) for saving in (False, True))
    if straight != saved and not straight.problems:
        problem = saved.problems or ("the path differs after save and restore",)
        return Played(name, straight.about, tuple(f"saved and restored: {p}" for p in problem), straight.flows)
    return straight


def _play(pack: Pack, story: Mapping[str, Any], saving: bool) -> frozenset[str]:
    player, ended = _begin(pack, story, saving)
    replies, visits = story.get("replies", {}), dict[str, int]()
    ended |= _replied(player, replies, visits)
    for step in story.get("step", []):
        ended |= _step(pack, player, step)
        ended |= _replied(player, replies, visits)
    _expect_end(story.get("end", {}), player, ended)
    return runtime.marks(pack.model, player.state).flows


def _replied(player: Player, replies: Mapping[str, Any], visits: dict[str, int]) -> dict[str, str]:
    """Let other departments answer what was asked in the last step."""
    ended: dict[str, str] = {}
    try:
        for advance in answered(player, replies, visits):
            ended |= _went(advance)
    except Silent as silent:
        raise Off(str(silent)) from silent
    return ended


def _begin(pack: Pack, story: Mapping[str, Any], saving: bool) -> tuple[Player, dict[str, str]]:
    told = dict(story["start"])
    day = told.pop("on")
    now = datetime.combine(day, time(10), CITY).astimezone(UTC)
    asked = {k: v for k, v in told.items() if k in pack.situation.keys}
    situation = forms.check(pack.situation, asked, now=now)
    items = catalog.applicable(pack, situation, now)
    rest = {k: v for k, v in told.items() if k not in asked}
    answers = {**situation, **forms.check(catalog.application(pack, items), rest, situation, now=now)}
    facts = catalog.facts_at_start(pack, answers, items, number=NUMBER, area=AREA, on=day)
    player = Player(pack.model, now, facts, saving)
    return player, _went(player.start())


def _step(pack: Pack, player: Player, step: Mapping[str, Any]) -> dict[str, str]:
    if "wait" in step:
        ended: dict[str, str] = {}
        for advance in player.until(later(player.now, step["wait"])):
            ended |= _went(advance)
        return ended
    task = _open_task(player, step["task"])
    by = step.get("by")
    posts = task.groups or [str(post) for post in pack.lanes[task.lane or ""].posts]
    if by and by not in posts:
        raise Off(f"{step['task']} is done by {', '.join(posts)}, not by {by}")
    form = catalog.form_for(pack, task.form) if task.form else forms.EMPTY
    given = dict(step.get("answers", {}))
    player.facts = _corrected(pack, player, task, given)
    answers = forms.check(form, given, player.facts, now=player.now)
    return _went(player.finish(task.id, forms.overlay(forms.nest(dict.fromkeys(form.keys)), answers)))


def _corrected(pack: Pack, player: Player, task: Opened, given: dict[str, Any]) -> dict[str, Any]:
    """The facts after what a supplement corrects; takes those keys out of `given`."""
    application = catalog.correctable(pack, task.stage, task.item)
    if application is None:
        return player.facts
    told = {key: given.pop(key) for key in [k for k in given if k in application.keys]}
    answers = {**forms.said(application, player.facts), **told}
    return forms.overlay(player.facts, forms.check(application, answers, player.facts, now=player.now))


def _open_task(player: Player, node: str) -> Opened:
    found = [t for t in player.tasks.values() if t.node == node]
    if len(found) != 1:
        waiting = ", ".join(t.node for t in player.tasks.values()) or "nothing"
        raise Off(f"task {node} is not waiting; waiting: {waiting}")
    return found[0]


def _went(advance: Advance) -> dict[str, str]:
    if advance.incident:
        raise Off(f"incident at {advance.incident.node}: {advance.incident.en}")
    return {o.item: str(Outcome(o.outcome)) for o in advance.outcomes}


def _expect_end(end: Mapping[str, Any], player: Player, ended: Mapping[str, str]) -> None:
    if player.ended != end.get("at"):
        waiting = ", ".join(t.node for t in player.tasks.values())
        raise Off(f"ends at {player.ended}, not at {end.get('at')}; waiting: {waiting}")
    for item, outcome in end.get("items", {}).items():
        if ended.get(item) != outcome:
            raise Off(f"item {item} ended {ended.get(item)}, not {outcome}")
