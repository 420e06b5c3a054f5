"""What is handed in and what is handed out (domain.md 2.0.4, 2.0.5)."""

from enum import StrEnum

from engine.words.word import N_, Word


class MaterialState(Word):
    """What the window knows about one paper. `expired` is in no row: it follows from the day (`materials.standing`)."""

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
    CASE_SUPPLEMENT = "case:supplement"
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
