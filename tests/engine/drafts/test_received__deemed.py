"""Papers received at the window are answered in five working days, or the application is deemed accepted."""

from datetime import date, datetime

import pytest

from engine import cases, clocks, drafts, worker
from engine.clocks import Exceptional
from engine.errors import DraftAsked, DraftReceived, DraftRefused, FormInvalid, NotFound, NotReceived
from engine.store import Case, Clock
from engine.words import CITY, DayKind
from engine.work import SYSTEM
from tests import story, timed


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def clerk(city):
    """王芳 at her window, with a pack that has a promise for the whole case."""
    timed.publish(city.engine)
    return city.actor("wangfang")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


@pytest.fixture
def draft(city, clerk):
    """Situated and received on Monday the 23rd at nine."""
    found = story.situated(city.engine, clerk)
    with city.engine.begin(clerk) as work:
        drafts.receive(work, found)
    return found


def seen(city, actor, draft):
    with city.engine.look(actor) as work:
        return next((line for line in drafts.received(work) if line.id == draft), None)


def accept(city, clerk, draft):
    said = story.told(city.engine, clerk, draft)
    with city.engine.begin(clerk) as work:
        return drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)


def test_a_receipt_has_a_number_and_a_last_moment(city, clerk, draft):
    """Five working days after the day of receipt, at closing; the second click finds the same receipt."""
    line = seen(city, clerk, draft)
    assert line.decide_by == at("2026-11-30T17:30")
    assert line.receipt.startswith("SJ33080220261123")
    with city.engine.begin(clerk) as work:
        assert drafts.receive(work, draft) == line.receipt
        assert drafts.receipt(work, draft).received_at == line.received_at


def test_nobody_decided_so_it_is_deemed_accepted(city, clerk, draft, clock):
    """A moment after the last one, not at it; window and supervisor see it, clocks count from the receipt."""
    clock.now = at("2026-11-30T17:30")
    assert worker.deem(city.engine) == 0
    clock.forward(seconds=1)
    assert [worker.deem(city.engine), worker.deem(city.engine)] == [1, 0]
    assert seen(city, clerk, draft).deemed_at == at("2026-11-30T17:30")
    assert seen(city, city.actor("sunhui"), draft).deemed_at
    clock.forward(days=1)
    case_id = accept(city, clerk, draft)
    assert seen(city, clerk, draft) is None
    story.checked(city.engine)
    with city.engine.look(SYSTEM) as work:
        case = work.session.get(Case, case_id)
        rows = {(row.item, row.kind): row.started_at for row in work.session.query(Clock).filter_by(case_id=case_id)}
        assert case.counts_from == at("2026-11-23T09:00")
        assert case.facts["case"]["accepted_on"] == "2026-11-23"
    assert rows["", "promise"] == rows["marriage", "promise"] == at("2026-11-23T09:00")
    with city.engine.begin(clerk) as work:
        entry = cases.view(work, case_id).entries[0]
    assert entry.facts["since"] == "2026-11-23T01:00:00+00:00"


def test_time_is_over_before_the_worker_came(city, clerk, draft, clock):
    """What was not decided in time is deemed accepted whether or not somebody swept: it cannot be refused any more."""
    clock.now = at("2026-11-30T17:31")
    with pytest.raises(NotFound), city.engine.begin(clerk) as work:
        drafts.refuse(work, draft, "材料不齐。", "某法第一条")
    case_id = accept(city, clerk, draft)
    with city.engine.look(SYSTEM) as work:
        assert work.session.get(Case, case_id).counts_from


def test_the_day_of_acceptance_is_that_of_the_receipt(city, clerk, draft, clock):
    """Who was too young on the day of the receipt is so a week later, as long as nobody asked for anything."""
    with city.engine.begin(clerk) as work:
        young = {"groom.id_number": "330802200411249978"}
        drafts.save(work, draft, young, {}, page="p", revision=-1)
    clock.forward(days=8)
    with city.engine.look(clerk) as work:
        assert "groom.birth_date" in [remark.address for remark in drafts.view(work, draft).remarks]


def test_accepted_in_time_counts_from_the_acceptance(city, clerk, draft, clock):
    """A window that decides in time has its clocks from that day."""
    clock.forward(days=2)
    case_id = accept(city, clerk, draft)
    with city.engine.look(SYSTEM) as work:
        assert work.session.get(Case, case_id).counts_from is None
    clock.forward(days=30)
    assert worker.deem(city.engine) == 0


def test_asked_for_what_is_missing_stops_that_clock(city, clerk, draft, clock):
    """Once the one notice was handed out nothing is deemed accepted."""
    with city.engine.begin(clerk) as work:
        drafts.ask_missing(work, draft, "男方户口簿首页")
    clock.forward(days=30)
    assert worker.deem(city.engine) == 0
    line = seen(city, clerk, draft)
    assert (line.decide_by, line.deemed_at, line.asked_at) == (None, None, at("2026-11-23T09:00"))
    assert line.asked == "男方户口簿首页"


def test_what_is_missing_is_told_once_and_in_words(city, clerk, draft, clock):
    """Nothing is no list; a second list is refused, and so is one after the last day; required papers are proposed."""
    with city.engine.begin(clerk) as work:
        assert drafts.receipt(work, draft).missing[:2] == ("男方居民身份证", "女方居民身份证")
    with pytest.raises(FormInvalid), city.engine.begin(clerk) as work:
        drafts.ask_missing(work, draft, " ")
    late = story.situated(city.engine, clerk)
    with city.engine.begin(clerk) as work:
        drafts.receive(work, late)
        drafts.ask_missing(work, draft, "户口簿")
    with pytest.raises(DraftAsked), city.engine.begin(clerk) as work:
        drafts.ask_missing(work, draft, "身份证")
    clock.now = at("2026-11-30T17:31")
    with pytest.raises(NotFound), city.engine.begin(clerk) as work:
        drafts.ask_missing(work, late, "户口簿")


def test_a_colleague_goes_on(city, clerk, draft):
    """At the same window somebody else may answer; the first one has it no more, another window never."""
    colleague, stranger = city.actor("lina"), city.actor("liuqiang")
    assert seen(city, clerk, draft).ours
    with pytest.raises(NotFound), city.engine.begin(stranger) as work:
        drafts.take_over(work, draft)
    with city.engine.begin(colleague) as work:
        drafts.take_over(work, draft)
    revision = story.revision_of(city.engine, colleague, draft)
    said = story.told(city.engine, colleague, draft)
    with city.engine.begin(colleague) as work:
        assert drafts.accept(work, draft, said.answers, said.papers, page="q", revision=revision)
    with pytest.raises(NotFound), city.engine.begin(clerk) as work:
        drafts.take_over(work, draft)


def test_a_refusal_is_final_and_says_why(city, clerk, draft, clock):
    """With reason and basis; afterwards it is neither saved, accepted nor refused again, nor deemed accepted."""
    for reason, basis in (("", "某法第一条"), ("不属于本机关职权。", " ")):
        with pytest.raises(FormInvalid), city.engine.begin(clerk) as work:
            drafts.refuse(work, draft, reason, basis)
    with city.engine.begin(clerk) as work:
        drafts.refuse(work, draft, "不属于本机关职权。", "《行政许可法》第三十二条第一款第（二）项")
    clock.forward(days=30)
    assert worker.deem(city.engine) == 0
    for change in (
        lambda work: drafts.save(work, draft, {}, {}, page="p", revision=-1),
        lambda work: drafts.refuse(work, draft, "再次不予受理。", "某法第一条"),
        lambda work: drafts.ask_missing(work, draft, "户口簿"),
    ):
        with pytest.raises(DraftRefused), city.engine.begin(clerk) as work:
            change(work)
    with pytest.raises(DraftRefused):
        accept(city, clerk, draft)
    with city.engine.begin(clerk) as work:
        assert drafts.receipt(work, draft).refusal == "不属于本机关职权。"
        assert drafts.mine(work) == ()


def test_what_was_not_received_cannot_be_refused(city, clerk):
    """Before the receipt there is nothing to answer, and no receipt to print; after it nothing is thrown away."""
    fresh = story.situated(city.engine, clerk)
    for change in (
        lambda work: drafts.refuse(work, fresh, "材料不齐。", "某法第一条"),
        lambda work: drafts.ask_missing(work, fresh, "户口簿"),
        lambda work: drafts.receipt(work, fresh),
    ):
        with pytest.raises(NotReceived), city.engine.begin(clerk) as work:
            change(work)
    with city.engine.begin(clerk) as work:
        drafts.receive(work, fresh)
    with pytest.raises(DraftReceived), city.engine.begin(clerk) as work:
        drafts.discard(work, fresh)


def test_a_changed_calendar_moves_the_last_moment(city, clerk, draft):
    """A day off in between gives the window a day more."""
    with city.engine.begin(SYSTEM) as work:
        clocks.set_day(work, Exceptional(date(2026, 11, 26), DayKind.REST, "台风停工"), "330802", "通告")
    with city.engine.begin(SYSTEM) as work:
        assert [drafts.recount(work), drafts.recount(work)] == [1, 0]
    assert seen(city, clerk, draft).decide_by == at("2026-12-01T17:30")


def test_a_receipt_is_its_own_windows(city, clerk, draft):
    """Another window does not see it, a colleague cannot answer in the clerk's place."""
    stranger = city.actor("liuqiang")
    assert seen(city, stranger, draft) is None
    with pytest.raises(NotFound), city.engine.begin(stranger) as work:
        drafts.receive(work, draft)


def test_over_the_holidays(city, clerk, clock):
    """Received on the Friday before Spring Festival: the adjusted Saturday counts, the holiday does not."""
    clock.now = at("2026-02-13T10:00")
    found = story.situated(city.engine, clerk)
    with city.engine.begin(clerk) as work:
        drafts.receive(work, found)
    assert seen(city, clerk, found).decide_by == at("2026-02-27T17:30")
