"""Which day it is where the windows are."""

from datetime import date, datetime

from engine.words import CITY


def day_of(now: datetime) -> date:
    """The local date of an aware moment."""
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone belongs to no day")
    return now.astimezone(CITY).date()
