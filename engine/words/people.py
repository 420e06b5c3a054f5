"""Who acts, and for whom."""

from engine.words.word import N_, Word


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


class PersonRole(Word):
    """What somebody is in a case: asks for something, is what it is about (逝者), lives with them, or acts for them."""

    APPLICANT = "applicant", N_("applicant")
    SUBJECT = "subject", N_("person concerned")
    MEMBER = "member", N_("family member")
    AGENT = "agent", N_("agent")
