"""The situation guide at the counter: ticks are kept and checked, and every item shows its reason and its last day."""

from datetime import date

import pytest

from engine import cases, drafts
from engine.errors import FormInvalid
from engine.words import Need
from tests import guided

WINDOW, AREA = "zw-330802", "330802006"
OLD, YOUNG = {"years": "70"}, {"years": "40"}


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def clerk(city):
    """王芳 at her window, with the pack published."""
    guided.release(city.engine)
    return city.actor("wangfang")


@pytest.fixture
def draft(city, clerk):
    """A draft of it."""
    with city.engine.begin(clerk) as work:
        return drafts.start(work, "guided", WINDOW)


def situate(city, clerk, draft, raw, chosen):
    """Answer the questions and look at the draft."""
    with city.engine.begin(clerk) as work:
        drafts.situate(work, draft, raw, AREA, chosen, page="p", revision=1)
    with city.engine.look(clerk) as work:
        return drafts.view(work, draft)


def included(view):
    """Codes of the items that become part of the case."""
    return [line.item.spec.code for line in view.guide.lines if line.item.included]


def test_what_is_ticked_by_itself(city, clerk, draft):
    """Nothing posted: what is offered and ticked beforehand is taken, what is only offered is not."""
    view = situate(city, clerk, draft, OLD, {})
    assert included(view) == ["permit", "grant", "burial"]
    assert [line.item.need for line in view.guide.lines] == [Need.REQUIRED, Need.CHOSEN, Need.REQUIRED]


def test_opting_out_and_in_is_kept(city, clerk, draft):
    """What the clerk unticked stays unticked on the next page, and its papers and fields go with it."""
    view = situate(city, clerk, draft, OLD, {"grant": False, "visit": True})
    assert included(view) == ["permit", "burial"]
    assert [paper.spec.code for paper in view.papers] == ["card"]
    assert included(situate(city, clerk, draft, YOUNG, {"visit": True})) == ["permit", "visit", "burial"]


def test_a_required_item_is_not_unticked(city, clerk, draft):
    """A forged or outdated page that unticks it is refused and names it."""
    with pytest.raises(FormInvalid) as refused:
        situate(city, clerk, draft, OLD, {"permit": False})
    assert [error.key for error in refused.value.errors] == ["items.permit"]


def test_ticks_for_what_does_not_apply_are_nothing(city, clerk, draft):
    """A page that offered it for other answers changes nothing."""
    assert included(situate(city, clerk, draft, OLD, {"visit": True, "nobody": True})) == ["permit", "grant", "burial"]


def test_last_day_and_reasons(city, clerk, draft):
    """Each item says when it is done at the latest and why it is done; the whole says its last day."""
    with city.engine.look(clerk) as work:
        guide = drafts.preview(work, draft, OLD, AREA).guide
    assert [line.due.day for line in guide.lines] == [date(2026, 11, 25)] * 3
    assert guide.latest.day == date(2026, 11, 25)
    assert guide.departments == 1
    assert guide.lines[1].item.reasons == ("满六十周岁可领",)
    assert guide.why == {"card": ("核对身份",), "bank": ("补助打入本人账户",)}


def test_nothing_follows_from_unfinished_answers(city, clerk, draft):
    """Without the area, or without an answer, the guide is empty."""
    with city.engine.look(clerk) as work:
        assert drafts.preview(work, draft, OLD, "").guide.lines == ()
        assert drafts.preview(work, draft, {}, AREA).guide.lines == ()


def test_the_case_has_what_was_chosen(city, clerk, draft):
    """Accepting takes the ticked items, and the ledger says by which rules they were called for."""
    situate(city, clerk, draft, OLD, {"grant": False})
    with city.engine.begin(clerk) as work:
        case_id = drafts.accept(work, draft, {"person.name": "方知远"}, {"card": "original"}, page="p", revision=-1)
    with city.engine.begin(clerk) as work:
        case = cases.view(work, case_id)
    assert [item.spec.code for item in case.items] == ["permit", "burial"]
    made = [entry.facts for entry in case.entries if entry.kind == "decision:made"]
    assert [(fact["name"], fact["rules"]) for fact in made] == [("items", [1, 2, 4]), ("papers", [1])]
