"""A move from another province: granted by the reply of the former place, the clock standing still till then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from engine import store
from engine.work import SYSTEM
from tests import story

CERTIFICATE = {
    "certificate_number": "J330802-2026-000123", "registered_on": "2026-11-23", "groom_copy": "1", "bride_copy": "2",
    "registrar": "张伟",
}  # fmt: skip
AWAY = {"origin": "other_province", "outside_party": "bride", "want_birth": "no"}
PERMIT = {"permit_number": "样例准字第000001号", "permit_sent_on": "2026-11-23", "permit_sent_to": "样例外省公安局"}


@pytest.fixture
def moving(city):
    """A case whose move was approved here; returns the engine, the police officer and the case."""
    story.publish_family(city.engine)
    clerk, registrar, police = (city.actor(login) for login in ("wangfang", "zhangwei", "hejie"))
    case_id = story.accepted(city.engine, clerk, situation=AWAY)
    story.decide(city.engine, registrar, "review_marriage")
    story.decide(city.engine, registrar, "issue_marriage", **CERTIFICATE)
    story.decide(city.engine, police, "review_status_groom")
    story.decide(city.engine, police, "review_migration")
    return city, police, case_id


def item(city, case_id, code):
    """How one item stands."""
    with city.engine.look(SYSTEM) as work:
        found = work.session.scalar(select(store.Item).where(store.Item.case_id == case_id, store.Item.code == code))
        return str(found.state), str(found.outcome) if found.outcome else None


def last_day(city, case_id, code):
    """The day an item is promised by; None while its clock stands still."""
    with city.engine.look(SYSTEM) as work:
        due = work.session.scalar(
            select(store.Item.due_at).where(store.Item.case_id == case_id, store.Item.code == code)
        )
    return due and due.date()


def letters(city, case_id):
    """Kinds of the notices handed out."""
    with city.engine.look(SYSTEM) as work:
        return set(work.session.scalars(select(store.Notice.kind).where(store.Notice.case_id == case_id)))


def test_approved_here_is_not_moved(moving):
    """The permit goes out after the approval, the couple is told that the clock stands still, nothing is granted."""
    city, police, case_id = moving
    assert item(city, case_id, "migration") == ("running", None)
    assert "SPE" not in letters(city, case_id)
    story.decide(city.engine, police, "send_permit", **PERMIT)
    assert item(city, case_id, "migration") == ("running", None)
    assert "SPE" in letters(city, case_id)


def test_the_clock_stands_still_until_the_reply(moving):
    """While the former place is asked the item has no last day; after the reply it has one again."""
    city, police, case_id = moving
    assert last_day(city, case_id, "migration")
    story.decide(city.engine, police, "send_permit", **PERMIT)
    assert last_day(city, case_id, "migration") is None


def test_friday_before_a_holiday_with_a_saturday_to_work(city):
    """From Friday 13 February 2026 two working days are the Saturday worked and the first day after the festival."""
    city.engine.clock.now = datetime(2026, 2, 13, 2, tzinfo=UTC)
    story.publish_family(city.engine)
    clerk, registrar = city.actor("wangfang"), city.actor("zhangwei")
    case_id = story.accepted(city.engine, clerk)
    story.decide(city.engine, registrar, "review_marriage")
    story.decide(city.engine, registrar, "issue_marriage", **CERTIFICATE | {"registered_on": "2026-02-13"})
    assert last_day(city, case_id, "status_groom") == date(2026, 2, 24)


def test_moved_out_there_is_moved(moving):
    """The reply grants the move, and the new page follows."""
    city, police, case_id = moving
    story.decide(city.engine, police, "send_permit", **PERMIT)
    city.engine.clock.now += timedelta(days=1)
    story.decide(city.engine, police, "await_departure", departure="moved", departed_on="2026-11-24")
    assert item(city, case_id, "migration") == ("ended", "approved")
    assert "issue_page" in story.waiting(city.engine, police)


def test_refused_there_is_refused(moving):
    """Without the former place there is no move: a decision with reasons, no new page, the rest untouched."""
    city, police, case_id = moving
    story.decide(city.engine, police, "send_permit", **PERMIT)
    reasons = {"departure": "refused", "reason": "不同意迁出", "legal_basis": "《中华人民共和国户口登记条例》第十条"}
    story.decide(city.engine, police, "await_departure", **reasons)
    assert item(city, case_id, "migration") == ("ended", "refused")
    assert item(city, case_id, "hukou_page") == ("ended", "not_needed")
    assert item(city, case_id, "marriage") == ("ended", "approved")
    assert "NSA" in letters(city, case_id)
