"""The vocabulary: one enum a concept, one word a meaning (domain.md 2.0.1 and 3.2).

Values are stored and used in packs; labels are message ids that `web` translates.
"""

from enum import StrEnum
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Asia/Shanghai")  # where the law's days begin and end


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """Mark a text for extraction without translating it: the engine knows no language."""
    return text


class Word(StrEnum):
    """A stored value with the label people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Word":
        """A string that carries its label."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class Level(Word):
    """Administrative level of a region or department (GB/T 2260, GB/T 10114)."""

    CITY = "city", N_("city")
    COUNTY = "county", N_("county")
    TOWNSHIP = "township", N_("township")


class Post(Word):
    """What a person does in a department (domain.md 2.0.2)."""

    WINDOW = "window", N_("window clerk")
    HANDLER = "handler", N_("handler")
    REVIEWER = "reviewer", N_("reviewer")
    APPROVER = "approver", N_("approving leader")
    LEAD = "lead", N_("joint-case coordinator")
    SUPERVISOR = "supervisor", N_("supervisor")
    DESIGNER = "designer", N_("process designer")
    AUDITOR = "auditor", N_("auditor")
    ADMIN = "admin", N_("system administrator")


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


class LimitUnit(Word):
    """What a time limit is counted in; also what a promise is. Packs write the Chinese word (domain.md 0.3)."""

    WORKING_DAYS = "工作日", N_("working days")
    DAYS = "自然日", N_("calendar days")
    HOURS = "小时", N_("hours")


class MaterialState(Word):
    """What the window knows about one paper."""

    MISSING = "missing", N_("missing")
    ORIGINAL = "original", N_("original seen")
    COPY = "copy", N_("copy received")
    SHARED = "shared", N_("shared by a department")
    COMMITMENT = "commitment", N_("written commitment")


class DayKind(Word):
    """Whether offices are open on a day."""

    WORK = "work", N_("working day")
    REST = "rest", N_("day off")


class Lamp(Word):
    """How a clock stands (domain.md 2.0.6: 绿 黄 红 灰 蓝)."""

    GREEN = "green", N_("in time")
    YELLOW = "yellow", N_("due soon")
    RED = "red", N_("overdue")
    GREY = "grey", N_("clock paused")
    BLUE = "blue", N_("finished in time")


class PersonRole(Word):
    """What somebody is in a case: asks for something, is what it is about (逝者), lives with them, or acts for them."""

    APPLICANT = "applicant", N_("applicant")
    SUBJECT = "subject", N_("person concerned")
    MEMBER = "member", N_("family member")
    AGENT = "agent", N_("agent")


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


class ChangeKind(Word):
    """How a person changes where a case stands (domain.md 3.2: 退回, 终止)."""

    RETRY = "retry", N_("begin again")
    SKIP = "skip", N_("skip")
    REOPEN = "reopen", N_("open again")
    MOVE = "move", N_("move")
    CANCEL = "cancel", N_("end the item")


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


class EntryKind(Word):
    """What the ledger records: subject, then verb."""

    ALARM_RAISED = "alarm:raised", N_("time is running out")
    CASE_ACCEPTED = "case:accepted", N_("case accepted")
    CASE_ADJUSTED = "case:adjusted", N_("process adjusted")
    CASE_ENDED = "case:ended", N_("case finished")
    CASE_INCIDENT = "case:incident", N_("case stopped by an error")
    CASE_MIGRATED = "case:migrated", N_("moved to another release")
    CASE_READ = "case:read", N_("case opened for reading")
    CASE_RESTORED = "case:restored", N_("move to another release undone")
    CASE_REOPENED = "case:reopened", N_("finished case opened again")
    CASE_REVEALED = "case:revealed", N_("masked data revealed")
    CLOCK_PAUSED = "clock:paused", N_("clock stopped")
    CLOCK_RESUMED = "clock:resumed", N_("clock goes on")
    DEADLINE_MOVED = "deadline:moved", N_("deadline moved by the calendar")
    DECISION_MADE = "decision:made", N_("decision table applied")
    EVENT_CONFIRMED = "event:confirmed", N_("event confirmed")
    EVENT_DECIDED = "event:decided", N_("decided what an event means")
    EVENT_REACHED = "event:reached", N_("event concerns this case")
    EVENT_REPORTED = "event:reported", N_("event reported")
    EVENT_REVERSED = "event:reversed", N_("event reversed")
    EXTENSION_ASKED = "extension:asked", N_("more time asked for")
    EXTENSION_GRANTED = "extension:granted", N_("more time granted")
    EXTENSION_REFUSED = "extension:refused", N_("more time refused")
    FACTS_CORRECTED = "facts:corrected", N_("application corrected")
    ITEM_ENDED = "item:ended", N_("item finished")
    ITEM_REOPENED = "item:reopened", N_("earlier result of the item taken back")
    ITEM_STARTED = "item:started", N_("item started")
    JOB_CANCELLED = "job:cancelled", N_("automatic step cancelled")
    JOB_DONE = "job:done", N_("automatic step finished")
    JOB_FAILED = "job:failed", N_("automatic step failed")
    JOB_OPENED = "job:opened", N_("automatic step begun")
    JOB_RECHECKED = "job:rechecked", N_("check made up for")
    JOB_RETRIED = "job:retried", N_("automatic step tried again")
    JOB_SKIPPED = "job:skipped", N_("automatic step skipped")
    MATERIAL_RECORDED = "material:recorded", N_("material recorded")
    MESSAGE_DELIVERED = "message:delivered", N_("message arrived")
    RECEIPT_PRINTED = "receipt:printed", N_("receipt opened")
    SIGNAL_CAUGHT = "signal:caught", N_("signal arrived")
    SLIP_ANSWERED = "slip:answered", N_("supervision slip answered")
    SLIP_ISSUED = "slip:issued", N_("supervision slip issued")
    TASK_CANCELLED = "task:cancelled", N_("task cancelled")
    TASK_CLAIMED = "task:claimed", N_("task claimed")
    TASK_COMPLETED = "task:completed", N_("task completed")
    TASK_OPENED = "task:opened", N_("task opened")
    TASK_RELEASED = "task:released", N_("task released")
    TIMER_FIRED = "timer:fired", N_("deadline reached")
