"""Which release is in force on which day, and that running cases and drafts stay where they are."""

from datetime import date

import pytest

from engine import cases, catalog, drafts, releases, store
from engine.errors import (
    NoRelease,
    NoSuchRelease,
    OtherRelease,
    PeriodBackwards,
    PeriodBegun,
    PeriodOutside,
    PeriodPast,
)
from engine.work import SYSTEM
from tests import story

PACK = "workflows/family/pack.toml"
NEXT_WEEK = date(2026, 11, 30)


def files(version):
    """The family pack in a version of its own."""
    found = catalog.files_of(catalog.content_root(), "family")
    return {**found, PACK: found[PACK] + f"# {version}\n"}


def publish(engine, version, **dates):
    with engine.begin(SYSTEM) as work:
        return releases.publish(work, files(version), **dates)


def ruling(engine, on=None):
    with engine.look(SYSTEM) as work:
        return releases.current(work, "family", on).number


@pytest.fixture
def office(city):
    """The demo city with the first release in force."""
    publish(city.engine, "one")
    return city.engine


def test_later_release_waits_for_its_first_day(office, clock):
    """Until its first day, counted in Shanghai, the older release stays in force; at midnight there the new one is."""
    publish(office, "two", since=NEXT_WEEK)
    assert ruling(office) == 1
    assert ruling(office, NEXT_WEEK) == 2
    clock.forward(days=6, hours=14, minutes=59)
    assert ruling(office) == 1
    clock.forward(minutes=2)
    assert ruling(office) == 2


def test_newest_wins_where_periods_overlap(office, clock):
    """A short release rules while it lasts, and then the older one again: it was never closed."""
    publish(office, "two", since=date(2026, 11, 23), until=date(2026, 11, 24))
    assert ruling(office) == 2
    clock.forward(days=2)
    assert ruling(office) == 1


def test_days_of_the_pack_are_the_default(office):
    """Without dates the period is what pack.toml says."""
    with office.look(SYSTEM) as work:
        said = releases.history(work, releases.of_number(work, "family", 1).hash)
    assert [(s.since, s.until) for s in said] == [(date(2025, 5, 10), None)]


def test_ending_early_is_recorded(office, clock):
    """A release can end today or later; who said so and why stays readable beside what was said before."""
    with office.begin(SYSTEM) as work:
        one = releases.of_number(work, "family", 1)
        releases.reschedule(work, one, since=None, until=date(2026, 11, 23), note="新规施行")
    assert ruling(office) == 1
    clock.forward(days=1)
    with pytest.raises(NoRelease):
        ruling(office)
    with office.look(SYSTEM) as work:
        said = releases.history(work, one.hash)
    assert [(s.until, s.note, s.by) for s in said] == [(None, "", "system"), (date(2026, 11, 23), "新规施行", "system")]


def test_withdrawn_release_never_begins(office, clock):
    """What was withdrawn before its first day takes no application, and says so in the list; it may be put back."""
    publish(office, "two", since=NEXT_WEEK)
    with office.begin(SYSTEM) as work:
        releases.withdraw(work, releases.of_number(work, "family", 2), "有错")
    clock.forward(days=8)
    assert ruling(office) == 1
    with office.look(SYSTEM) as work:
        listed = releases.listing(work, "family")
    assert (listed[0].number, listed[0].since, listed[0].note) == (2, None, "有错")
    publish(office, "two", since=date(2026, 12, 2))
    assert ruling(office, date(2026, 12, 2)) == 2


@pytest.mark.parametrize(
    ("refusal", "dates"),
    [
        (PeriodPast, {"since": date(2026, 11, 22)}),
        (PeriodBackwards, {"since": NEXT_WEEK, "until": date(2026, 11, 29)}),
        (PeriodBackwards, {"until": date(2025, 5, 9)}),
    ],
)
def test_impossible_period_is_refused(office, refusal, dates):
    """A period can neither begin yesterday nor end before it begins, and nothing is published."""
    with pytest.raises(refusal):
        publish(office, "two", **dates)
    with office.look(SYSTEM) as work:
        assert releases.newest(work, "family") == 1


def test_period_stays_within_the_law_of_the_pack(office):
    """The dates of pack.toml are its legal ground: a release neither begins before nor lasts beyond them."""
    found = files("two")
    bounded = found[PACK].replace("effective_from", "effective_to = 2026-12-31\neffective_from", 1)
    for until in (date(2027, 1, 1),):
        with pytest.raises(PeriodOutside), office.begin(SYSTEM) as work:
            releases.publish(work, {**found, PACK: bounded}, until=until)
    with office.begin(SYSTEM) as work:
        made = releases.publish(work, {**found, PACK: bounded})
        assert releases.history(work, made.hash)[-1].until == date(2026, 12, 31)


def test_what_began_keeps_its_beginning(office):
    """A release in force can neither be withdrawn nor begin another day."""
    with office.begin(SYSTEM) as work:
        one = releases.of_number(work, "family", 1)
        with pytest.raises(PeriodBegun):
            releases.withdraw(work, one)
        with pytest.raises(PeriodBegun):
            releases.reschedule(work, one, since=NEXT_WEEK, until=None)
        with pytest.raises(PeriodPast):
            releases.reschedule(work, one, since=None, until=date(2026, 11, 22))
    with office.look(SYSTEM) as work:
        assert len(releases.history(work, one.hash)) == 1


def test_unknown_number_is_refused(office):
    """A release that does not exist is named in the refusal."""
    with pytest.raises(NoSuchRelease, match="family has no release 9"), office.look(SYSTEM) as work:
        releases.of_number(work, "family", 9)


def test_running_cases_and_drafts_stay_on_their_release(office, clock):
    """A new release changes no running case; a draft begun under the old one has to see the questions again."""
    clerk, registrar = story.person(office, "wangfang"), story.person(office, "zhangwei")
    case_id, draft = story.accepted(office, clerk), story.situated(office, clerk)
    said = story.told(office, clerk, draft, **story.couple(1))
    publish(office, "two", since=date(2026, 11, 24))
    clock.forward(days=1)
    story.decide(office, registrar, "review_marriage")
    with office.begin(clerk) as work:
        assert cases.view(work, case_id).release_number == 1
    with pytest.raises(OtherRelease), office.begin(clerk) as work:
        drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)
    with office.look(SYSTEM) as work:
        two, one = releases.listing(work, "family")
    assert [(one.running, one.drafts), (two.running, two.drafts)] == [(1, 1), (0, 0)]
    with office.begin(clerk) as work:
        drafts.situate(work, draft, story.SITUATION, story.AREA, page="p", revision=-1)
        other = drafts.accept(work, draft, said.answers, said.papers, page="p", revision=-1)
    with office.look(SYSTEM) as work:
        assert work.session.get_one(store.Case, other).release_hash == two.hash
        assert work.session.get_one(store.Case, case_id).release_hash == one.hash


def test_announcement_says_what_happens_from_when(office, clock):
    """In words: which release takes applications from which day, and that running cases stay."""
    story.accepted(office, story.person(office, "wangfang"))
    publish(office, "two", since=NEXT_WEEK, until=date(2027, 1, 31))
    with office.look(SYSTEM) as work:
        said = releases.announced(work, releases.listing(work, "family"), 2)
    assert said == (
        "从 2026-11-30 到 2027-01-31 受理的用版本 2，此前仍用版本 1；在办的不变：1 件仍用版本 1。",
        "applications accepted from 2026-11-30 to 2027-01-31 use release 2, until then release 1; "
        "running cases stay: 1 on release 1.",
    )
