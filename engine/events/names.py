"""By which message a drawing takes an event itself: a catching event with this name and the case's number as key."""

from collections.abc import Mapping

from engine.words import EventKind

MESSAGES: Mapping[str, str] = {
    EventKind.WITHDRAWN: "case.withdrawn",
    EventKind.DECEASED: "person.deceased",
    EventKind.CHANGED: "situation.changed",
    EventKind.OBJECTED: "objection.raised",
}
REVERSED = ".reversed"  # after the name, when the event turns out to be a mistake
AFTER_THE_END = frozenset({EventKind.OBJECTED})  # what may still concern a case that is over
