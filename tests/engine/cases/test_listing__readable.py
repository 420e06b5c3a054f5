"""The list of cases shows exactly what its reader may open."""

import pytest

from engine import cases
from engine.errors import NotFound
from tests import story


@pytest.fixture
def case(city):
    """A case of 府山街道, taken at the window of 柯城区."""
    story.publish_family(city.engine)
    return story.accepted(city.engine, city.actor("wangfang"))


@pytest.mark.parametrize(
    ("login", "listed"),
    [
        ("wangfang", True),  # took it
        ("zhangwei", True),  # has an item
        ("hejie", True),
        ("tangyan", True),
        ("yangmin", True),  # coordinator of the county
        ("sunhui", True),  # supervisor of the city
        ("hanxia", True),  # auditor of the city
        ("hutao", False),  # another county's window
        ("caihong", False),  # another township's police
        ("gaomin", False),  # designer
        ("pengbin", False),  # administrator
    ],
)
def test_listed_means_readable(city, case, login, listed):
    """Whoever finds the case in the list can open it, and nobody else finds it either way."""
    actor = city.actor(login)
    with city.engine.look(actor) as work:
        assert [line.id for line in cases.listing(work).lines] == ([case] if listed else [])
    if listed:
        with city.engine.begin(actor) as work:
            assert cases.view(work, case).id == case
    else:
        with pytest.raises(NotFound), city.engine.begin(actor) as work:
            cases.view(work, case)
