"""The demo city is complete enough that no case of it gets stuck for want of a person."""

from collections import Counter

import pytest
from sqlalchemy import func, select
from stdnum.cn import ric

from engine import demo
from engine.store import Department, Holding, Region, User
from engine.words import Level, Post
from engine.work import PUBLIC, SYSTEM

KINDS = {"mz", "ga", "wj", "yb", "rs", "gjj", "cz", "jy", "zj", "cl", "by", "tj"}


def test_load_twice(city) -> None:
    """Loading again changes nothing, not even what somebody changed since."""
    with city.engine.begin(SYSTEM) as work:
        work.session.scalars(select(User).where(User.login == "wangfang")).one().name = "王芳芳"
    with city.engine.begin(SYSTEM) as work:
        assert demo.load(work) is False
    with city.engine.look(PUBLIC) as work:
        assert work.session.scalar(select(User.name).where(User.login == "wangfang")) == "王芳芳"


def test_every_post_is_held(city) -> None:
    """There is somebody for every post."""
    with city.engine.look(PUBLIC) as work:
        assert set(work.session.scalars(select(Holding.post))) == set(Post)


def test_every_office_is_staffed(city) -> None:
    """Every department that decides has a reviewer, and every county's office an approving leader."""
    with city.engine.look(PUBLIC) as work:
        deciding = work.session.execute(
            select(Department.id, Region.level).join(Region).where(Department.kind.in_(KINDS))
        )
        levels = dict(deciding.all())
        reviewed = _held(work, Post.REVIEWER)
        approved = _held(work, Post.APPROVER)
    assert set(levels) <= set(reviewed)
    assert {d for d, level in levels.items() if level != Level.TOWNSHIP} <= set(approved)
    assert reviewed["mz-330802"] == 2


def test_codes_fit(city) -> None:
    """Each region's code begins with that of the region above, and has the length of its level."""
    with city.engine.look(PUBLIC) as work:
        for region in work.session.scalars(select(Region)):
            assert region.code.startswith((region.parent or "3308").removesuffix("00"))
            assert len(region.code) == (9 if region.level == Level.TOWNSHIP else 6)


def test_accounts_for_the_banner(city) -> None:
    """The start-up banner names people of all trades with their department, and none that do not exist."""
    with city.engine.begin(PUBLIC) as work:
        work.session.scalars(select(User).where(User.login == "liuyang")).one().disabled = True
        accounts = demo.accounts(work)
    assert accounts[0] == demo.Account("wangfang", "王芳", (Post.WINDOW,), "柯城综合窗口")
    assert {post for account in accounts for post in account.posts} == set(Post)
    assert "liuyang" not in {account.login for account in accounts}


def test_accounts_of_an_empty_database(engine) -> None:
    """Without the demo there is nobody to name."""
    with engine.look(PUBLIC) as work:
        assert demo.accounts(work) == []
        assert work.session.scalar(select(func.count()).select_from(User)) == 0


@pytest.mark.parametrize("person", demo.people(), ids=lambda person: person.name)
def test_people_are_valid(person: demo.Person) -> None:
    """Every invented applicant has a valid id number of the place that fits the sex and can be nobody's."""
    assert ric.calc_check_digit(person.id_number) == person.id_number[17]
    assert 1940 < ric.get_birth_date(person.id_number).year < 2010
    assert person.id_number[:6] == person.area[:6]
    assert (int(person.id_number[16]) % 2 == 1) == (person.sex == "男")
    assert person.id_number[14:17] in {"996", "997", "998", "999"}
    assert person.phone.startswith("1990000")
    assert len(person.phone) == 11


def test_people_are_distinct(city) -> None:
    """Nobody's name, number or telephone appears twice, and everybody lives where the demo has a township."""
    people = demo.people()
    assert len(people) >= 40
    for values in zip(*((p.name, p.id_number, p.phone) for p in people), strict=True):
        assert len(set(values)) == len(people)
    with city.engine.look(PUBLIC) as work:
        townships = set(work.session.scalars(select(Region.code).where(Region.level == Level.TOWNSHIP)))
    assert {person.area for person in people} <= townships


def _held(work, post: Post) -> Counter[str]:
    return Counter(work.session.scalars(select(Holding.department_id).where(Holding.post == post)))
