"""Words about clocks: what one counts, its limit, why it stood still, which step of the escalation was taken."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from engine.cases import ShownClock
from engine.catalog import Pack
from engine.catalog.limit import Limit
from engine.catalog.limits import read
from engine.clocks import Pause
from engine.words import ClockKind, Ground, Lamp, LimitUnit, Post
from web.render import moments
from web.render.packs import pack_text
from web.render.words import word


def clock_subject(pack: Pack, item: str, phase: str = "", task: str = "") -> str:
    """What a clock counts: the whole case, an item, a phase or a task of it."""
    names = [pack_text(pack, next((i.name for i in pack.items if i.code == item), item))] if item else []
    names += [pack_text(pack, part) for part in (phase, task) if part]
    return " · ".join(names) or _("the whole case")


def limit_words(limit: Limit) -> str:
    """A limit in the user's language."""
    return f"{limit.amount} {word(limit.unit)}" if limit.amount else _("on the spot")


def left_words(shown: ShownClock) -> str:
    """How much is left, or by how much it is over, in the unit of the limit."""
    left, unit = shown.reading.left, word(shown.clock.limit.unit)
    if left == 0 and shown.reading.lamp == Lamp.RED:
        return _("less than one %(unit)s over", unit=unit)
    return (
        _("%(count)s %(unit)s left", count=left, unit=unit)
        if left >= 0
        else _("%(count)s %(unit)s over", count=-left, unit=unit)
    )


def ground_words(ground: str) -> str:
    """Why a clock stood still; nothing for the time between two visits of a phase."""
    return word(Ground(ground)) if ground in list(Ground) else ""


def told_pauses(shown: ShownClock) -> tuple[Pause, ...]:
    """The pauses that have a ground, and began before the clock ended."""
    ended = shown.clock.ended
    return tuple(p for p in shown.clock.pauses if p.ground and (ended is None or p.since < ended))


def alarm_words(facts: Mapping[str, Any]) -> str:
    """Which step was taken and to whom, from its ledger entry."""
    said = str(facts.get("step", ""))
    after = read(said.removeprefix("+")) if said.startswith("+") else None
    step = f"+{after.amount} {word(after.unit)}" if after else said
    people = _(", ").join(word(Post(post)) for post in facts.get("to", ()) if post in list(Post))
    kind = word(ClockKind(facts["clock"])) if facts.get("clock") in list(ClockKind) else ""
    return f"{kind} {step} → {people}"


def moved_words(facts: Mapping[str, Any]) -> str:
    """From when to when a deadline moved, from its ledger entry; a dash while the clock stands still."""
    said = (facts.get("before"), facts.get("after"))
    before, after = (moments.moment(datetime.fromisoformat(one)) if one else "—" for one in said)
    return f"{before} → {after}"


def deemed_words(since: str) -> str:
    """From when an application counts as accepted, from its ledger entry."""
    return _("deemed accepted since %(at)s", at=moments.moment(datetime.fromisoformat(since)))


def unit_words(unit: LimitUnit) -> str:
    """The unit of an extension."""
    return word(unit)
