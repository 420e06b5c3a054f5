"""What is otherwise in one region: the nearest region counts, from a day to a day, and nothing changes elsewhere."""

from datetime import UTC, date, datetime

import pytest

from engine import catalog, changes
from engine.words import Level, Need, Post
from tests import guided

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
DAY, TOWN, OTHER = date(2026, 11, 25), "330802006", "330803001"
OLD = {"years": 70, "muslim": False}
CITY_OFF = """
[[local]]
region = "330800"
from = 2026-01-01
source = "SAMPLE"
item = "grant"
off = "全市尚未开展"
"""
COUNTY_ON = CITY_OFF.replace("330800", "330802").replace('off = "全市尚未开展"', "on = true")
PROMISE = """
[[local]]
region = "330802"
from = 2026-06-01
until = 2026-11-25
source = "SAMPLE"
item = "permit"
promise = { days = 1, unit = "工作日", text = "一个工作日", source = "SAMPLE" }
depends = ["burial"]
"""
LANE = """
[[local]]
region = "330802"
from = 2026-01-01
source = "SAMPLE"
lane = "民政"
level = "township"
posts = ["handler"]
"""
AGE = """
[[parameters.age]]
value = 60
unit = "周岁"
from = 2026-01-01
source = "SAMPLE"

[[parameters.age]]
area = "330802"
value = 55
unit = "周岁"
from = 2026-11-25
source = "SAMPLE"
"""
WORDS = "全市尚未开展 一个工作日"


def pack(more="", **changes):
    """The pack with these entries."""
    return guided.pack(more=more, words=WORDS, **changes)


def grant(more, area):
    """How the grant stands in an area."""
    return catalog.guided(catalog.local(pack(more), area, DAY), OLD, NOW)[1]


def test_nothing_local_is_the_same_pack():
    """A pack without entries is not even copied."""
    whole = pack()
    assert catalog.local(whole, TOWN, DAY) is whole


def test_switched_off_says_why():
    """Off in the city: not handled in any of its townships, with the reason, and never part of the case."""
    found = grant(CITY_OFF, TOWN)
    assert (found.need, found.reasons, found.included) == (Need.NOT_HERE, ("全市尚未开展",), False)
    assert grant(CITY_OFF.replace("330800", "330803"), TOWN).included


def test_what_does_not_apply_is_not_missed():
    """Nobody is told that something is not handled here which their answers do not call for anyway."""
    there = catalog.local(pack(CITY_OFF), TOWN, DAY)
    assert catalog.guided(there, {"years": 40, "muslim": False}, NOW)[1].need is Need.NOT_APPLICABLE


@pytest.mark.parametrize("order", [CITY_OFF + COUNTY_ON, COUNTY_ON + CITY_OFF])
def test_the_nearest_region_counts(order):
    """On in the county although off in the city, wherever they stand in the file."""
    assert grant(order, TOWN).included
    assert grant(order, OTHER).need is Need.NOT_HERE


@pytest.mark.parametrize(
    ("day", "days"), [(date(2026, 5, 31), 2), (date(2026, 6, 1), 1), (date(2026, 11, 25), 1), (date(2026, 11, 26), 2)]
)
def test_from_a_day_to_a_day(day, days):
    """Both days count; before and after it is as everywhere."""
    item = catalog.local(pack(PROMISE), TOWN, day).item("permit")
    assert (item.promise.days, item.depends) == (days, ("burial",) if days == 1 else ())


def test_lane_and_parameter():
    """A lane goes to the township there, and a legal value is another one from its day on."""
    there = catalog.local(pack(LANE, head=AGED), TOWN, DAY)
    assert (there.lanes["民政"].level, there.lanes["民政"].posts) == (Level.TOWNSHIP, (Post.HANDLER,))
    assert there.parameters_on(DAY) == {"age": 55}
    assert catalog.local(pack(LANE, head=AGED), TOWN, date(2026, 11, 24)).parameters_on(date(2026, 11, 24)) == {
        "age": 60
    }
    elsewhere = catalog.local(pack(LANE, head=AGED), OTHER, DAY)
    assert (elsewhere.lanes["民政"].level, elsewhere.parameters_on(DAY)) == (Level.COUNTY, {"age": 60})


AGED = guided.HEAD.replace('[parameters.age]\nvalue = 60\nunit = "周岁"\nfrom = 2026-01-01\nsource = "SAMPLE"\n', AGE)


def rules(more, **changes):
    """The rules lint finds broken."""
    return {f.rule for f in catalog.lint(guided.files(more=more, words=WORDS, **changes)) if not f.warning}


def test_good_entries_have_no_findings():
    """All of it passes lint."""
    assert rules(CITY_OFF + COUNTY_ON + PROMISE + LANE, head=AGED) == set()


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        (CITY_OFF.replace("330800", "3308"), "local-region"),
        (CITY_OFF.replace('item = "grant"', ""), "local-what"),
        (CITY_OFF + "on = true\n", "local-what"),
        (CITY_OFF.replace('item = "grant"', 'item = "grants"'), "item-unknown"),
        (CITY_OFF.replace("from = 2026-01-01\n", ""), "missing-key"),
        (CITY_OFF.replace('source = "SAMPLE"\n', ""), "missing-key"),
        (CITY_OFF.replace("全市尚未开展", "没有英文"), "text-no-english"),
        (CITY_OFF + 'level = "city"\n', "unknown-key"),
        (LANE.replace("民政", "民生"), "lane-unmapped"),
        (LANE.replace("township", "village"), "bad-value"),
        (PROMISE.replace('["burial"]', '["permit"]'), "item-cycle"),
        (PROMISE.replace("days = 1", "days = 0"), "limit-sum"),
        (PROMISE.replace("until = 2026-11-25", "until = 2026-05-25"), "effective-order"),
    ],
)
def test_entries_that_are_refused(more, rule):
    """Wrong region, nothing or two things said, unknown names, no date or source, and what breaks the pack there."""
    assert rule in rules(more)


def test_a_drawing_has_to_ask_whether_an_item_applies():
    """An item that can be switched off and whose way is drawn without asking would be worked on all the same."""
    deaf = guided.drawing().replace("=grant.applies", "=years &gt; 60")
    assert rules(CITY_OFF, process__bpmn=deaf) == {"applies-unread"}


@pytest.mark.parametrize("text", ["on = true", "days = 1", "from = 2026-06-01", 'posts = ["handler"]', "330802"])
def test_differences_are_told(text):
    """Between two releases every local entry that changed is told."""
    other = {"on = true": 'off = "全市尚未开展"', "days = 1": "days = 2", "from = 2026-06-01": "from = 2026-06-02"}
    new = other.get(text, "330803" if text == "330802" else 'posts = ["approver"]')
    before = COUNTY_ON + PROMISE + LANE
    assert changes.packs(pack(before), pack(before.replace(text, new))) != ()
