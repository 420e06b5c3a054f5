"""Indicators: counted by hand for two cases; what has no base has no value, and says why."""

import re
from datetime import date

import pytest

from engine import catalog, figures
from engine.figures import Counted
from engine.store import Extension
from engine.work import SYSTEM
from tests import story
from tests.engine.supervision.test_clocks__running import ask_supplement

DOMAIN = catalog.content_root().parent / "shared" / "domain.md"


def measured(city, login="sunhui", name="2026-11"):
    """Part and whole by code."""
    with city.engine.look(city.actor(login)) as work:
        found = figures.measured(work, figures.term(work.now, name))
    return {each.indicator.code: (each.part, each.whole) for each in found}


def test_counted_by_hand(city, case_id):
    """One case of two departments, one item decided in time; the police ask one of the couple for something more."""
    found = measured(city)
    assert (found["P01"], found["P02"], found["P04"]) == ((1, None), (1, 1), (1, 1))
    assert (found["P05"], found["P06"], found["P07"]) == ((0, 1), (0, 1), (0, 1))
    ask_supplement(city)
    assert measured(city)["P05"] == (1, 1)


def test_refused_and_extended_items(city, case_id, clock):
    """An item that was refused, and one that was granted more time, count once each; a wish that waits does not."""
    with city.engine.begin(SYSTEM) as work:
        said = {
            "case_id": case_id,
            "department_id": "mz-330802",
            "reason": "案情复杂",
            "asked_at": work.now,
            "amount": 1,
        }
        said["asked_by"] = city.actor("xuyan").id
        work.session.add(Extension(**said, item="marriage", state="granted"))
        work.session.add(Extension(**said, item="status_groom", state="asked"))
    story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    refused = {"decision": "refused", "reason": "不符合条件", "legal_basis": "《民法典》第一千零四十六条"}
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage", **refused)
    waiting = story.waiting(city.engine, city.actor("zhangwei"))
    assert not waiting, waiting
    found = measured(city)
    assert (found["P01"], found["P06"], found["P07"]) == ((2, None), (1, 2), (1, 2))


def test_no_base_is_no_rate(city, case_id):
    """In a month in which nothing happened, and in a county without a case, there is no rate: neither 0 nor 100."""
    for found in (measured(city, name="2026-10"), measured(city, "wuqian")):
        assert found["P01"] == (0, None)
        assert found["P04"] == (0, 0)
    with city.engine.look(city.actor("wuqian")) as work:
        rates = {each.rate for each in figures.measured(work, figures.term(work.now)) if each.whole is not None}
    assert rates == {None}


def test_what_has_no_value_says_why(city, case_id):
    """Where nothing is counted there is a reason, and where there is a reason nothing is counted."""
    with city.engine.look(city.actor("sunhui")) as work:
        found = figures.measured(work, figures.term(work.now))
    for each in found:
        assert (each.part is None) == (each.indicator.why is not None), each.indicator.code
        assert set(each.indicator.part) <= set(Counted)


def test_goals_are_those_of_the_brief():
    """The twenty goals, each with its target, unit and day as they were written down."""
    found = figures.goals(catalog.content_root())
    assert len({goal.code for goal in found}) == 20
    if not DOMAIN.is_file():
        pytest.skip("the brief of the work is not beside this folder")
    rows = re.findall(r"^(\w{4}),(.+?),(\d+),(\S),>=,(\S+?),", DOMAIN.read_text("utf-8"), re.MULTILINE)
    told = [(c, name, int(target), unit, date.fromisoformat(due)) for c, name, target, unit, due in rows]
    assert [(g.code, g.name, g.target, g.unit, g.due) for g in found] == told


def test_an_installation_may_have_no_goals(tmp_path):
    """Without the file there are none."""
    assert figures.goals(tmp_path) == ()
