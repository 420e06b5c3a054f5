"""Handing out the result of an item while others go on: who may, what is asked, once, and again after a correction."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine import cases, catalog, drafts, tasks
from engine.cases.progress import progress
from engine.errors import EngineError, FormInvalid, HandedOut, NotFound, NothingToHandOut
from engine.words import Delivery
from tests import guided

WINDOW, AREA = "zw-330802", "330802006"
RESULT = 'result = { name = "许可证", number = "reason" }\n'
HERE = {"receiver": "方知远", "signed": "true"}


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def case_id(city):
    """A case whose permit is granted while the grant and the burial go on."""
    guided.release(city.engine, extra={"permit": RESULT}, words="许可证")
    clerk, reviewer = city.actor("wangfang"), city.actor("zhangwei")
    with city.engine.begin(clerk) as work:
        draft = drafts.start(work, "guided", WINDOW)
        drafts.situate(work, draft, {"years": "70"}, AREA, page="p", revision=1)
    with city.engine.begin(clerk) as work:
        found = drafts.accept(work, draft, {"person.name": "方知远"}, {"card": "original"}, page="p", revision=-1)
    with city.engine.begin(reviewer) as work:
        task = next(t for t in cases.view(work, found).tasks if t.item == "permit")
        tasks.complete(work, task.id, {"decision": "approved", "reason": "证字1号"}, key="once")
    return found


def out(city, case_id, way="window", item="permit", who="wangfang", **raw):
    """Hand out a result."""
    with city.engine.begin(city.actor(who)) as work:
        cases.hand_over(work, case_id, item, way, {**HERE, **raw})


def shown(city, case_id, item="permit"):
    """The item on the case page."""
    with city.engine.begin(city.actor("wangfang")) as work:
        return next(i for i in cases.view(work, case_id).items if i.spec.code == item)


def code_of(city, case_id):
    """The code printed on the receipt, and the number of the case."""
    with city.engine.begin(city.actor("wangfang")) as work:
        return cases.receipt(work, case_id).code, cases.receipt(work, case_id).number


def test_one_item_is_handed_out_before_the_others(city, case_id):
    """The page shows the result and who handled it; afterwards how, to whom (masked) and by whom it went out."""
    before = shown(city, case_id)
    assert (before.deliverable, before.handed, before.handlers) == (True, None, ("张伟",))
    assert before.result == (("", "许可证"), ("理由", "证字1号"))
    assert not shown(city, case_id, "grant").deliverable
    out(city, case_id)
    after = shown(city, case_id)
    assert (after.deliverable, after.handed.way, after.handed.by) == (False, Delivery.WINDOW, "王芳")
    assert after.handed.receiver != "方知远"


def test_the_applicant_sees_what_can_be_collected(city, case_id):
    """The progress page says of each item whether it is ready, and then that it went out."""
    code, number = code_of(city, case_id)

    def permit():
        with city.engine.look(city.actor("wangfang")) as work:
            return progress(work, number, code).items[0]

    assert (permit().ready, permit().handed) == (True, None)
    out(city, case_id, "ems", tracking="EA123456789CN")
    assert (permit().ready, permit().handed.way) == (False, Delivery.EMS)


@pytest.mark.parametrize(
    ("way", "raw", "field"),
    [
        ("window", {"signed": ""}, "signed"),
        ("window", {"receiver": ""}, "receiver"),
        ("ems", {}, "tracking"),
        ("pickup", {"code": "x"}, "code"),
        ("pigeon", {}, "way"),
        ("", {"receiver": "a" * 81}, "receiver"),
    ],
)
def test_what_is_asked(city, case_id, way, raw, field):
    """Without a signature, a receiver, the number or the right code nothing is handed out."""
    with pytest.raises(FormInvalid) as refused:
        out(city, case_id, way, **raw)
    assert field in {error.key for error in refused.value.errors}
    assert shown(city, case_id).deliverable


def test_pick_up_with_the_code_of_the_receipt(city, case_id):
    """The right code opens it."""
    out(city, case_id, "pickup", code=code_of(city, case_id)[0])
    assert shown(city, case_id).handed.way is Delivery.PICKUP


@pytest.mark.parametrize(
    ("item", "who", "refusal"),
    [("grant", "wangfang", NothingToHandOut), ("nothing", "wangfang", NotFound), ("permit", "hutao", NotFound),
     ("permit", "zhangwei", NotFound)],
)  # fmt: skip
def test_who_may_and_what_there_is(city, case_id, item, who, refusal):
    """An item that is not granted has no result; only the window that took the case hands out."""
    with pytest.raises(refusal):
        out(city, case_id, item=item, who=who)


def test_two_clerks_at_once(city, case_id):
    """Two windows hand out the same result at the same moment: one does, the other is told who did."""
    gate = Barrier(2)

    def attempt(who):
        gate.wait()
        try:
            out(city, case_id, who=who)
        except EngineError as refused:
            return type(refused)
        return None

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(attempt, ("wangfang", "lina"))) == {None, HandedOut}


def test_results_that_are_refused():
    """A field no task of the item asks is named by lint."""
    wrong = RESULT.replace("reason", "nothing")
    assert "feel-name" in {f.rule for f in catalog.lint(guided.files(extra={"permit": wrong}, words="许可证"))}
    assert catalog.lint(guided.files(extra={"permit": RESULT}, words="许可证")) == []
