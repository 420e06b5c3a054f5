"""Who may see the reductions of a case: whoever may read the case, and whoever has its number and code."""

import pytest

from engine import cases, drafts, reductions, tasks
from engine.errors import NotFound, ProgressRefused
from engine.words import Reduction
from engine.work import SYSTEM
from tests import guided

EXTRA = {
    "permit": 'apart = { steps = 3, papers = 2, visits = 1, source = "SAMPLE" }\n'
    'legal = { days = 10, unit = "工作日", text = "十日", source = "SAMPLE" }\n',
    "burial": 'apart = { steps = 3, papers = 1, visits = 1, source = "SAMPLE" }\n',
}
HEAD = guided.HEAD.replace("effective_from", 'visits = { most = 1, source = "SAMPLE" }\neffective_from')


@pytest.fixture
def url(database_url):
    """Both databases find when somebody came."""
    return database_url


@pytest.fixture
def taken(city, clock):
    """A case of permit and burial, received on Monday and accepted a day later."""
    guided.release(city.engine, extra=EXTRA, head=HEAD, words="十日")
    clerk = city.actor("wangfang")
    with city.engine.begin(clerk) as work:
        draft = drafts.start(work, "guided", "zw-330802")
        drafts.situate(work, draft, {"years": "50"}, "330802006", page="p", revision=1)
        drafts.receive(work, draft)
    clock.forward(days=1)
    with city.engine.begin(clerk) as work:
        return drafts.accept(work, draft, {"person.name": "方知远"}, {"card": "original"}, page="p", revision=-1)


def decide(city, case_id, item, **answers):
    """Review one item."""
    with city.engine.begin(city.actor("zhangwei")) as work:
        task = next(t for t in cases.view(work, case_id).tasks if t.item == item)
        tasks.complete(work, task.id, answers, key=item)


def seen(city, case_id, who="wangfang"):
    """The reductions on the case page."""
    with city.engine.begin(city.actor(who)) as work:
        return reductions.of_case(work, case_id)


def test_a_running_case_shows_the_model_and_a_finished_one_what_happened(city, clock, taken):
    """Before it is finished nothing is claimed of it; afterwards only what was granted counts."""
    before = seen(city, taken)
    assert (before.happened, [line.item.code for line in before.lines]) == (False, ["permit", "burial"])
    clock.forward(days=1)
    decide(city, taken, "permit", decision="approved")
    assert not seen(city, taken).happened
    decide(city, taken, "burial", decision="refused", reason="不符合", legal_basis="某法第一条")
    after = seen(city, taken)
    assert (after.happened, [line.item.code for line in after.lines]) == (True, ["permit"])
    assert {f.kind: (f.apart, f.together, f.less) for f in after.figures} == {
        Reduction.STEPS: (3, 2, 1),
        Reduction.PAPERS: (2, 1, 1),
        Reduction.TIME: (10, 1, 9),  # accepted on Tuesday, granted on Wednesday
        Reduction.VISITS: (1, 1, 0),  # on Monday, for the receipt
    }


def test_a_result_that_is_fetched_later_is_one_more_visit(city, clock, taken):
    """A finished case goes on being counted until its results are out."""
    decide(city, taken, "permit", decision="approved")
    decide(city, taken, "burial", decision="refused", reason="不符合", legal_basis="某法第一条")
    clock.forward(days=2)
    with city.engine.begin(city.actor("wangfang")) as work:
        cases.hand_over(work, taken, "permit", "window", {"receiver": "方知远", "signed": "true"})
    assert seen(city, taken).figures[3].together == 2


def test_what_was_asked_for_before_acceptance_is_one_more_visit(city, clock, taken):
    """Who had to bring something before the application was accepted came again."""
    clerk = city.actor("wangfang")
    with city.engine.begin(clerk) as work:
        draft = drafts.start(work, "guided", "zw-330802")
        drafts.situate(work, draft, {"years": "50"}, "330802006", page="p", revision=1)
        drafts.receive(work, draft)
        drafts.ask_missing(work, draft, "户口簿首页")
    clock.forward(days=1)
    with city.engine.begin(clerk) as work:
        case_id = drafts.accept(work, draft, {"person.name": "方知远"}, {"card": "original"}, page="p", revision=-1)
    decide(city, case_id, "permit", decision="approved")
    decide(city, case_id, "burial", decision="approved")
    assert seen(city, case_id).figures[3].together == 2


def test_strangers_see_nothing(city, taken):
    """A case one may not read does not exist; a wrong code is refused."""
    with pytest.raises(NotFound):
        seen(city, taken, "hutao")
    with city.engine.begin(city.actor("wangfang")) as work:
        printed = cases.receipt(work, taken)
    with city.engine.look(SYSTEM) as work:
        assert reductions.of_progress(work, printed.number, printed.code).lines
        with pytest.raises(ProgressRefused):
            reductions.of_progress(work, printed.number, "000000" if printed.code != "000000" else "111111")
