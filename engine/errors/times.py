"""Refusals about time: more of it, none of it, and what was received and not answered yet."""

from engine.errors.base import EngineError


class NotExtended(EngineError):
    """The time of this item cannot be extended."""


class NothingRuns(NotExtended):
    """Nothing is being worked on, so no clock runs that could be extended or suspended."""


class ExtendedOnce(NotExtended):
    """More time was asked for or granted before; it is given once."""


class ExtensionTooLong(NotExtended):
    """It can be extended by 1 to {most} {unit}."""


class LimitOver(NotExtended):
    """The limit is over; nothing can be added to it any more."""


class ExtensionDecided(NotExtended):
    """Somebody has decided on this in the meantime."""


class SuspendedAlready(EngineError):
    """The case is suspended already."""


class NotSuspended(EngineError):
    """The case is not suspended; its clocks run."""


class SlipAnswered(EngineError):
    """{by} already answered this slip at {at}. Nothing of yours was stored."""


class DraftReceived(EngineError):
    """The papers of this application were received. It is accepted or refused; it cannot be thrown away."""


class DraftRefused(EngineError):
    """This application was refused on {at}. That is final; the applicant may apply anew."""


class DraftAsked(EngineError):
    """What is missing was told on {at}, once and completely. It is not asked for a second time."""


class NotReceived(EngineError):
    """The papers of this application were not received yet."""


class TermUnclear(EngineError):
    """A period is a month (2026-11), a quarter (2026-Q4), or two days in order, at most 366 days apart."""
