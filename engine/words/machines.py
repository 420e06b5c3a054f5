"""What machines do, and what happens from outside (domain.md 2.0.3, 2.0.8)."""

from engine.words.word import N_, Word


class JobKind(Word):
    """What a job is for: a step of the drawing, another case's signal, or asking again what was unavailable."""

    SERVICE = "service", N_("step of the process")
    SIGNAL = "signal", N_("signal of another case")
    RECHECK = "recheck", N_("check made up for")


class JobState(Word):
    """Where a job stands. `asked`: the other system was asked and will call back. `failed`: a person has to look."""

    WAITING = "waiting", N_("waiting to run")
    RUNNING = "running", N_("running")
    ASKED = "asked", N_("waiting for the other system")
    DONE = "done", N_("done")
    FAILED = "failed", N_("stopped by an error")
    CANCELLED = "cancelled", N_("cancelled")


class Answered(Word):
    """What another department's answer means to the case (domain.md 2.0.3).

    `mismatch` asks the applicant; `unavailable` falls back to paper or a commitment and is asked again later; `denied`
    is never an answer to the case but an incident.
    """

    OK = "ok", N_("confirmed")
    NOT_FOUND = "not_found", N_("no record found")
    MISMATCH = "mismatch", N_("does not match")
    UNAVAILABLE = "unavailable", N_("not available")
    DENIED = "denied", N_("denied")


class EventKind(Word):
    """What happens in the life of a person or a case and every pack has to take (domain.md 2.0.8)."""

    WITHDRAWN = "withdrawn", N_("application withdrawn")
    DECEASED = "deceased", N_("person died")
    CHANGED = "changed", N_("situation changed")
    OBJECTED = "objected", N_("objection raised")


class ConcernState(Word):
    """What came of an event in a case it concerns.

    `waiting`: the clock has not looked yet; `delivered`: the drawing took it; `undecided`: a person has to say.
    """

    WAITING = "waiting", N_("being passed on")
    DELIVERED = "delivered", N_("taken up by the process")
    UNDECIDED = "undecided", N_("to be decided")
    CONTINUED = "continued", N_("case goes on")
    UPHELD = "upheld", N_("objection upheld")
    TERMINATED = "terminated", N_("case ended")
    OVER = "over", N_("case was over already")
    UNDONE = "undone", N_("reversed")
