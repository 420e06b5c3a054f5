"""Searching a long list: numbers are looked up, words are compared, and nothing that is there is missed."""

from importlib import import_module

import pytest
from sqlalchemy import text

from engine import cases, numbers, tasks
from engine.cases import pages
from engine.tasks import Box
from tests import story


@pytest.fixture
def two(city):
    """Two waiting reviews."""
    story.publish_family(city.engine)
    for _ in range(2):
        story.accepted(city.engine, city.actor("wangfang"))
    return city


@pytest.mark.parametrize("cut", [21, 20, 19, 14, 6, 1])
def test_a_number_is_found_by_its_beginning(two, cut):
    """As many of the characters as somebody typed; the whole sequence names one case."""
    with two.engine.look(two.actor("zhangwei")) as work:
        whole = cases.listing(work).lines[0].number
        expected = 1 if cut >= 20 else 2
        assert len(whole) == numbers.LENGTH
        assert tasks.inbox(work, Box.FREE, search=whole[:cut]).total == expected
        assert cases.listing(work, search=whole[:cut].lower()).total == expected


def test_a_number_may_be_typed_in_groups(two):
    """As it is printed, with dashes or spaces."""
    with two.engine.look(two.actor("zhangwei")) as work:
        whole = cases.listing(work).lines[0].number
        for said in (numbers.grouped(whole), numbers.grouped(whole).replace("-", " ")):
            assert [line.number for line in tasks.inbox(work, Box.FREE, search=said).lines] == [whole]


@pytest.mark.parametrize("words", ["33", "9", "33080"])
def test_a_number_ends_where_it_was_typed(two, words):
    """Other numbers are not found, neither smaller nor larger ones."""
    with two.engine.begin(two.actor("zhangwei")) as work:
        work.session.execute(text("UPDATE \"case\" SET number = '32Z' || substr(number, 4)"))
    with two.engine.look(two.actor("zhangwei")) as work:
        assert tasks.inbox(work, Box.FREE, search=words).total == 0
        assert tasks.inbox(work, Box.FREE, search="32").total == 2


def test_words_are_found_in_names_and_steps(two):
    """A part of a name, or of the task; a name is no number, whatever letters it has."""
    with two.engine.look(two.actor("zhangwei")) as work:
        name = tasks.inbox(work, Box.FREE).lines[0].name
        assert tasks.inbox(work, Box.FREE, search=name[1:3]).total == 2
        assert tasks.inbox(work, Box.FREE, search="志远").total == 2
        assert tasks.inbox(work, Box.FREE, search="JOHN").total == 0


@pytest.mark.parametrize("most", [1, 1000])
@pytest.mark.parametrize("login", ["wangfang", "zhangwei", "yangmin", "sunhui"])
def test_few_and_many_show_the_same_cases(two, monkeypatch, most, login):
    """A list says the same lines in the same order, whether it knows all its cases or goes along the newest."""
    with two.engine.look(two.actor(login)) as work:
        expected = [line.id for line in cases.listing(work).lines]
        monkeypatch.setattr(import_module("engine.cases.listing"), "MOST", most)
        found = cases.listing(work)
        assert [line.id for line in found.lines] == expected
        assert (len(expected), found.total) == (2, 2)
        assert cases.listing(work, search="没有").total == 0


@pytest.mark.parametrize(("size", "page", "expected"), [(1, 1, 1), (1, 2, 2), (1, 9, 2), (2, 1, 1), (2, 5, 1)])
def test_a_page_beyond_the_last_is_the_last(two, monkeypatch, size, page, expected):
    """Also of a search, which is not counted before it is read."""
    monkeypatch.setattr(pages, "SIZE", size)
    with two.engine.look(two.actor("zhangwei")) as work:
        for search in ("", "志远"):
            found = tasks.inbox(work, Box.FREE, search=search, page=page)
            assert (found.number, found.total, len(found.lines)) == (expected, 2, size)
