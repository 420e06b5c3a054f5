"""Each occasion issues what the pack has for it: once, with the command, by the right office, and nothing else."""

from datetime import date, timedelta

import pytest

from engine import cases, drafts, notices, releases, store
from engine.errors import NoticeUnmade
from engine.words import EntryKind, Occasion, TaskState
from engine.work import SYSTEM
from tests import story
from tests.engine.cases.test_cases__life import ISSUED
from tests.engine.notices.conftest import DRAWING, issued, letter, published

MISSING = {"decision": "supplement", "missing": "男方户口簿首页"}
BASIS = "《民法典》第一千零五十一条"
REFUSED = {"decision": "refused", "reason": "申报的婚姻状况与登记信息不一致", "legal_basis": BASIS}


def numbers(engine, case_id):
    """Number, name and item of each notice, in the order of their names."""
    return sorted((each.number, each.name, each.item) for each in issued(engine, case_id))


def test_the_life_of_a_case_in_notices(office):
    """Accepted, asked for papers, refused, finished: four papers, each by its office, numbered in its own series."""
    clerk, reviewer = (story.person(office, login) for login in ("wangfang", "zhangwei"))
    case_id = story.accepted(office, clerk)
    assert numbers(office, case_id) == [("柯城综受〔2026〕00001号", "受理通知书", "")]
    story.decide(office, reviewer, "review_marriage", **MISSING)
    with office.begin(clerk) as work:
        cases.tell(work, case_id, date(2026, 12, 10))
    story.decide(office, clerk, "supplement_marriage", **story.supplement(office, clerk, "supplement_marriage"))
    story.decide(office, reviewer, "review_marriage", **REFUSED)
    assert numbers(office, case_id) == [
        ("柯城民不婚〔2026〕00001号", "不予办理结婚登记通知单", "marriage"),
        ("柯城综受〔2026〕00001号", "受理通知书", ""),
        ("柯城综结〔2026〕00001号", "办结清单", ""),
        ("柯城综补〔2026〕00001号", "补正材料告知书", ""),
    ]
    told = {each.name: each for each in issued(office, case_id)}
    assert "男方户口簿首页" in told["补正材料告知书"].body
    assert all(REFUSED[key] in told["不予办理结婚登记通知单"].body for key in ("reason", "legal_basis"))
    assert story.GROOM["id_number"] in told["不予办理结婚登记通知单"].body
    assert told["办结清单"].body.count("无需办理") == 5
    assert told["受理通知书"].addressee == "李志远、黄雨欣"
    assert {each.issuer for each in told.values()} == {clerk.name, reviewer.name}


def test_a_letter_for_the_item_goes_before_one_for_any(office):
    """The marriage has a notice of its own; every other item gets the general one, by its own department."""
    reviewer = story.person(office, "zhangwei")
    case_id = story.accepted(office, story.person(office, "wangfang"))
    story.decide(office, reviewer, "review_marriage")
    story.decide(office, reviewer, "issue_marriage", **ISSUED)
    story.decide(office, story.person(office, "tangyan"), "review_birth", **REFUSED)
    assert [(each.name, each.item, each.department) for each in issued(office, case_id) if each.kind == "NSA"] == [
        ("不予办理决定书", "birth_registration", "柯城区府山街道卫生健康办公室")
    ]


def test_a_repeated_command_issues_nothing_twice(office):
    """The second click on accept and on decide find what the first one did."""
    clerk, reviewer = (story.person(office, login) for login in ("wangfang", "zhangwei"))
    draft = story.situated(office, clerk)
    said = story.told(office, clerk, draft)
    ids = []
    for _ in range(3):
        with office.begin(clerk) as work:
            ids.append(drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1))
    story.checked(office)
    task = story.waiting(office, reviewer)["review_marriage"]
    for _ in range(3):
        story.submit(office, reviewer, task, "one-key", **REFUSED)
    assert len(set(ids)) == 1
    assert [number for number, *_ in numbers(office, ids[0])] == [
        "柯城民不婚〔2026〕00001号", "柯城综受〔2026〕00001号", "柯城综结〔2026〕00001号"
    ]  # fmt: skip


def test_a_new_year_begins_a_new_series(office, clock):
    """Numbers count from 1 again on the first of January of the city."""
    clerk = story.person(office, "wangfang")
    story.accepted(office, clerk)
    clock.now = clock.now.replace(month=12, day=31, hour=15, minute=59)
    assert numbers(office, story.accepted(office, clerk))[0][0] == "柯城综受〔2026〕00002号"
    clock.now += timedelta(minutes=1)
    assert numbers(office, story.accepted(office, clerk))[0][0] == "柯城综受〔2027〕00001号"


def test_what_fails_takes_no_number(office):
    """A command that is undone leaves no gap in the series."""
    clerk = story.person(office, "wangfang")
    draft = story.situated(office, clerk)
    said = story.told(office, clerk, draft)

    def undone():
        with office.begin(clerk) as work:
            drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert numbers(office, story.accepted(office, clerk))[0][0] == "柯城综受〔2026〕00001号"


def test_a_letter_that_cannot_be_written_stops_the_command(city):
    """Nothing is decided without the paper that says so: the task is still open, and the reason is told."""
    text = '<article><p data-if="= marriage.opinion">{= notice.to }</p></article>'
    engine = published(city, letter("另件", "item:refused", kind="NST", item='"marriage"'), text)
    reviewer = story.person(engine, "zhangwei")
    case_id = story.accepted(engine, story.person(engine, "wangfang"))
    task = story.waiting(engine, reviewer)["review_marriage"]
    with pytest.raises(NoticeUnmade, match="另件"):
        story.submit(engine, reviewer, task, **REFUSED, opinion="见上")
    assert [each.name for each in issued(engine, case_id)] == ["受理通知书"]
    with engine.look(SYSTEM) as work:
        assert work.session.get_one(store.Task, task).state == TaskState.OPEN
    story.submit(engine, reviewer, task, **REFUSED)
    assert len(issued(engine, case_id)) == 4


def test_a_node_of_the_drawing_issues_what_it_names(city):
    """The property `notice` on a task: when it completes, no sooner; if a condition does not hold, nothing."""
    issue = '<zeebe:formDefinition formId="issue_marriage" />\n        <zeebe:properties>'
    pair = (DRAWING, issue, f'{issue}<zeebe:property name="notice" value="SAL" />')
    more = letter("结婚登记办结单", "node", item='"marriage"')
    more += letter("另一单", "node", kind="SAL", item='"marriage"', to='["bride.name"]', when="'=1 = 2'")
    engine = published(city, more, "<article><p>{= notice.item.name }</p></article>", pair)
    reviewer = story.person(engine, "zhangwei")
    case_id = story.accepted(engine, story.person(engine, "wangfang"))
    story.decide(engine, reviewer, "review_marriage")
    assert [each.kind for each in issued(engine, case_id)] == ["ACP"]
    story.decide(engine, reviewer, "issue_marriage", **ISSUED)
    done = [each for each in issued(engine, case_id) if each.kind == "SAL"]
    assert [(each.name, each.occasion, each.body) for each in done] == [
        ("结婚登记办结单", Occasion.NODE, "<article><p>结婚登记</p></article>")
    ]


def test_other_rooms_issue_by_occasion(city):
    """What is said with an occasion is what the letter reads; other names are a mistake of the caller."""
    text = "<article><p>延期至{= date(notice.said.until) }，{= notice.said.reason }</p></article>"
    engine = published(city, letter("延期告知书", "item:extended", kind="YQ"), text)
    case_id = story.accepted(engine, story.person(engine, "wangfang"))
    said = {"reason": "案情复杂", "approver": "陈静", "before": "2026-12-01", "until": "2026-12-15"}
    with engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        pack = releases.load(work, case.release_hash)
        assert notices.on(work, case, pack, Occasion.ITEM_PAUSED, item="marriage", said=dict.fromkeys(
            ("ground", "days", "from", "until"), "x")) == []  # fmt: skip
        notices.on(work, case, pack, Occasion.ITEM_EXTENDED, item="marriage", said=said)
        with pytest.raises(ValueError, match="approver"):
            notices.on(work, case, pack, Occasion.ITEM_EXTENDED, item="marriage", said={"until": "2026-12-15"})
    made = next(each for each in issued(engine, case_id) if each.kind == "YQ")
    assert made.body == "<article><p>延期至2026年12月15日，案情复杂</p></article>"


def test_the_ledger_says_what_was_issued(office):
    """Number and name are in the ledger, nothing of what the paper says."""
    clerk = story.person(office, "wangfang")
    case_id = story.accepted(office, clerk)
    with office.begin(clerk) as work:
        entries = [e for e in cases.view(work, case_id).entries if e.kind == EntryKind.NOTICE_ISSUED]
    paper = issued(office, case_id)[0]
    told = {"notice": paper.id, "number": paper.number, "name": "受理通知书", "item": None}
    assert [entry.facts for entry in entries] == [told]
