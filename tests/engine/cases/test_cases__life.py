"""A case from acceptance to its result list, at the level of commands."""

import pytest

from engine import cases, drafts, store
from engine.errors import NotFound, ProgressRefused
from engine.words import CaseOutcome, CaseState, ItemState, Outcome
from tests import story

ISSUED = {
    "certificate_number": "J330802-2026-000123",
    "registered_on": "2026-11-23",
    "groom_copy": "33080200123",
    "bride_copy": "33080200124",
    "registrar": "张伟",
}
PAGE = {"page_issued_on": "2026-11-23", "id_renewal": "no"}


@pytest.fixture
def office(city):
    """The demo city with the family pack published."""
    story.publish_family(city.engine)
    return city.engine


def items(engine, actor, case_id):
    """State and outcome of each item, by code."""
    with engine.begin(actor) as work:
        return {i.spec.code: (i.state, i.outcome) for i in cases.view(work, case_id).items}


def married(engine):
    """A case whose marriage is registered; the other departments are at work."""
    clerk, registrar = story.person(engine, "wangfang"), story.person(engine, "zhangwei")
    case_id = story.accepted(engine, clerk)
    story.decide(engine, registrar, "review_marriage")
    story.decide(engine, registrar, "issue_marriage", **ISSUED)
    return case_id, clerk


def test_acceptance_gives_a_number_items_and_one_first_task(office):
    """An accepted application has a number with a right check character, six items, and waits at the registrar's."""
    from stdnum.iso7064 import mod_37_36

    clerk = story.person(office, "wangfang")
    case_id = story.accepted(office, clerk)
    with office.begin(clerk) as work:
        view = cases.view(work, case_id)
    assert mod_37_36.is_valid(view.number)
    assert view.number.startswith("33080220261123300001")
    assert [i.number for i in view.items] == [f"{view.number}-0{n}" for n in range(1, 7)]
    assert list(story.waiting(office, story.person(office, "zhangwei"))) == ["review_marriage"]
    assert story.waiting(office, story.person(office, "hejie")) == {}


def test_departments_work_at_the_same_time(office):
    """After the registration police and health have their tasks at once, each in the office that serves the area."""
    married(office)
    police, health = story.person(office, "hejie"), story.person(office, "tangyan")
    assert set(story.waiting(office, police)) == {"review_status_groom", "review_status_bride"}
    assert set(story.waiting(office, health)) == {"review_birth"}
    assert story.waiting(office, story.person(office, "caihong")) == {}, "another township's police station"


def test_whole_case_ends_with_everything_granted(office):
    """Every department approves, the window hands out, and the case ends with a result for each item."""
    case_id, clerk = married(office)
    police, health = story.person(office, "hejie"), story.person(office, "tangyan")
    for node in ("review_status_groom", "review_status_bride", "review_migration"):
        story.decide(office, police, node)
    story.decide(office, police, "issue_page", **PAGE)
    story.decide(office, health, "review_birth")
    story.decide(office, clerk, "deliver", handover__handed_on="2026-11-23", handover__receiver="李志远")
    with office.begin(clerk) as work:
        view = cases.view(work, case_id)
    assert (view.state, view.outcome) == (CaseState.ENDED, CaseOutcome.ALL)
    assert {i.outcome for i in view.items} == {Outcome.APPROVED}
    assert not [t for t in view.tasks if t.state == "open"]


def test_refusal_ends_the_joint_items_as_not_needed(office):
    """不予办理: the registrar refuses, the case ends, and the items that never started are 无需办理."""
    clerk, registrar = story.person(office, "wangfang"), story.person(office, "zhangwei")
    case_id = story.accepted(office, clerk)
    refusal = {"decision": "refused", "reason": "未到场", "legal_basis": "第一千零四十九条"}
    story.decide(office, registrar, "review_marriage", **refusal)
    found = items(office, clerk, case_id)
    assert found.pop("marriage") == (ItemState.ENDED, Outcome.REFUSED)
    assert set(found.values()) == {(ItemState.ENDED, Outcome.NOT_NEEDED)}


def test_supplement_of_one_item_leaves_the_others_undisturbed(office):
    """Police send the bride's item back: it waits at the window, health decides meanwhile, then police decide again."""
    case_id, clerk = married(office)
    police, health = story.person(office, "hejie"), story.person(office, "tangyan")
    story.decide(office, police, "review_status_bride", decision="supplement", missing="户口簿首页")
    assert items(office, clerk, case_id)["status_bride"][0] == ItemState.SUPPLEMENT
    story.decide(office, health, "review_birth")
    story.decide(office, police, "review_status_groom")
    said = story.supplement(office, clerk, "supplement_status_bride")
    story.submit(office, clerk, story.waiting(office, clerk)["supplement_status_bride"], **said)
    assert items(office, clerk, case_id)["status_bride"][0] == ItemState.RUNNING
    story.decide(office, police, "review_status_bride")
    assert items(office, clerk, case_id)["status_bride"] == (ItemState.ENDED, Outcome.APPROVED)


def test_supplement_may_correct_the_application(office):
    """The clerk mends a wrong telephone number while supplementing; the ledger names the field, not its content."""
    case_id, clerk = married(office)
    police = story.person(office, "hejie")
    story.decide(office, police, "review_status_bride", decision="supplement", missing="电话有误")
    task = story.waiting(office, clerk)["supplement_status_bride"]
    said = {**story.supplement(office, clerk, "supplement_status_bride"), "bride__phone": "19900009999"}
    story.submit(office, clerk, task, **said)
    with office.look(clerk) as work:
        assert work.session.get_one(store.Case, case_id).facts["bride"]["phone"] == "19900009999"
    with office.begin(clerk) as work:
        corrected = [e for e in cases.view(work, case_id).entries if e.kind == "facts:corrected"]
    assert [e.facts["keys"] for e in corrected] == [["bride.phone"]]


def test_a_department_sees_only_what_its_items_need_and_masked(office):
    """Health sees names and numbers of the couple covered, and nothing of education or the move."""
    case_id, _ = married(office)
    health = story.person(office, "tangyan")
    with office.begin(health) as work:
        view = cases.view(work, case_id)
    shown = {f.field.key: f.value for s in view.sections for f in s.fields}
    assert shown["groom.id_number"] == "330802********9976"
    assert shown["groom.name"] == "李*远" or shown["groom.name"].startswith("李*")
    assert not {k for k in shown if k.startswith("move.") or k.endswith("education")}


def test_opinions_are_read_by_those_they_concern(office):
    """What police wrote about the bride's register, health does not read; police and the window do."""
    case_id, clerk = married(office)
    police, health = story.person(office, "hejie"), story.person(office, "tangyan")
    story.decide(office, police, "review_status_bride", decision="supplement", missing="户口簿首页")
    for reader, sees in ((police, True), (clerk, True), (health, False)):
        with office.begin(reader) as work:
            answers = [t.answers for t in cases.view(work, case_id).tasks if t.node == "review_status_bride"]
        assert any(a.get("missing") == "户口簿首页" for a in answers) is sees


def test_revealing_needs_a_reason_and_is_recorded(office):
    """The full data appear only for a reason, which the ledger keeps."""
    from engine.errors import ReasonNeeded

    case_id, _ = married(office)
    health = story.person(office, "tangyan")
    with pytest.raises(ReasonNeeded), office.begin(health) as work:
        cases.reveal(work, case_id, " ")
    with office.begin(health) as work:
        view = cases.reveal(work, case_id, "核对证件原件")
    assert "330802198801039976" in {f.value for s in view.sections for f in s.fields}
    assert view.entries[-1].kind == "case:revealed"


def test_strangers_do_not_find_the_case(office):
    """Another county's clerk gets the same answer as for a case that does not exist."""
    case_id, _ = married(office)
    stranger = story.person(office, "hutao")
    for name in (case_id, "0" * 32):
        with pytest.raises(NotFound), office.begin(stranger) as work:
            cases.view(work, name)


def test_progress_needs_number_and_code(office):
    """The applicant's page opens with both, and one refusal covers a wrong number and a wrong code."""
    case_id, clerk = married(office)
    with office.begin(clerk) as work:
        receipt = cases.receipt(work, case_id)
    with office.look(clerk) as work:
        assert cases.progress(work, receipt.grouped, receipt.code).number == receipt.number
        for number, code in ((receipt.number, "000000" if receipt.code != "000000" else "1"), ("X1", receipt.code)):
            with pytest.raises(ProgressRefused):
                cases.progress(work, number, code)


def test_accepting_twice_gives_the_first_case(office):
    """A double click on accept opens one case; a second page of the same draft gets the first receipt."""
    clerk = story.person(office, "wangfang")
    draft = story.situated(office, clerk)
    said = story.told(office, clerk, draft)
    ids = set()
    for page in ("p", "p", "other"):
        with office.begin(clerk) as work:
            ids.add(drafts.accept(work, draft, said.answers, said.papers, page=page, revision=-1))
    assert len(ids) == 1
