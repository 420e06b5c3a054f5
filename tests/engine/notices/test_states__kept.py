"""An issued notice never changes: it is replaced, or what it says is taken back; whoever has its code is told."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from engine import cases, notices, repairs, store
from engine.errors import FormInvalid, KeyReused, NotGenuine, NotReplaced, NotYours, ReasonNeeded
from engine.notices.issue import content_of
from engine.repairs import Wish
from engine.words import ChangeKind, EntryKind, NoticeState
from engine.work import PUBLIC, SYSTEM
from tests import story
from tests.engine.notices.conftest import issued
from tests.engine.notices.test_issue__occasions import MISSING, REFUSED

WHY = "姓名录入有误，更正后重新出具"


def named(engine, case_id, name):
    """The notices of this name, the oldest first."""
    return [each for each in issued(engine, case_id) if each.name == name]


def renamed(engine, case_id, name):
    """The groom has another name among the facts now, as after a supplement."""
    with engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        case.facts = {**case.facts, "groom": {**case.facts["groom"], "name": name}}


def test_the_database_refuses_to_change_it(office):
    """Neither a statement nor a session can change or delete an issued notice."""
    story.accepted(office, story.person(office, "wangfang"))
    for statement in ("UPDATE notice SET body = 'x'", "DELETE FROM notice"):
        with pytest.raises(DatabaseError, match="never changes"), office.begin(SYSTEM) as work:
            work.session.execute(text(statement))


def test_what_is_kept_says_what_was_printed(office):
    """The hash covers the text; each blank is kept with what it asked and what it said."""
    case_id = story.accepted(office, story.person(office, "wangfang"))
    with office.begin(SYSTEM) as work:
        row = work.session.query(store.Notice).one()
        assert row.content == content_of(row)
        assert ["notice.to", "李志远、黄雨欣"] in row.blanks
        assert all(said in row.body for _, said in row.blanks)
        row.body = row.body.replace("李志远", "李志达")
        assert row.content != content_of(row)
        work.session.rollback()
    renamed(office, case_id, "李志达")
    assert "李志远" in issued(office, case_id)[0].body


def test_a_corrected_notice_replaces_the_old_one(office):
    """A new number, a reason in the ledger, and both say of each other what they are; once, however often clicked."""
    clerk = story.person(office, "wangfang")
    case_id = story.accepted(office, clerk)
    old = issued(office, case_id)[0]
    renamed(office, case_id, "李志达")
    made = set()
    for _ in range(2):
        with office.begin(clerk) as work:
            made.add(cases.corrected(work, old.id, WHY, key="k1"))
    before, after = issued(office, case_id)
    assert made == {after.id}
    assert (before.state, before.replaced_by, before.body) == (NoticeState.REPLACED, after.number, old.body)
    assert (after.state, after.replaces, after.number) == (NoticeState.VALID, old.number, "柯城综受〔2026〕00002号")
    assert after.addressee == "李志达、黄雨欣"
    with office.begin(clerk) as work:
        told = [e.facts for e in cases.view(work, case_id).entries if e.kind == EntryKind.NOTICE_ISSUED][-1]
    assert (told["replaces"], told["reason"]) == (old.number, WHY)
    for paper in (before, after):  # replaced already; would say the same
        with pytest.raises(NotReplaced), office.begin(clerk) as work:
            cases.corrected(work, paper.id, WHY, key=paper.id)


def test_who_may_correct_and_why(office):
    """The office whose notice it is, for a reason; nobody else, and no other content under the same key."""
    clerk = story.person(office, "wangfang")
    case_id = story.accepted(office, clerk)
    renamed(office, case_id, "李志达")
    paper = issued(office, case_id)[0].id
    for login, reason, refusal in (
        ("sunhui", WHY, NotYours), ("wangfang", "改", ReasonNeeded), ("wangfang", "长" * 300, FormInvalid),
    ):  # fmt: skip
        with pytest.raises(refusal), office.begin(story.person(office, login)) as work:
            cases.corrected(work, paper, reason, key="k")
    with office.begin(clerk) as work:
        cases.corrected(work, paper, WHY, key="k")
    with pytest.raises(KeyReused), office.begin(clerk) as work:
        cases.corrected(work, paper, WHY + "！", key="k")


def test_a_result_that_is_taken_back_takes_its_notice_along(office):
    """Reopened: the refusal and the list of results no longer hold. Decided again: they are replaced, not revived."""
    clerk, reviewer = (story.person(office, login) for login in ("wangfang", "zhangwei"))
    case_id = story.accepted(office, clerk)
    story.decide(office, reviewer, "review_marriage", **REFUSED)
    name = "不予办理结婚登记通知单"
    assert [named(office, case_id, each)[0].state for each in (name, "办结清单")] == [NoticeState.VALID] * 2
    with office.begin(story.person(office, "sunhui")) as work:
        wish = Wish(ChangeKind.REOPEN, node="review_marriage")
        preview = repairs.preview(work, case_id, wish)
        repairs.apply(work, case_id, wish, WHY, revision=preview.revision, key="r")
    assert [named(office, case_id, each)[0].state for each in (name, "办结清单")] == [NoticeState.REOPENED] * 2
    assert named(office, case_id, "受理通知书")[0].state == NoticeState.VALID
    story.decide(office, reviewer, "review_marriage", **{**REFUSED, "reason": "补充查明的事实"})
    states = [each.state for each in named(office, case_id, name)]
    assert states == [NoticeState.REPLACED, NoticeState.VALID]
    assert [each.state for each in named(office, case_id, "办结清单")] == [NoticeState.REPLACED, NoticeState.VALID]


def test_two_requests_for_papers_are_two_notices(office):
    """Asking again replaces nothing: both papers were sent."""
    clerk, reviewer = (story.person(office, login) for login in ("wangfang", "zhangwei"))
    case_id = story.accepted(office, clerk)
    for _ in range(2):
        story.decide(office, reviewer, "review_marriage", **MISSING)
        with office.begin(clerk) as work:
            cases.tell(work, case_id, date(2026, 12, 10))
        story.decide(office, clerk, "supplement_marriage", **story.supplement(office, clerk, "supplement_marriage"))
    assert [each.state for each in named(office, case_id, "补正材料告知书")] == [NoticeState.VALID] * 2


def test_everybody_with_the_code_can_verify(office):
    """State, kind, number, office, day and the masked names; however the code is typed; and nothing without it."""
    clerk = story.person(office, "wangfang")
    case_id = story.accepted(office, clerk)
    paper = issued(office, case_id)[0]
    spaced = f" {paper.code[:4].lower()}-{paper.code[4:8]} {paper.code[8:]}".replace("0", "O").replace("1", "l")
    with office.look(PUBLIC) as work:
        found = notices.verify(work, spaced)
        assert found == notices.Verified(
            NoticeState.VALID, "受理通知书", paper.number, paper.department, paper.issued_at, "李*、黄*", ""
        )
        for wrong in ("", paper.code[:-1], paper.number, "%", "' OR 1=1 --", "\u0000"):
            with pytest.raises(NotGenuine):
                notices.verify(work, wrong)
    renamed(office, case_id, "李志达")
    with office.begin(clerk) as work:
        cases.corrected(work, paper.id, WHY, key="k")
    with office.look(PUBLIC) as work:
        now = notices.verify(work, paper.code)
    assert (now.state, now.replaced_by) == (NoticeState.REPLACED, "柯城综受〔2026〕00002号")


def test_each_printing_is_counted(office):
    """Who printed which copy is in the ledger, and the notice knows how often."""
    case_id = story.accepted(office, story.person(office, "wangfang"))
    paper = issued(office, case_id)[0].id
    counts = []
    for login in ("wangfang", "lina", "sunhui"):
        with office.begin(story.person(office, login)) as work:
            counts.append(cases.printed(work, paper).copies)
    assert counts == [1, 2, 3]
    with office.begin(story.person(office, "sunhui")) as work:
        told = [(e.actor, e.facts["printing"]) for e in cases.view(work, case_id).entries if e.kind == "notice:printed"]
    assert told == [(story.person(office, login).name, n) for n, login in enumerate(("wangfang", "lina", "sunhui"), 1)]
