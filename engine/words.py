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
    TOLERATED = "tolerated", N_("missing, to follow")
    REUSED = "reused", N_("taken over from an earlier case")
    EXPIRED = "expired", N_("no longer valid")
    RETURNED = "returned", N_("returned, to be handed in again")
    REFUTED = "refuted", N_("found to be false")


class MaterialSource(Word):
    """Where a paper comes from (domain.md 2.0.4: 自备 共享 电子证照 系统生成 告知承诺 部门内部)."""

    APPLICANT = "applicant", N_("brought by the applicant")
    SHARED = "shared", N_("shared data")
    LICENCE = "licence", N_("electronic licence")
    SYSTEM = "system", N_("made by the system")
    COMMITMENT = "commitment", N_("commitment")
    INTERNAL = "internal", N_("from inside the department")


class Trust(Word):
    """How far a paper is believed (domain.md 2.0.4). Only A and unexpired B serve a later case."""

    A = "A", N_("issued by an authority")
    B = "B", N_("verified at a window")
    C = "C", N_("handed in, original not seen")
    D = "D", N_("self-made")


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


class NoticeKind(Word):
    """What kind of paper we hand out (domain.md 2.0.5). The name on it is the pack's own."""

    REC = "REC", N_("receipt of papers")
    SGZ = "SGZ", N_("notice to supplement")
    ACP = "ACP", N_("notice of acceptance")
    NGA = "NGA", N_("notice of non-acceptance")
    NAC = "NAC", N_("notice of another authority's competence")
    RQ = "RQ", N_("acceptance with papers to follow")
    CN = "CN", N_("written commitment (form)")
    SPE = "SPE", N_("notice of a special procedure")
    YQ = "YQ", N_("notice of extension")
    SAL = "SAL", N_("decision to grant")
    NSA = "NSA", N_("decision to refuse")
    STL = "STL", N_("notice of completion")
    NST = "NST", N_("notice of completion without grant")
    RCH = "RCH", N_("proof of delivery")
    SEN = "SEN", N_("handover to a department")
    TRA = "TRA", N_("handover of certificates")
    CX = "CX", N_("confirmation of withdrawal")
    ZZ = "ZZ", N_("notice of termination")
    DB = "DB", N_("supervision slip")
    JB = "JB", N_("reminder slip")


INTERNAL = frozenset({NoticeKind.SEN, NoticeKind.TRA, NoticeKind.DB, NoticeKind.JB})  # between offices: no applicant's


class Occasion(StrEnum):
    """What issues a notice: something that happens to the case or to one item."""

    CASE_ACCEPTED = "case:accepted"
    CASE_ENDED = "case:ended"
    CASE_WITHDRAWN = "case:withdrawn"
    CASE_TERMINATED = "case:terminated"
    ITEM_SUPPLEMENT = "item:supplement"
    ITEM_PAUSED = "item:paused"
    ITEM_EXTENDED = "item:extended"
    ITEM_SUPERVISED = "item:supervised"
    ITEM_URGED = "item:urged"
    ITEM_APPROVED = "item:approved"
    ITEM_REFUSED = "item:refused"
    ITEM_TOLERATED = "item:tolerated"
    ITEM_NOT_NEEDED = "item:not_needed"
    ITEM_NOT_ACCEPTED = "item:not_accepted"
    ITEM_WITHDRAWN = "item:withdrawn"
    ITEM_FORWARDED = "item:forwarded"
    ITEM_TERMINATED = "item:terminated"
    NODE = "node"


class Issuer(StrEnum):
    """Whose notice it is: the department of the item, or the window that took the case."""

    DEPARTMENT = "department"
    WINDOW = "window"


class NoticeState(Word):
    """Whether a notice still says what holds. `reopened`: what it says was taken back and is decided again."""

    VALID = "valid", N_("in force")
    REPLACED = "replaced", N_("replaced")
    REOPENED = "reopened", N_("taken back")


class EntryKind(Word):
    """What the ledger records: subject, then verb."""

    CASE_ACCEPTED = "case:accepted", N_("case accepted")
    CASE_ADJUSTED = "case:adjusted", N_("process adjusted")
    CASE_ENDED = "case:ended", N_("case finished")
    CASE_INCIDENT = "case:incident", N_("case stopped by an error")
    CASE_MIGRATED = "case:migrated", N_("moved to another release")
    CASE_READ = "case:read", N_("case opened for reading")
    CASE_RESTORED = "case:restored", N_("move to another release undone")
    CASE_REOPENED = "case:reopened", N_("finished case opened again")
    CASE_REVEALED = "case:revealed", N_("masked data revealed")
    DEADLINE_MOVED = "deadline:moved", N_("deadline moved by the calendar")
    DECISION_MADE = "decision:made", N_("decision table applied")
    EVENT_CONFIRMED = "event:confirmed", N_("event confirmed")
    EVENT_DECIDED = "event:decided", N_("decided what an event means")
    EVENT_REACHED = "event:reached", N_("event concerns this case")
    EVENT_REPORTED = "event:reported", N_("event reported")
    EVENT_REVERSED = "event:reversed", N_("event reversed")
    FACTS_CORRECTED = "facts:corrected", N_("application corrected")
    ITEM_DELIVERED = "item:delivered", N_("result handed out")
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
    MATERIAL_ADDED = "material:added", N_("scan added")
    MATERIAL_DOUBLED = "material:doubled", N_("used although another case used it")
    MATERIAL_OVERDUE = "material:overdue", N_("paper to follow is overdue")
    MATERIAL_READ = "material:read", N_("scan opened")
    MATERIAL_RECORDED = "material:recorded", N_("material recorded")
    MESSAGE_DELIVERED = "message:delivered", N_("message arrived")
    NOTICE_ISSUED = "notice:issued", N_("notice issued")
    NOTICE_PRINTED = "notice:printed", N_("notice printed")
    NOTICE_READ = "notice:read", N_("notice opened for reading")
    RECEIPT_PRINTED = "receipt:printed", N_("receipt opened")
    SIGNAL_CAUGHT = "signal:caught", N_("signal arrived")
    SUPPLEMENT_ASKED = "supplement:asked", N_("paper asked for")
    SUPPLEMENT_TOLD = "supplement:told", N_("told once what is missing")
    TASK_CANCELLED = "task:cancelled", N_("task cancelled")
    TASK_CLAIMED = "task:claimed", N_("task claimed")
    TASK_COMPLETED = "task:completed", N_("task completed")
    TASK_OPENED = "task:opened", N_("task opened")
    TASK_RELEASED = "task:released", N_("task released")
    TIMER_FIRED = "timer:fired", N_("deadline reached")
