"""What several departments ask for is told once; who could have asked then does not ask again."""

from datetime import date

import pytest

from engine import cases, drafts, materials
from engine.errors import FormInvalid, NotFound, SupplementOnce
from engine.ledger import entries
from engine.words import EntryKind, MaterialState
from engine.work import SYSTEM
from tests import story
from tests.engine.cases.test_incidents__scope import ISSUED

DUE = date(2026, 12, 10)
SAID = {"reason": "照片不符合要求", "basis": "《婚姻登记条例》"}


def ask(office, case_id, login, item, code="", **more):
    with office.engine.begin(office.actor(login)) as work:
        cases.ask_for(work, case_id, item, code, {**SAID, **more})


def tell(office, case_id, login="wangfang", due=DUE):
    with office.engine.begin(office.actor(login)) as work:
        return cases.tell(work, case_id, due)


def listed(office, case_id, login="wangfang"):
    """Number of each notice, and item and paper of its lines."""
    with office.engine.begin(office.actor(login)) as work:
        shown = cases.supplement(work, case_id).notices
    return [(n.number, [(line.item, line.code) for line in n.lines]) for n in shown]


def test_what_departments_ask_for_is_one_list(office, running):
    """Two departments ask, the window tells both lines at once; each department reads its own."""
    ask(office, running, "hejie", "status_groom", "hukou_book_groom")
    ask(office, running, "tangyan", "birth_registration", "id_bride")
    both = [("status_groom", "hukou_book_groom"), ("birth_registration", "id_bride")]
    assert listed(office, running) == [(None, both)]
    assert tell(office, running) == 1
    assert listed(office, running) == [(1, both)]
    assert listed(office, running, "tangyan") == [(1, both[1:])]
    with office.engine.begin(office.actor("wangfang")) as work:
        papers = {p.spec.code: (p.state, p.trust) for p in cases.view(work, running).papers}
        (notice,) = cases.supplement(work, running).notices
    assert papers["hukou_book_groom"] == papers["id_bride"] == (MaterialState.RETURNED, None)
    assert (notice.due_on, notice.lines[0].reason, notice.lines[0].name) == (DUE, SAID["reason"], "男方居民户口簿")
    with office.engine.look(SYSTEM) as work:
        told = [e.facts for e in entries(work, running) if e.kind == EntryKind.SUPPLEMENT_TOLD]
    assert told == [{"notice": 1, "due": "2026-12-10", "lines": 2}]


def test_what_could_have_been_asked_is_not_asked_later(office, running, clock):
    """A new paper of an item that was being worked on is refused; the same paper, still not right, is not."""
    ask(office, running, "hejie", "status_groom", "hukou_book_groom")
    tell(office, running)
    clock.forward(minutes=5)
    with pytest.raises(SupplementOnce):
        ask(office, running, "hejie", "status_groom", "id_groom")
    with pytest.raises(SupplementOnce):
        ask(office, running, "tangyan", "birth_registration", "id_bride")
    with pytest.raises(SupplementOnce):
        ask(office, running, "hejie", "status_groom")
    ask(office, running, "hejie", "status_groom", "hukou_book_groom")
    assert tell(office, running) == 2


def test_an_item_that_began_later_may_still_ask(office, publish, accept, clock):
    """Nobody could have known then what it needs."""
    publish()
    case_id = accept("original")
    ask(office, case_id, "zhangwei", "marriage", "photo")
    tell(office, case_id)
    with office.engine.begin(office.actor("wangfang")) as work:
        cases.hand_in(work, case_id, "photo", "copy")
    clock.forward(minutes=5)
    story.decide(office.engine, office.actor("zhangwei"), "review_marriage")
    story.decide(office.engine, office.actor("zhangwei"), "issue_marriage", **ISSUED)
    ask(office, case_id, "hejie", "status_groom", "hukou_book_groom")
    assert listed(office, case_id)[1] == (None, [("status_groom", "hukou_book_groom")])


def test_a_supervisor_may_add_with_a_reason(office, running, clock):
    """The reason is on the list and in the ledger; without one nothing is added."""
    ask(office, running, "hejie", "status_groom", "hukou_book_groom")
    tell(office, running)
    clock.forward(minutes=5)
    for excuse in ("", "因"):
        with pytest.raises(FormInvalid):
            ask(office, running, "sunhui", "status_groom", "id_groom", excuse=excuse)
    ask(office, running, "sunhui", "status_groom", "id_groom", excuse="申请人情况有变化")
    with office.engine.look(SYSTEM) as work:
        last = [e.facts for e in entries(work, running) if e.kind == EntryKind.SUPPLEMENT_ASKED][-1]
    assert last == {"item": "status_groom", "material": "id_groom", "reason": "申请人情况有变化"}
    assert listed(office, running)[-1] == (None, [("status_groom", "id_groom")])


def test_a_department_cannot_excuse_itself(office, running, clock):
    """A reason somebody without oversight sends along opens nothing."""
    ask(office, running, "hejie", "status_groom", "hukou_book_groom")
    tell(office, running)
    clock.forward(minutes=5)
    with pytest.raises(SupplementOnce):
        ask(office, running, "hejie", "status_groom", "id_groom", excuse="申请人情况有变化")


def test_a_decision_asks_once(office, running, clock):
    """Sending an item back again for something else is refused before anything moves; for the same it is not."""
    police, clerk = office.actor("hejie"), office.actor("wangfang")
    back = {"decision": "supplement", "missing": "户口簿首页"}
    story.decide(office.engine, police, "review_status_bride", **back)
    assert listed(office, running) == [(None, [("status_bride", "")])]
    brought = story.supplement(office.engine, clerk, "supplement_status_bride")
    clock.forward(minutes=5)
    story.decide(office.engine, clerk, "supplement_status_bride", **brought)
    assert listed(office, running) == []
    clock.forward(minutes=5)
    with pytest.raises(SupplementOnce):
        story.decide(office.engine, police, "review_status_bride", **(back | {"missing": "还要身份证"}))
    story.decide(office.engine, police, "review_status_groom", **(back | {"missing": "男方户口簿"}))
    story.decide(office.engine, police, "review_status_bride", **back)
    assert listed(office, running) == [(None, [("status_groom", ""), ("status_bride", "")])]


def test_who_may_ask_and_tell(office, running):
    """A department for its own running items; the window and the coordinator tell; nobody else."""
    for login, item in (("tangyan", "status_groom"), ("hejie", "marriage"), ("hejie", "no_such")):
        with pytest.raises(FormInvalid):
            ask(office, running, login, item)
    for login in ("wangfang", "hutao", "pengbin", "hanxia"):
        with pytest.raises(NotFound):
            ask(office, running, login, "status_groom")
    with pytest.raises(FormInvalid):
        ask(office, running, "hejie", "status_groom", "photo")
    ask(office, running, "hejie", "status_groom", "id_groom")
    for login in ("hejie", "sunhui", "hutao"):
        with pytest.raises(NotFound):
            tell(office, running, login)
    assert tell(office, running, "yangmin") == 1


@pytest.mark.parametrize("due", [None, date(2026, 11, 23), date(2020, 1, 1)])
def test_a_notice_has_a_day_to_come(office, running, due):
    """Without one, or with one that is over, nothing is told; nor is nothing."""
    with pytest.raises(FormInvalid):
        tell(office, running)
    ask(office, running, "hejie", "status_groom", "id_groom")
    with pytest.raises(FormInvalid):
        tell(office, running, due=due)
    assert listed(office, running) == [(None, [("status_groom", "id_groom")])]


def test_before_acceptance_the_list_is_complete(office, publish, intake):
    """What a window has to ask for before it can accept is every required paper at once."""
    publish()
    draft, answers, papers = intake("missing")
    clerk = office.actor("wangfang")
    with office.engine.begin(clerk) as work:
        drafts.save(work, draft, answers, {**papers, "id_bride": "missing"}, page="p", revision=-1)
    with office.engine.look(clerk) as work:
        lines = materials.lacking(drafts.view(work, draft).papers)
    assert [(line.code, line.name) for line in lines] == [
        ("id_bride", "女方居民身份证"), ("photo", "双方近期半身免冠合影照片"),
    ]  # fmt: skip
