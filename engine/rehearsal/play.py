"""`lianban rehearse`: a pack's scenarios, played straight and with save and restore between all steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, TypeVar

from engine import cases, catalog, feel, forms, runtime
from engine.catalog import Pack
from engine.catalog.scenario import JOB, MESSAGE, SIGNAL, WAIT, Scenario, Step
from engine.errors import FormInvalid
from engine.rehearsal import coverage
from engine.rehearsal.clock import later
from engine.rehearsal.coverage import Covered
from engine.rehearsal.player import Player
from engine.rehearsal.replies import Silent, answered
from engine.runtime import Advance, Job, Opened
from engine.words import CITY, Outcome

NUMBER = "33080220260101300001X"  # any well-formed number: a scenario is not a case
AREA = "330802001"
Waiting = TypeVar("Waiting", Opened, Job)


@dataclass(frozen=True)
class Played:
    """One scenario: what went wrong (nothing, if it passed) and what it touched, by the kinds of `coverage`."""

    scenario: str
    about: str
    problems: tuple[str, ...]
    touched: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Coverage:
    """All scenarios of a pack, and what none of them touched."""

    played: tuple[Played, ...]
    covered: Mapping[str, Covered]

    @property
    def clean(self) -> bool:
        """Whether every scenario passed, and every flow, event and rule was touched."""
        return not any(c.missed for c in self.covered.values()) and not any(p.problems for p in self.played)


class Off(Exception):
    """The story and the process disagree."""


def rehearse(pack: Pack) -> Coverage:
    """Play every scenario of a pack twice, straight and saving; a difference between the two is a problem.

    `PackInvalid` when a scenario cannot be read.
    """
    played = tuple(_both(pack, story) for story in catalog.scenarios(pack))
    return Coverage(played, coverage.compare(coverage.possible(pack), [one.touched for one in played]))


def play(pack: Pack, story: Scenario, *, saving: bool) -> Played:
    """Play one scenario; `saving` writes the state as JSON text and reads it back after every step."""
    stage = Stage(pack, saving)
    problem = ""
    try:
        stage.play(story)
    except FormInvalid as off:
        problem = "; ".join(f"{e.key}: {e.message}" for e in off.errors)
    except (Off, LookupError, ValueError, feel.FeelError) as off:
        problem = str(off)
    return Played(story.file, story.about, (problem,) if problem else (), stage.touched())


def _both(pack: Pack, story: Scenario) -> Played:
    straight, saved = (play(pack, story, saving=saving) for saving in (False, True))
    if straight != saved and not straight.problems:
        problems = saved.problems or ("the path differs after save and restore",)
        return Played(story.file, story.about, tuple(f"saved and restored: {p}" for p in problems), straight.touched)
    return straight


class Stage:
    """One play: the process in memory (`player`), and what it did so far (`outcomes` by item)."""

    def __init__(self, pack: Pack, saving: bool) -> None:
        self._pack, self._saving = pack, saving
        self.player = Player(pack.model, datetime.min.replace(tzinfo=UTC), {}, saving)
        self.outcomes: dict[str, str] = {}
        self._items: tuple[str, ...] = ()
        self._rules: frozenset[str] = frozenset()
        self._replies: Mapping[str, Any] = {}
        self._visits: dict[str, int] = {}

    def play(self, story: Scenario) -> None:
        """Play to the end. `Off` where the process does something else than the story says."""
        self.begin(story)
        for step in story.steps:
            try:
                self.step(step)
            except Off as off:
                raise Off(f"line {step.line}: {off}") from off
        self._expect_end(story)

    def touched(self) -> dict[str, frozenset[str]]:
        """What was touched so far."""
        marks = runtime.marks(self._pack.model, self.player.state)
        events = coverage.possible(self._pack)[coverage.EVENTS]
        return {coverage.FLOWS: marks.flows, coverage.EVENTS: marks.done & events, coverage.RULES: self._rules}

    def begin(self, story: Scenario) -> None:
        """Accept the application of a story and start its process."""
        self._pack = catalog.local(self._pack, story.area, story.on) if story.area else self._pack
        pack, now = self._pack, datetime.combine(story.on, time(10), CITY).astimezone(UTC)
        asked = {k: v for k, v in story.answers.items() if k in pack.situation.keys}
        situation = forms.check(pack.situation, asked, now=now)
        items = catalog.applicable(pack, situation, now, story.choices)
        self._items = items
        rest = {k: v for k, v in story.answers.items() if k not in asked}
        answers = {**situation, **forms.check(catalog.application(pack, items), rest, situation, now=now)}
        self._acceptable(rest, situation, items, now)
        facts = catalog.facts_at_start(pack, answers, items, number=NUMBER, area=story.area or AREA, on=story.on)
        self._rules |= coverage.rules_in(catalog.decisions(pack, situation, facts, now))
        self.player = Player(pack.model, now, facts, self._saving)
        self._replies = story.replies
        self._went(self.player.start())
        self._reply()

    def _acceptable(
        self, raw: Mapping[str, Any], situation: Mapping[str, Any], items: tuple[str, ...], now: datetime
    ) -> None:
        """`Off` when the window could not accept this application."""
        pack, on = self._pack, now.astimezone(CITY).date()
        form = catalog.application(pack, items)
        found = catalog.remarks(pack, form, forms.flatten(raw), situation, items, area=AREA, on=on, now=now)
        wrong = [f"{remark.address}: {remark.text}" for remark in found if not remark.warning]
        if wrong:
            raise Off("; ".join(wrong))

    def step(self, step: Step) -> None:
        """Let one step happen. `Off` when it cannot."""
        player = self.player
        if step.kind == WAIT:
            for advance in player.until(later(player.now, step.name)):
                self._went(advance)
        elif step.kind == MESSAGE:
            self._came(step, player.deliver(step.name, self._key(step.key), step.values))
        elif step.kind == SIGNAL:
            self._came(step, player.signal(step.name, step.values))
        elif step.kind == JOB:
            self._answer(step)
        else:
            self._finish(step)
        self._reply()
        if step.open is not None:
            self._expect_open(step.open)

    def _reply(self) -> None:
        """Let other departments answer what was asked in the last step."""
        try:
            for advance in answered(self.player, self._replies, self._visits):
                self._went(advance)
        except Silent as silent:
            raise Off(str(silent)) from silent

    def _finish(self, step: Step) -> None:
        task = self._waiting(self.player.tasks, step.name)
        posts = task.groups or [str(post) for post in self._pack.lanes[task.lane or ""].posts]
        if step.by and step.by not in posts:
            raise Off(f"{step.name} is done by {', '.join(posts)}, not by {step.by}")
        if cases.closes(self._pack, task.node) and (waits := self._awaited(task)):
            raise Off(f"{step.name} cannot close: {', '.join(waits)} are waited for")
        form = catalog.form_for(self._pack, task.form) if task.form else forms.EMPTY
        given = dict(step.values)
        self.player.facts = self._corrected(task, given)
        answers = forms.check(form, given, self.player.facts, now=self.player.now)
        said = forms.overlay(self.player.facts, {task.item: answers} if task.item else answers)
        self._uncontradicted(form, answers, said, task.node)
        whole = forms.overlay(forms.nest(dict.fromkeys(form.keys)), answers)
        self._went(self.player.finish(task.id, whole))

    def _awaited(self, task: Opened) -> list[str]:
        facts, now = self.player.facts, self.player.now
        return [s.code for s in cases.awaited(self._pack, self._items, self.outcomes, facts, task.item, now=now)]

    def _answer(self, step: Step) -> None:
        job = self._waiting(self.player.jobs, step.name)
        if step.error:
            self._went(self.player.fail(job.id, step.error, step.values))
        else:
            self._went(self.player.answer(job.id, step.values))

    def _corrected(self, task: Opened, given: dict[str, Any]) -> dict[str, Any]:
        """The facts after what a supplement corrects; takes those keys out of `given`."""
        facts = self.player.facts
        application = catalog.correctable(self._pack, task.stage, task.item)
        if application is None:
            return facts
        told = {key: given.pop(key) for key in [k for k in given if application.at(k)]}
        answers = forms.over(application, forms.said(application, facts), forms.flatten(told))
        checked = forms.check(application, answers, facts, now=self.player.now)
        corrected = forms.overlay(facts, forms.whole(application, facts, checked))
        self._uncontradicted(application, checked, corrected)
        return corrected

    def _uncontradicted(
        self, form: forms.Form, raw: Mapping[str, Any], facts: Mapping[str, Any], node: str = ""
    ) -> None:
        """`Off` when a check across fields refuses these answers."""
        if wrong := catalog.contradictions(self._pack, form, raw, facts, self.player.now, node):
            raise Off("; ".join(f"{error.key}: {error.facts['reason']}" for error in wrong))

    def _key(self, text: str) -> str:
        """The correlation key of a message: a text, or FEEL over the facts after `=`."""
        return str(self._value(text[1:])) if text.startswith("=") else text

    def _value(self, expression: str) -> Any:
        return feel.from_feel(feel.evaluate(expression, self.player.facts, now=self.player.now).value)

    def _waiting(self, there: Mapping[str, Waiting], node: str) -> Waiting:
        found = [one for one in there.values() if one.node == node]
        if len(found) != 1:
            raise Off(f"{node} is not waiting; waiting: {_named(self.player)}")
        return found[0]

    def _came(self, step: Step, advance: Advance | None) -> None:
        if advance is None:
            raise Off(f"nothing waits for the {step.kind} {step.name}; waiting: {_named(self.player)}")
        self._went(advance)

    def _went(self, advance: Advance) -> None:
        if advance.incident:
            raise Off(f"incident at {advance.incident.node}: {advance.incident.en}")
        whole = cases.followed(self._pack, self._items, self.outcomes, advance, now=self.player.now)
        if whole.incident:
            raise Off(f"an item cannot be ended where it stands: {whole.incident.en}")
        if whole is not advance:
            advance = self.player.take(whole)
        self.outcomes |= {o.item: str(Outcome(o.outcome)) for o in advance.outcomes}
        self._rules |= coverage.rules_in(advance.decisions)

    def _expect_open(self, expected: tuple[str, ...]) -> None:
        there = sorted(task.node for task in self.player.tasks.values())
        if there != sorted(expected):
            raise Off(f"open are {', '.join(there) or 'no tasks'}, not {', '.join(sorted(expected)) or 'none'}")

    def _expect_end(self, story: Scenario) -> None:
        if self.player.ended != story.at:
            raise Off(f"ends at {self.player.ended}, not at {story.at}; waiting: {_named(self.player)}")
        for item, outcome in story.items.items():
            if self.outcomes.get(item) != outcome:
                raise Off(f"item {item} ended {self.outcomes.get(item)}, not {outcome}")
        for expression, value in story.facts.items():
            there = self._value(expression)
            if there != value:
                raise Off(f"{expression} is {there!r}, not {value!r}")


def _named(player: Player) -> str:
    waiting: list[Opened | Job] = [*player.tasks.values(), *player.jobs.values()]
    return ", ".join(one.node for one in waiting) or "nothing"
