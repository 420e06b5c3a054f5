"""A paper whose time runs out before what needs it is decided is no longer valid, until it is brought again."""

from datetime import timedelta

import pytest

from engine import cases, store, tasks
from engine.errors import FormInvalid
from engine.materials.checklist import MISSING_PAPER
from engine.words import MaterialState
from engine.work import SYSTEM
from tests import story
from tests.engine.cases.test_incidents__scope import ISSUED

BACK = {"decision": "supplement", "missing": "照片"}


def photo(office, case_id, login="zhangwei"):
    """The photo, which serves for 30 days, as this person sees it."""
    with office.engine.begin(office.actor(login)) as work:
        return next(p for p in cases.view(work, case_id).papers if p.spec.code == "photo")


def test_it_is_valid_until_its_moment_and_the_window_renews_it(office, publish, accept, clock):
    """A second before it is there, at the moment it is expired, and handed in anew it counts from then."""
    publish()
    case_id = accept("original")
    until = clock.now + timedelta(days=30)
    assert photo(office, case_id).expires_at == until
    clock.now = until - timedelta(seconds=1)
    assert photo(office, case_id).state == MaterialState.ORIGINAL
    clock.now = until
    assert photo(office, case_id).state == MaterialState.EXPIRED
    with office.engine.begin(office.actor("wangfang")) as work:
        cases.hand_in(work, case_id, "photo", "original")
    renewed = photo(office, case_id)
    assert (renewed.state, renewed.expires_at) == (MaterialState.ORIGINAL, until + timedelta(days=30))


def test_what_was_decided_in_time_stays_as_it_was(office, publish, accept, clock):
    """The marriage is registered on the day; a month later its photo is what it was then."""
    publish()
    case_id = accept("original")
    story.decide(office.engine, office.actor("zhangwei"), "review_marriage")
    story.decide(office.engine, office.actor("zhangwei"), "issue_marriage", **ISSUED)
    clock.forward(days=31)
    assert photo(office, case_id).state == MaterialState.ORIGINAL


def test_a_supplement_asks_for_a_new_one(office, publish, accept, clock):
    """The window cannot send the item back to the review with a required paper that is no longer valid."""
    publish()
    case_id, clerk = accept("original"), office.actor("wangfang")
    story.decide(office.engine, office.actor("zhangwei"), "review_marriage", **BACK)
    clock.forward(days=30)
    task = story.waiting(office.engine, clerk)["supplement_marriage"]
    brought = story.supplement(office.engine, clerk, "supplement_marriage")
    with pytest.raises(FormInvalid) as refused:
        story.submit(office.engine, clerk, task, **brought)
    assert {error.key: error.message for error in refused.value.errors} == {"papers.photo": MISSING_PAPER}
    with office.engine.begin(clerk) as work:
        given = {key.replace("__", "."): value for key, value in brought.items()}
        tasks.complete(work, task, given, papers={"photo": "original"}, key="brought")
    assert photo(office, case_id).state == MaterialState.ORIGINAL
    with office.engine.look(SYSTEM) as work:
        row = next(m for m in work.session.get_one(store.Case, case_id).materials if m.code == "photo")
        assert row.expires_at == clock.now + timedelta(days=30)
