"""Papers that may follow (容缺) are named with their day, in a notice that is issued only when there are some."""

from dataclasses import replace

from engine import drafts
from tests import story
from tests.engine.notices.conftest import TOML, issued, letter, published

STATES = 'states = ["original", "shared", "commitment"]\nrequired = '
MAY_FOLLOW = STATES + 'true\ntolerable = { days = 5, unit = "工作日", source = "SAMPLE", granted = false }'
DAY = "{= paper.name }，{= paper.due }前"
TEXT = f'<article><p data-for="paper in = notice.papers" data-if="= paper.due != null">{DAY}</p></article>'
SOME = "'=some paper in notice.papers satisfies paper.due != null'"


def may_follow(city):
    """The city, where the groom's hukou book may follow."""
    letters = letter("容缺受理通知书", "case:accepted", "RQ", when=SOME)
    return published(city, letters, TEXT, (TOML, STATES + "false", MAY_FOLLOW))


def accepted(engine, clerk, state):
    """A case whose first hukou book is in this state."""
    draft = story.situated(engine, clerk)
    said = story.told(engine, clerk, draft)
    said = replace(said, papers={**said.papers, "hukou_book_groom": state})
    with engine.begin(clerk) as work:
        return drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)


def test_the_notice_names_paper_and_day(city):
    """Five working days after Monday the 23rd, in both notices of that day."""
    engine = may_follow(city)
    case_id = accepted(engine, city.actor("wangfang"), "tolerated")
    told = {one.name: one.body for one in issued(engine, case_id)}
    assert "男方居民户口簿，2026年11月30日前" in told["容缺受理通知书"]
    assert "男方居民户口簿（2026年11月30日前）" in told["受理通知书"]


def test_without_one_there_is_no_such_notice(city):
    """Everything was brought."""
    engine = may_follow(city)
    case_id = accepted(engine, city.actor("wangfang"), "original")
    assert [one.name for one in issued(engine, case_id)] == ["受理通知书"]
