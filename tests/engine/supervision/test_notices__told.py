"""What becomes of an item's time is told to the applicants in writing, if the pack has a letter for it."""

import pytest

from engine import notices, releases
from engine.store import Case
from engine.work import SYSTEM
from tests import story, timed
from tests.engine.migration.edited import ENGLISH, PACK, PROPERTY
from tests.engine.notices.conftest import letter
from tests.engine.supervision.test_clocks__running import ask_supplement, supply
from tests.engine.supervision.test_extensions__approver import decide, request

NAMES = {"延期告知书": "Notice of more time", "特别程序告知书": "Notice of a special procedure"}
EXTENDED = "<article><p>{= notice.said.approver }：{= notice.said.reason }</p><p>{= notice.said.until }</p></article>"


def published(city, name, on, kind, text, *more):
    """The timed pack with one more letter."""
    files = timed.files(*more)
    files[PACK] += letter(name, on, kind=kind)
    files["workflows/family/letters/more.html"] = text
    files[ENGLISH] += f'"{name}" = "{NAMES[name]}"\n'
    with city.engine.begin(SYSTEM) as work:
        releases.publish(work, files)
    return story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})


@pytest.fixture
def married(city):
    """Bring a case to where the police have their items."""

    def done():
        story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
        story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **timed.CERTIFICATE, **timed.COPIES)

    return done


def bodies(city, case_id, kind):
    with city.engine.begin(SYSTEM) as work:
        return [n.body for n in notices.listed(work, work.session.get_one(Case, case_id)) if n.kind == kind]


def test_more_time_is_told_with_approver_reason_and_day(city, married):
    """《行政许可法》第四十二条: the applicant is told why; a refused wish is told to nobody."""
    case_id = published(city, "延期告知书", "item:extended", "YQ", EXTENDED)
    married()
    decide(city, request(city, case_id), grant=False)
    assert bodies(city, case_id, "YQ") == []
    decide(city, request(city, case_id))
    (body,) = bodies(city, case_id, "YQ")
    assert body == "<article><p>陈静：案情复杂，需调阅历史档案。</p><p>2026-12-14</p></article>"


def test_publicity_is_told_with_its_days(city, married):
    """《行政许可法》第四十五条: how long it takes is told in writing, once, when it begins."""
    text = "<article><p>{= notice.said.ground }{= string(notice.said.days) }日，至{= notice.said.until }</p></article>"
    case_id = published(city, "特别程序告知书", "item:paused", "SPE", text)
    married()
    ask_supplement(city)
    assert bodies(city, case_id, "SPE") == []
    supply(city)
    assert bodies(city, case_id, "SPE") == ["<article><p>公示7日，至2026-11-30</p></article>"]


def test_only_the_step_it_stands_in_says_how_long(city, married):
    """The review stops the clock on the same ground for longer, but publicity is where it stands now."""
    text = "<article><p>{= string(notice.said.days) }日</p></article>"
    limit = 'status_groom.decision\' />\n          <zeebe:property name="limit" value="{}" />'
    longer = limit.format("60 自然日") + PROPERTY.format("pause", "公示")
    case_id = published(city, "特别程序告知书", "item:paused", "SPE", text, (limit.format("2 工作日"), longer))
    married()
    ask_supplement(city)
    supply(city)
    assert sorted(bodies(city, case_id, "SPE")) == [f"<article><p>{days}日</p></article>" for days in (60, 7)]
