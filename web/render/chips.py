"""How a state looks: a shape and a colour beside its word, so that neither has to be seen to understand it."""

from dataclasses import dataclass

from engine.words import (
    CaseOutcome,
    CaseState,
    ExtensionState,
    ItemState,
    Lamp,
    MaterialState,
    NoticeState,
    Outcome,
    TaskState,
    Word,
)


@dataclass(frozen=True)
class Look:
    """A shape and one of the colours of theme.css: red, amber, green, blue, grey."""

    shape: str
    colour: str


GOOD = Look("✓", "green")
GOING = Look("●", "blue")
HELD = Look("Ⅱ", "amber")
BAD = Look("✕", "red")
ALARM = Look("▲", "red")
PARTLY = Look("■", "amber")
IDLE = Look("○", "grey")
OVER = Look("■", "grey")

# Pairs, not a dictionary: words of two vocabularies with the same value are equal as text.
LOOKS: tuple[tuple[Word, Look], ...] = (
    (ItemState.WAITING, IDLE),
    (ItemState.RUNNING, GOING),
    (ItemState.SUPPLEMENT, HELD),
    (ItemState.ENDED, OVER),
    (Outcome.APPROVED, GOOD),
    (Outcome.REFUSED, BAD),
    (Outcome.TOLERATED, PARTLY),
    (Outcome.NOT_NEEDED, IDLE),
    (Outcome.NOT_ACCEPTED, BAD),
    (Outcome.WITHDRAWN, OVER),
    (Outcome.FORWARDED, GOING),
    (Outcome.TERMINATED, OVER),
    (CaseState.RUNNING, GOING),
    (CaseState.ENDED, OVER),
    (CaseState.INCIDENT, ALARM),
    (CaseOutcome.ALL, GOOD),
    (CaseOutcome.PARTLY, PARTLY),
    (CaseOutcome.NONE, BAD),
    (CaseOutcome.WITHDRAWN, OVER),
    (CaseOutcome.TERMINATED, OVER),
    (TaskState.OPEN, GOING),
    (TaskState.DONE, GOOD),
    (TaskState.CANCELLED, OVER),
    (MaterialState.MISSING, BAD),
    (MaterialState.ORIGINAL, GOOD),
    (MaterialState.COPY, GOOD),
    (MaterialState.SHARED, GOING),
    (MaterialState.COMMITMENT, PARTLY),
    (MaterialState.TOLERATED, HELD),
    (MaterialState.REUSED, GOOD),
    (MaterialState.EXPIRED, BAD),
    (MaterialState.RETURNED, HELD),
    (MaterialState.REFUTED, ALARM),
    (NoticeState.VALID, GOOD),
    (NoticeState.REPLACED, OVER),
    (NoticeState.REOPENED, ALARM),
    (ExtensionState.ASKED, GOING),
    (ExtensionState.GRANTED, GOOD),
    (ExtensionState.REFUSED, BAD),
    (Lamp.GREEN, Look("●", "green")),
    (Lamp.YELLOW, Look("◆", "amber")),
    (Lamp.RED, ALARM),
    (Lamp.GREY, Look("Ⅱ", "grey")),
    (Lamp.BLUE, Look("✓", "blue")),
)
_BY_NAME = {(type(word), word.value): look for word, look in LOOKS}


def look_of(word: Word) -> Look:
    """How a state looks; a plain grey square for a word that is no state."""
    return _BY_NAME.get((type(word), word.value), OVER)
