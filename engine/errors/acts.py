"""Refusals of what people do with their work beside deciding it."""

from engine.errors.base import EngineError


class PhrasesFull(EngineError):
    """There are {most} phrases already, more than anybody finds at a glance. Remove one first."""


class ReceiverUnable(EngineError):
    """This person cannot take the task: they do not hold the post it needs, or it is kept for others."""


class ConflictOfInterest(EngineError):
    """{name} has to keep out of this: they accepted the case, or decided another review of the same item."""


class NotPassedOn(EngineError):
    """Nobody passed this task on to you, so it cannot be given back. You can release it to your department."""


class UrgedAlready(EngineError):
    """This task was urged at {at}. It can be urged once a working day."""


class NothingToUrge(EngineError):
    """This task is not waiting for anybody any more, so there is nothing to urge."""


class SubstituteUnable(EngineError):
    """A substitute holds the same post in the same department as the colleague who is away, and is somebody else."""


class SubstituteThere(EngineError):
    """Somebody stands in for this post on one of these days already. End that first."""
