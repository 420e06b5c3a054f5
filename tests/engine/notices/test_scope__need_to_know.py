"""A letter is given what its item and its reader may know, and a notice is seen by those it concerns."""

import pytest

from engine import cases, catalog, notices, releases
from engine.errors import NotFound, ProgressRefused
from engine.notices.facts import Sender, facts_for
from engine.words import Occasion
from engine.work import PUBLIC, SYSTEM
from tests import story
from tests.engine.cases.test_cases__life import ISSUED
from tests.engine.notices.conftest import family, issued, letter, published, seen
from tests.engine.notices.test_issue__occasions import REFUSED


def found(more, text):
    """The rules lint finds in the family pack with this letter."""
    files = family(more, text)
    files["workflows/family/en.toml"] += '"另件" = "x"\n'
    return [(f.rule, f.warning) for f in catalog.lint(files)]


GROOM = '["groom.name"]'
BIRTH = '"birth_registration"'


@pytest.mark.parametrize(
    ("more", "text", "rule"),
    [
        (letter("另件", "item:refused", kind="NST", item=BIRTH), "marriage.reason", "letter-name"),
        (letter("另件", "item:refused", kind="NST", item=BIRTH), "declaration.no_kinship", "letter-name"),
        (letter("另件", "item:refused", kind="NST", item='"status_groom"'), "bride.hukou_address", "letter-name"),
        (letter("另件", "item:refused", kind="NST"), "marriage.reason", "letter-name"),
        (letter("另件", "case:ended", kind="NST", to=GROOM), "bride.name", "letter-name"),
        (letter("另件", "case:ended", kind="NST", to=GROOM), "marriage.bride_check.kind", "letter-name"),
        (letter("另件", "case:ended", kind="NST"), "notice.item.name", "letter-name"),
        (letter("另件", "case:ended", kind="NST"), "notice.said.until", "letter-name"),
        (letter("另件", "item:refused", kind="NST"), "groom.nam", "letter-name"),
        (letter("另件", "case:ended", kind="NST", to='["witness.name"]'), "notice.to", "bad-value"),
        (letter("另件", "item:refused", kind="NST", item='"divorce"'), "notice.to", "bad-value"),
        (letter("另件", "case:ended", kind="NST", item='"marriage"'), "notice.to", "letter-mixed"),
        (letter("另件", "case:ended", kind="NST", by='"department"'), "notice.to", "letter-mixed"),
        (letter("另件", "case:ended", kind="XXX"), "notice.to", "bad-value"),
        (letter("另件", "case:over", kind="NST"), "notice.to", "bad-value"),
        (letter("另件", "item:supplement", kind="SGZ"), "notice.to", "letter-once"),
        (letter("另件", "case:supplement", kind="SGZ"), "notice.said.lines.paper_name", "letter-name"),
        (letter("另件", "item:supervised", kind="NST"), "notice.to", "bad-value"),
        (letter("另件", "case:ended", kind="STL"), "notice.to", "letter-twice"),
        (letter("另件", "case:ended", kind="NST", when='"=marriage.decison = 1"'), "notice.to", "letter-name"),
        (letter("另件", "case:ended", kind="NST", when='"= 1 +"'), "notice.to", "feel-syntax"),
        (letter("另件", "case:ended", kind="NST", when='"1 = 1"'), "notice.to", "feel-equals"),
        (letter("另件", "case:ended", kind="NST", sms="true"), "notice.to", "unknown-key"),
    ],
)
def test_lint_refuses_what_a_letter_may_not_read(more, text, rule):
    """Other items, the other spouse, misspelt names, and letters that fit nothing."""
    assert (rule, False) in found(more, f"<article><p>{{= {text} }}</p></article>")


def test_lint_wants_the_file_and_every_file_used():
    """A template that is not there cannot be read; one nobody names is dead."""
    assert found(letter("另件", "case:ended", kind="NST"), "") == [("letter-file", False)]
    assert [rule for rule, _ in found("", "<article/>")] == ["letter-unused", "text-unused"]


def test_a_node_names_a_letter_that_is_there():
    """An unknown code, and one whose office nobody can tell because the node has no item."""
    deliver = '<zeebe:formDefinition formId="deliver" />\n        <zeebe:properties>'
    for value in ("SAL", "NSA"):
        files = family()
        pair = f'{deliver}<zeebe:property name="notice" value="{value}" />'
        files["workflows/family/process.bpmn"] = files["workflows/family/process.bpmn"].replace(deliver, pair)
        assert [f.rule for f in catalog.lint(files)] == ["letter-unknown"]


@pytest.mark.parametrize("gone", ["notice.item.said.reason", "notice.item.said.legal_basis", "行政复议", "行政诉讼"])
def test_a_refusal_is_explained(gone):
    """Reason, legal basis and both remedies: without one of them every item but the marriage lacks its letter."""
    files = family()
    shared = "workflows/shared/letters/refused.html"
    assert gone in files[shared]
    files[shared] = files[shared].replace(gone, "notice.to" if "." in gone else "…")
    assert [f.rule for f in catalog.lint(files)] == ["letter-refusal"] * 4
    assert catalog.read(files).code == "family", "what runs already goes on"


def test_one_spouse_reads_nothing_about_the_other(city):
    """A letter for the groom is given no value of the bride, and is not on the page of both."""
    text = "<article><p>{= notice.to }</p></article>"
    engine = published(city, letter("给男方的信", "case:accepted", kind="REC", to=GROOM), text)
    clerk = story.person(engine, "wangfang")
    case_id = story.accepted(engine, clerk)
    paper = next(each for each in issued(engine, case_id) if each.name == "给男方的信")
    assert (paper.addressee, paper.recipients) == ("李志远", ("groom.name",))
    with engine.begin(clerk) as work:
        receipt = cases.receipt(work, case_id)
        case = cases.locked(work, case_id)
        pack = releases.load(work, case.release_hash)
        spec = next(each for each in pack.letters if each.name == paper.name)
        known = repr(facts_for(work, case, pack, spec, "", {}, Sender("x", "x", "x")))
    assert story.GROOM["id_number"] in known
    assert not [value for value in story.BRIDE.values() if value in known]
    with engine.begin(PUBLIC) as work:
        assert [each.name for each in cases.notices_of(work, receipt.number, receipt.code)] == ["受理通知书"]
        with pytest.raises(NotFound):
            cases.notice_of(work, receipt.number, receipt.code, paper.id)
        with pytest.raises(ProgressRefused):
            cases.notices_of(work, receipt.number, "000000" if receipt.code != "000000" else "111111")


def test_an_office_sees_the_notices_of_its_items(office):
    """The police do not see what health refused; the window and the supervisor see all; strangers nothing."""
    clerk, reviewer = (story.person(office, login) for login in ("wangfang", "zhangwei"))
    case_id = story.accepted(office, clerk)
    story.decide(office, reviewer, "review_marriage")
    story.decide(office, reviewer, "issue_marriage", **ISSUED)
    story.decide(office, story.person(office, "tangyan"), "review_birth", **REFUSED)
    everything = ["不予办理决定书", "受理通知书"]
    for login, names in (
        ("wangfang", everything), ("sunhui", everything), ("hanxia", everything), ("yangmin", everything),
        ("tangyan", everything[:1]), ("hejie", []), ("zhangwei", []),
    ):  # fmt: skip
        assert sorted(seen(office, login, case_id)) == names, login
    paper = next(each.id for each in issued(office, case_id) if each.kind == "NSA")
    for login in ("hejie", "zhangwei", "liuqiang", "pengbin"):
        for act in (cases.notice, cases.printed):
            with pytest.raises(NotFound), office.begin(story.person(office, login)) as work:
                act(work, paper)


def test_slips_between_offices_are_not_for_applicants(city):
    """A supervision slip is on the case's page for those who oversee it, and not on the applicants' page."""
    more = letter("督办单", "item:extended", kind="DB")
    engine = published(city, more, "<article><p>{= notice.said.approver }</p></article>")
    case_id = story.accepted(engine, story.person(engine, "wangfang"))
    with engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        said = {"reason": "超期", "approver": "陈静", "before": "2026-12-01", "until": "2026-12-15"}
        notices.on(work, case, releases.load(work, case.release_hash), Occasion.ITEM_EXTENDED, item="marriage",
                   said=said)  # fmt: skip
        number, code = case.number, case.code
    with engine.begin(PUBLIC) as work:
        assert [each.name for each in cases.notices_of(work, number, code)] == ["受理通知书"]
    assert "督办单" in seen(engine, "sunhui", case_id)
