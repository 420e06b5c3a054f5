"""Where cases, items and tasks stand, and how they ended (domain.md 0.1, 2.0.1)."""

from engine.words.word import N_, Word


class Need(Word):
    """How an item stands to what the applicant said (domain.md 0.1: 必选, 已选). `chosen` is offered and ticked."""

    REQUIRED = "required", N_("always part of it")
    CHOSEN = "chosen", N_("offered, taken unless unticked")
    OFFERED = "offered", N_("offered")
    NOT_HERE = "not_here", N_("not handled here")
    NOT_APPLICABLE = "not_applicable", N_("does not apply")


class ItemState(Word):
    """Where one department's part of a case stands."""

    WAITING = "waiting", N_("not started")
    RUNNING = "running", N_("in progress")
    SUPPLEMENT = "supplement", N_("waiting for supplement")
    ENDED = "ended", N_("finished")


class Outcome(Word):
    """How an item ended (domain.md 0.1)."""

    APPROVED = "approved", N_("approved")
    REFUSED = "refused", N_("refused")
    TOLERATED = "tolerated", N_("approved, papers to follow")
    NOT_NEEDED = "not_needed", N_("not needed")
    NOT_ACCEPTED = "not_accepted", N_("not accepted")
    WITHDRAWN = "withdrawn", N_("withdrawn")
    FORWARDED = "forwarded", N_("forwarded to a higher authority")
    TERMINATED = "terminated", N_("terminated")


class CaseState(Word):
    """Where the whole case stands. `incident`: the process stopped on an error and a person has to look."""

    RUNNING = "running", N_("in progress")
    ENDED = "ended", N_("finished")
    INCIDENT = "incident", N_("stopped by an error")


class CaseOutcome(Word):
    """How a case ended, derived from its items (domain.md 0.1)."""

    ALL = "all", N_("everything granted")
    PARTLY = "partly", N_("partly granted")
    NONE = "none", N_("nothing granted")
    WITHDRAWN = "withdrawn", N_("withdrawn")
    TERMINATED = "terminated", N_("terminated")


class Ending(Word):
    """How a case ended that was ended from outside of its process. Letters say the Chinese word, as of any ending."""

    DIED = "申请人死亡，终止办理", N_("ended because the applicant died")
    CHANGED = "情形变化，终止办理", N_("ended because the situation changed")
    OBJECTED = "异议成立，终止办理", N_("ended because an objection was upheld")
    WITHDRAWN = "申请人撤回申请", N_("application withdrawn")


class Joint(Word):
    """When the leading department may close its part (domain.md 0.1: 一般联办, 前置联办)."""

    ENDED = "ended", N_("when every item has ended")
    COMMITTED = "committed", N_("when every item has given its commitment")


class Delivery(Word):
    """How the result of an item reaches the applicant (domain.md 3.3: 出件)."""

    WINDOW = "window", N_("handed over at the window")
    EMS = "ems", N_("sent by EMS")
    PICKUP = "pickup", N_("picked up with the code")


class TaskState(Word):
    """A task waits, is finished by somebody, or was taken away by the process."""

    OPEN = "open", N_("to do")
    DONE = "done", N_("done")
    CANCELLED = "cancelled", N_("cancelled")


class Stage(Word):
    """What kind of work a task is (`zeebe:property` `stage`)."""

    REVIEW = "review", N_("review")
    SUPPLEMENT = "supplement", N_("supplement")
    ISSUE = "issue", N_("issue")
    DELIVER = "deliver", N_("deliver")


class ChangeKind(Word):
    """How a person changes where a case stands (domain.md 3.2: 退回, 终止)."""

    RETRY = "retry", N_("begin again")
    SKIP = "skip", N_("skip")
    REOPEN = "reopen", N_("open again")
    MOVE = "move", N_("move")
    CANCEL = "cancel", N_("end the item")
