"""What a step is answered has to fit the case, and what a supplement corrects has to fit the application."""

import pytest

from engine.errors import FormInvalid
from tests import story
from tests.timed import CERTIFICATE, COPIES


@pytest.fixture
def registrar(engine, city):
    """Who registers, with an application accepted."""
    story.publish_family(engine)
    story.accepted(engine, story.person(engine, "wangfang"))
    return story.person(engine, "zhangwei")


def refused(engine, person, node, **answers):
    """The keys at which a step refuses its answers."""
    with pytest.raises(FormInvalid) as caught:
        story.decide(engine, person, node, **answers)
    return [error.key for error in caught.value.errors]


def test_a_date_that_cannot_be_is_refused_where_it_was_typed(engine, registrar):
    """A certificate of 2026 registered in 2020, one of when both were too young, or two of one number; then right."""
    story.decide(engine, registrar, "review_marriage")
    right = CERTIFICATE | COPIES
    for wrong, keys in (
        ({"registered_on": "2020-01-01"}, ["registered_on"]),
        ({"registered_on": "2007-01-01", "certificate_number": "J330802-2007-000123"}, ["registered_on"]),
        ({"bride_copy": COPIES["groom_copy"]}, ["bride_copy"]),
    ):
        assert refused(engine, registrar, "issue_marriage", **right | wrong) == keys
    assert not story.decide(engine, registrar, "issue_marriage", **right).stopped


def test_a_supplement_cannot_bring_what_the_window_could_not_accept(engine, registrar):
    """The checks of the application hold for its corrections too."""
    story.decide(engine, registrar, "review_marriage", decision="supplement", missing="请核对女方号码")
    clerk = story.person(engine, "wangfang")
    brought = story.supplement(engine, clerk, "supplement_marriage")
    same = {"bride__id_number": story.GROOM["id_number"]}
    assert refused(engine, clerk, "supplement_marriage", **brought | same) == ["bride.id_number"]
    assert not story.decide(engine, clerk, "supplement_marriage", **brought).stopped
